import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "pull",
  minutes: 5,
  start: [],
  goals: [
    { name: "redis", type: "image", image: "redis:7" },
    { name: "nginx", type: "image", image: "nginx:latest" },
    { name: "layers", type: "layers", image: "nginx:latest", layers: 7 },
    { name: "shared", type: "shared", images: ["redis:7", "nginx:latest"], layers: 1 },
  ],
  prediction: {
    line: "docker pull nginx",
    asks: { kind: "plates", of: { image: "redis:7" } },
    after: ["redis"],
    until: "nginx",
  },
  demos: {
    first: { before: [], line: "docker pull redis:7", shows: "stack" },
    again: { before: ["docker pull redis:7"], line: "docker pull redis:7", shows: "stack" },
    second: { before: ["docker pull redis:7"], line: "docker pull nginx", shows: "host" },
  },
  solution: ["docker pull redis:7", "docker pull nginx"],
  otherWay: ["docker run -d --name cache redis:7", "docker run -d --name web nginx"],
};
