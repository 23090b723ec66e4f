import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "sharing",
  minutes: 5,
  start: ["docker pull python:3.12-slim", "docker pull redis:7"],
  goals: [
    { name: "nginx", type: "image", image: "nginx:latest" },
    { name: "shared", type: "shared", images: ["redis:7", "nginx:latest"], layers: 1 },
    { name: "one", type: "container", container: { name: "one" }, running: true },
    { name: "two", type: "container", container: { name: "two" }, running: true },
    { name: "removed", type: "no-image", image: "python:3.12-slim" },
    { name: "whole", type: "layers", image: "redis:7", layers: 7 },
  ],
  prediction: {
    line: "docker rmi python:3.12-slim",
    asks: { kind: "plates", of: { image: "redis:7" } },
    after: ["nginx", "two"],
    until: "removed",
  },
  demos: {
    disk: { before: ["docker pull redis:7"], line: "docker pull nginx", shows: "host" },
    remove: { before: ["docker pull redis:7", "docker pull nginx"], line: "docker rmi redis:7", shows: "host" },
  },
  solution: ["docker run -d --name one nginx", "docker run -d --name two nginx", "docker rmi python:3.12-slim"],
  otherWay: [
    "docker pull nginx",
    "docker image rm python:3.12-slim",
    "docker run -it --name one nginx bash",
    "exit",
    "docker start one",
    "docker run -d --name two nginx:latest sleep 9999",
  ],
};
