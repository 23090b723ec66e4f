import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "dockerfile",
  minutes: 5,
  start: ["docker pull alpine:3.20", "docker run -it --name hand alpine:3.20 sh"],
  goals: [
    { name: "by-hand", type: "built-on", image: "my/hand:latest", base: "alpine:3.20", layers: 1 },
    { name: "hand-hello", type: "seen", of: { image: "my/hand:latest" }, path: "/hello" },
    { name: "written", type: "host-file", path: "/home/learner/Dockerfile" },
    { name: "by-file", type: "built-on", image: "my/file:latest", base: "alpine:3.20", layers: 2 },
    { name: "file-hello", type: "seen", of: { image: "my/file:latest" }, path: "/hello" },
    { name: "file-world", type: "seen", of: { image: "my/file:latest" }, path: "/world" },
  ],
  prediction: {
    line: "docker build -t my/file .",
    asks: { kind: "plates", of: { image: "my/hand:latest" } },
    after: ["by-hand", "written"],
    until: "by-file",
  },
  demos: {
    build: {
      before: ['printf \'FROM alpine:3.20\\nRUN echo hello > /hello\\nCMD ["cat", "/hello"]\\n\' > Dockerfile'],
      line: "docker build -t my/hello .",
      shows: "stack",
    },
    cached: {
      before: [
        "printf 'FROM alpine:3.20\\nRUN echo hello > /hello\\n' > Dockerfile",
        "docker build -t my/hello .",
        "echo 'RUN echo world > /world' >> Dockerfile",
      ],
      line: "docker build -t my/hello .",
      shows: "stack",
    },
  },
  solution: [
    "echo hello > /hello",
    "exit",
    'docker commit -m "by hand" hand my/hand',
    "printf 'FROM alpine:3.20\\nRUN echo hello > /hello\\nRUN echo world > /world\\n' > Dockerfile",
    "docker build -t my/file .",
  ],
  otherWay: [
    "touch /hello",
    "exit",
    "docker commit hand my/hand:latest",
    "echo world > world",
    "cat > Dockerfile <<'EOF'\nFROM alpine:3.20\nRUN touch /hello\nCOPY world /world\nEOF",
    "docker image build -t my/file:latest -f Dockerfile .",
  ],
};
