import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "image",
  minutes: 5,
  start: [],
  goals: [
    { name: "image", type: "image", image: "alpine:3.20" },
    { name: "one", type: "container", container: { name: "one" } },
    { name: "written", type: "seen", of: { container: { name: "one" } }, path: "/root/hello" },
    { name: "two", type: "container", container: { name: "two" } },
    { name: "own", type: "not-seen", of: { container: { name: "two" } }, path: "/root/hello" },
    { name: "untouched", type: "not-seen", of: { image: "alpine:3.20" }, path: "/root/hello" },
  ],
  prediction: {
    line: "docker run -d --name two alpine:3.20 sleep 9999",
    asks: { kind: "plates", of: { image: "alpine:3.20" } },
    after: ["written"],
    until: "two",
  },
  demos: {
    package: { before: [], line: "docker pull alpine:3.20", shows: "stack" },
    instance: {
      before: ["docker pull alpine:3.20", "docker run -d --name one alpine:3.20 sleep 9999"],
      line: "docker run -d --name two alpine:3.20 sleep 9999",
      shows: "host",
    },
  },
  solution: [
    "docker run -it --name one alpine:3.20 sh",
    "echo hi > /root/hello",
    "exit",
    "docker run -d --name two alpine:3.20 sleep 9999",
  ],
  otherWay: [
    "docker pull alpine:3.20",
    "docker run -d --name one alpine:3.20 sleep 9999",
    "docker exec one touch /root/hello",
    "docker create --name two alpine:3.20",
  ],
};
