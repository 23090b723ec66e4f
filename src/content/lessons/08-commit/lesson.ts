import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "commit",
  minutes: 5,
  start: ["docker pull ubuntu:22.04", "docker run -it --name web ubuntu:22.04 bash"],
  goals: [
    { name: "installed", type: "seen", of: { container: { name: "web" } }, path: "/usr/bin/vim" },
    { name: "made", type: "built-on", image: "my/ubuntu-vim:latest", base: "ubuntu:22.04", layers: 1 },
    { name: "has", type: "seen", of: { image: "my/ubuntu-vim:latest" }, path: "/usr/bin/vim" },
    { name: "original", type: "not-seen", of: { image: "ubuntu:22.04" }, path: "/usr/bin/vim" },
    { name: "runs", type: "container", container: { ofImage: "my/ubuntu-vim:latest" } },
  ],
  prediction: {
    line: 'docker commit -m "vim added" -a me web my/ubuntu-vim',
    asks: { kind: "sizes", image: "my/ubuntu-vim:latest", than: "ubuntu:22.04" },
    after: ["installed"],
    until: "made",
  },
  demos: {
    without: {
      before: ["docker pull ubuntu:22.04", "docker run -it --name web ubuntu:22.04 bash"],
      line: "apt-get update",
      shows: "stack",
      path: "/var/lib/apt",
    },
    freeze: {
      before: [
        "docker pull ubuntu:22.04",
        "docker run -it --name web ubuntu:22.04 bash",
        "echo hello > /etc/hello",
        "exit",
      ],
      line: 'docker commit -m "a greeting" web my/hello',
      shows: "stack",
      path: "/etc",
    },
  },
  solution: [
    "apt-get update",
    "apt-get install -y vim",
    "exit",
    'docker commit -m "vim added" -a me web my/ubuntu-vim',
    "docker run -it my/ubuntu-vim bash",
    "which vim",
  ],
  otherWay: [
    "exit",
    "docker start web",
    "docker exec web sh -c 'apt-get update && apt-get install -y vim && rm -rf /var/lib/apt/lists/*'",
    "docker commit web my/ubuntu-vim:latest",
    "docker create my/ubuntu-vim",
  ],
};
