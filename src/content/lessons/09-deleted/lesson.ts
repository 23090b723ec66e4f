import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "deleted",
  minutes: 5,
  start: [
    "docker run -it --name maker debian:12-slim bash",
    "dd if=/dev/zero of=/big bs=1M count=60",
    "exit",
    "docker commit maker my/big",
    "docker run -it --name cleaner my/big bash",
  ],
  goals: [
    { name: "deleted", type: "writable", container: { name: "cleaner" }, path: "/big", has: "whiteout" },
    { name: "committed", type: "built-on", image: "my/slim:latest", base: "my/big:latest" },
    { name: "unseen", type: "not-seen", of: { image: "my/slim:latest" }, path: "/big" },
    { name: "heavy", type: "larger", image: "my/slim:latest", than: "debian:12-slim", by: 60_000_000 },
    { name: "right", type: "seen", of: { image: "my/right:latest" }, path: "/done" },
    { name: "light", type: "larger", image: "my/slim:latest", than: "my/right:latest", by: 60_000_000 },
  ],
  prediction: {
    line: "docker commit cleaner my/slim",
    asks: { kind: "sizes", image: "my/slim:latest", than: "my/big:latest" },
    after: ["deleted"],
    until: "committed",
  },
  demos: {
    whiteout: {
      before: [
        "docker run -it --name maker debian:12-slim bash",
        "dd if=/dev/zero of=/big bs=1M count=60",
        "exit",
        "docker commit maker my/big",
        "docker run -it --name cleaner my/big bash",
      ],
      line: "rm /big",
      shows: "stack",
      path: "/",
    },
  },
  solution: [
    "rm /big",
    "exit",
    "docker commit cleaner my/slim",
    "docker run -it --name better debian:12-slim bash",
    "dd if=/dev/zero of=/big bs=1M count=60",
    "rm /big",
    "touch /done",
    "exit",
    "docker commit better my/right",
  ],
  otherWay: [
    "mv /big /dev/null.old && rm /dev/null.old",
    "exit",
    "docker commit -m cleaned cleaner my/slim",
    "docker run -d --name better debian:12-slim sleep 9999",
    "docker exec better sh -c 'echo done > /done'",
    "docker commit better my/right",
  ],
};
