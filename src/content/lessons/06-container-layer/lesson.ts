import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "container-layer",
  minutes: 5,
  start: ["docker pull ubuntu:22.04", "docker run -it --name web ubuntu:22.04 bash"],
  goals: [
    { name: "new", type: "writable", container: { name: "web" }, path: "/root/notes", has: "new" },
    { name: "changed", type: "writable", container: { name: "web" }, path: "/etc/issue", has: "copy" },
    { name: "deleted", type: "writable", container: { name: "web" }, path: "/etc/legal", has: "whiteout" },
    { name: "image-keeps", type: "seen", of: { image: "ubuntu:22.04" }, path: "/etc/legal" },
    { name: "second", type: "container", container: { name: "two" } },
    { name: "two-keeps", type: "seen", of: { container: { name: "two" } }, path: "/etc/legal" },
  ],
  prediction: {
    line: "echo 'hello' >> /etc/issue",
    asks: { kind: "plates", of: { container: "web" } },
    after: ["new"],
    until: "changed",
  },
  demos: {
    "new-file": {
      before: ["docker pull ubuntu:22.04", "docker run -it --name web ubuntu:22.04 bash"],
      line: "echo hello > /root/hello",
      shows: "stack",
    },
    "two-containers": {
      before: ["docker pull ubuntu:22.04", "docker run -d --name one ubuntu:22.04 sleep 9999"],
      line: "docker run -d --name two ubuntu:22.04 sleep 9999",
      shows: "host",
    },
  },
  solution: [
    "echo mine > /root/notes",
    "echo 'hello' >> /etc/issue",
    "rm /etc/legal",
    "exit",
    "docker run -d --name two ubuntu:22.04 sleep 9999",
  ],
  otherWay: [
    "touch /root/notes",
    "chmod 600 /etc/issue",
    "mv /etc/legal /tmp/",
    "exit",
    "docker create --name two ubuntu:22.04",
  ],
};
