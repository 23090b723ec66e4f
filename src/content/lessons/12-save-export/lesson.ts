import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "save-export",
  minutes: 5,
  start: [
    "docker pull alpine:3.20",
    "docker run --name web alpine:3.20 sh -c 'echo hello > /hello; rm /lib/libcrypto.so.3'",
    "docker commit -m hello web my/web",
  ],
  goals: [
    { name: "saved", type: "host-file", path: "/home/learner/web.tar" },
    { name: "exported", type: "host-file", path: "/home/learner/flat.tar" },
    { name: "flat", type: "layers", image: "my/flat:latest", layers: 1 },
    { name: "flat-hello", type: "seen", of: { image: "my/flat:latest" }, path: "/hello" },
    { name: "back", type: "built-on", image: "my/web:latest", base: "alpine:3.20", layers: 1 },
    { name: "gone", type: "no-container", container: "web" },
  ],
  prediction: {
    line: "docker import flat.tar my/flat",
    asks: { kind: "sizes", image: "my/flat:latest", than: "my/web:latest" },
    after: ["exported"],
    until: "flat",
  },
  demos: {
    save: {
      before: [
        "docker pull alpine:3.20",
        "docker run --name web alpine:3.20 touch /hello",
        "docker commit web my/web",
        "docker save -o web.tar my/web",
        "docker rm web",
        "docker rmi my/web",
      ],
      line: "docker load -i web.tar",
      shows: "host",
    },
    flatten: {
      before: [
        "docker pull alpine:3.20",
        "docker run --name web alpine:3.20 touch /hello",
        "docker export -o flat.tar web",
      ],
      line: "docker import flat.tar my/flat",
      shows: "host",
    },
  },
  solution: [
    "docker save -o web.tar my/web",
    "docker export -o flat.tar web",
    "docker import flat.tar my/flat",
    "docker rm web",
    "docker rmi my/web",
    "docker load -i web.tar",
  ],
  otherWay: [
    "docker save my/web > web.tar",
    "docker export web > flat.tar",
    "cat flat.tar | docker import - my/flat:latest",
    "docker rm -f web",
    "docker load < web.tar",
  ],
};
