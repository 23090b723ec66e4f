import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "boot",
  minutes: 5,
  start: ["docker pull ubuntu:22.04"],
  goals: [
    { name: "no-kernel", type: "not-seen", of: { image: "ubuntu:22.04" }, path: "/boot/vmlinuz" },
    { name: "ubuntu", type: "container", container: { ofImage: "ubuntu:22.04" } },
    { name: "debian", type: "container", container: { ofImage: "debian:12-slim" } },
    { name: "alpine", type: "container", container: { ofImage: "alpine:3.20" } },
  ],
  prediction: {
    line: "docker run ubuntu:22.04 uname -r",
    asks: { kind: "plates", of: { image: "ubuntu:22.04" } },
    after: [],
    until: "ubuntu",
  },
  demos: {
    boot: { before: ["docker pull ubuntu:22.04"], line: "docker run --rm ubuntu:22.04 uname -r", shows: "boot" },
    empty: {
      before: ["docker pull ubuntu:22.04", "docker run -it --name box ubuntu:22.04 bash"],
      line: "ls /boot",
      shows: "stack",
      path: "/",
    },
  },
  solution: [
    "docker run ubuntu:22.04 uname -r",
    "docker run debian:12-slim uname -r",
    "docker run alpine:3.20 uname -r",
  ],
  otherWay: [
    "docker run -it ubuntu:22.04 bash",
    "uname -r",
    "exit",
    "docker create debian:12-slim",
    "docker run -d alpine:3.20 sleep 60",
  ],
};
