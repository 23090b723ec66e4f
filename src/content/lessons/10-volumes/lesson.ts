import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "volumes",
  minutes: 5,
  start: ["docker pull alpine:3.20", "docker run -it --name web -v data:/data alpine:3.20 sh"],
  goals: [
    { name: "kept", type: "volume", volume: "data", path: "/kept" },
    { name: "image", type: "seen", of: { image: "my/web:latest" }, path: "/inside" },
    { name: "outside", type: "not-seen", of: { image: "my/web:latest" }, path: "/data/kept" },
    { name: "removed", type: "no-container", container: "web" },
    { name: "other", type: "seen", of: { container: { name: "other" } }, path: "/data/kept" },
  ],
  prediction: {
    line: "echo kept > /data/kept",
    asks: { kind: "plates", of: { container: "web" } },
    after: [],
    until: "kept",
  },
  demos: {
    beside: {
      before: ["docker pull alpine:3.20", "docker run -it --name web -v data:/data alpine:3.20 sh"],
      line: "echo hello > /data/hello",
      shows: "stack",
      path: "/data",
    },
    stays: {
      before: [
        "docker pull alpine:3.20",
        "docker run --name web -v data:/data alpine:3.20 sh -c 'echo hello > /data/hello'",
      ],
      line: "docker rm web",
      shows: "host",
    },
  },
  solution: [
    "echo kept > /data/kept",
    "echo inside > /inside",
    "exit",
    "docker commit web my/web",
    "docker rm web",
    "docker run -d --name other -v data:/data alpine:3.20 sleep 9999",
  ],
  otherWay: [
    "exit",
    "docker start web",
    "docker exec web touch /data/kept /inside",
    "docker commit web my/web:latest",
    "docker rm -f web",
    "docker create --name other --mount type=volume,source=data,target=/data alpine:3.20",
  ],
};
