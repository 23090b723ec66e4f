import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "copy-up",
  minutes: 5,
  start: ["docker pull debian:12-slim", "docker run -it --name web debian:12-slim bash"],
  goals: [
    { name: "copied", type: "writable", container: { name: "web" }, path: "/etc/debian_version", has: "copy" },
    { name: "covered", type: "writable", container: { name: "web" }, path: "/etc/issue", has: "whiteout" },
    { name: "opaque", type: "writable", container: { name: "web" }, path: "/etc/apt", has: "opaque" },
    { name: "gone", type: "not-seen", of: { container: { name: "web" } }, path: "/etc/apt/sources.list.d" },
    { name: "still", type: "seen", of: { image: "debian:12-slim" }, path: "/etc/apt/sources.list.d" },
  ],
  prediction: {
    line: "chmod 600 /etc/debian_version",
    asks: { kind: "plates", of: { container: "web" } },
    after: [],
    until: "copied",
  },
  demos: {
    "copy-up": {
      before: ["docker pull debian:12-slim", "docker run -it --name web debian:12-slim bash"],
      line: "echo more >> /etc/issue",
      shows: "stack",
      path: "/etc",
    },
    whiteout: {
      before: ["docker pull debian:12-slim", "docker run -it --name web debian:12-slim bash"],
      line: "rm /etc/issue",
      shows: "stack",
      path: "/etc",
    },
  },
  solution: ["chmod 600 /etc/debian_version", "rm /etc/issue", "rm -r /etc/apt", "mkdir /etc/apt"],
  otherWay: [
    "exit",
    "docker start web",
    "docker exec web chown daemon /etc/debian_version",
    "docker exec web mv /etc/issue /tmp/",
    "docker exec web sh -c 'rm -rf /etc/apt && mkdir /etc/apt'",
  ],
};
