import { beforeAll, expect, test } from "vitest";
import { completeHost } from "./complete.ts";
import { PracticeHost } from "./practice-host.ts";
import { alpine } from "./testdata/images.ts";

const host = new PracticeHost();
beforeAll(async () => {
  await host.serve(["docker.io/library/alpine:latest"], alpine);
  await host.run("docker run -d --name web alpine sleep 1000");
  await host.run("docker run --name done alpine false");
  for (const name of ["data", "deep"]) await host.run(`docker volume create ${name}`);
});

const around = { pullable: ["ubuntu:22.04", "ubuntu:24.04", "redis:7"], programs: [], cwd: "/home/learner" };

test.for([
  ["doc", 0, "docker"],
  ["docker pul", 7, "pull"],
  ["docker i", 7, "image images import info inspect"],
  ["docker image p", 13, "prune pull"],
  [
    "docker container ",
    17,
    "commit cp create diff exec export inspect kill logs ls port prune rename restart rm run start stop top wait",
  ],
  ["docker run ", 11, "alpine:latest"],
  ["docker run -it --name web al", 26, "alpine:latest"],
  ["docker run --na", 11, "--name"],
  ["docker run --name w", 18, ""],
  ["docker run alpine sh -c ", 24, ""],
  ["docker run alpine --na", 18, ""],
  ["docker exec -it ", 16, "web"],
  ["docker start ", 13, "done"],
  ["docker stop ", 12, "web"],
  ["docker rm d", 10, "done"],
  ["docker rm done ", 15, "done web"],
  ["docker commit web ", 18, "alpine:latest"],
  ["docker inspect ", 15, "alpine:latest data deep done web"],
  ["docker volume ", 14, "create inspect ls prune rm"],
  ["docker volume rm da", 17, "data"],
  ["docker volume inspect data ", 27, "data deep"],
  ["docker volume create d", 21, ""],
  ["docker run -it -v d", 18, "data: deep:"],
  ["docker create --volume dee", 23, "deep:"],
  ["docker run --volumes-from ", 26, "done web"],
  ["docker run -v data:/d al", 22, "alpine:latest"],
  ["docker pull ub", 12, "ubuntu:22.04 ubuntu:24.04"],
  ["docker ps --no", 10, "--no-trunc"],
  ["docker ps -q | xargs docker rm ", 31, "done web"],
  ["docker logs $(docker ps -q) ; docker st", 37, "start stop"],
  ["docker commit --pa", 14, "--pause"],
  ["docker build ", 13, ""],
  ["docker --v", 7, "--version"],
  ["docker help pu", 12, "pull"],
  ["sudo docker rmi al", 16, "alpine:latest"],
  ["vim x", 4, ""],
] as const)("%s", ([line, from, candidates]) => {
  const offered = completeHost(line, line.length, host.state, around);
  expect({ from: offered.from, candidates: offered.candidates.join(" ") }).toEqual({ from, candidates });
});
