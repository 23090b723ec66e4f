import { directory, file, type PracticeImage } from "../practice-host.ts";

/** Sizes, histories and dates of the two images that the recorded sessions use. */
const base = [
  directory("bin"),
  file("bin/busybox", 2_063_232),
  ...["sh", "echo", "false", "true", "sleep", "write", "rm", "exit", "nginx", "cat"].map((name) =>
    file(`bin/${name}`, 0),
  ),
  directory("etc"),
  file("etc/os-release", 100, 0o644),
  file("etc/passwd", 0, 0o644),
  directory("lib"),
  file("lib/libfake.so", 5_066_718 - 2_063_232 - 100),
];
const env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];
const at = (second: number) => `2026-11-23T17:40:${second}.204830702Z`;
const comment = "buildkit.dockerfile.v0";
const baseHistory = [
  { created: at(14), created_by: "ADD base.tar / # buildkit", comment },
  { created: at(14), created_by: 'CMD ["/bin/sh"]', comment, empty_layer: true },
];

export const alpine: PracticeImage = {
  layers: [base],
  history: baseHistory,
  config: { Env: env, Cmd: ["/bin/sh"], WorkingDir: "/" },
  created: at(14),
};

const steps: readonly (readonly [line: string, name: string, size: number])[] = [
  ["RUN /bin/sh -c mkdir -p /app && echo one > /app/one # buildkit", "one", 4],
  ["COPY big.bin /app/big.bin # buildkit", "big.bin", 8_000_000],
  ["COPY small.bin /app/small.bin # buildkit", "small.bin", 40_000],
  ["RUN /bin/sh -c rm /app/one && echo hi > /app/two # buildkit", "two", 3],
];

export const nginx: PracticeImage = {
  layers: [base, ...steps.map(([, name, size]) => [directory("app"), file(`app/${name}`, size)]), []],
  history: [
    ...baseHistory,
    ...steps.map(([created_by]) => ({ created: at(15), created_by, comment })),
    { created: at(15), created_by: "ENV A=1", comment, empty_layer: true },
    { created: at(15), created_by: "WORKDIR /app", comment },
    { created: at(15), created_by: 'CMD ["cat" "/app/two"]', comment, empty_layer: true },
  ],
  config: { Env: [...env, "A=1"], Cmd: ["cat", "/app/two"], WorkingDir: "/app", ExposedPorts: { "80/tcp": {} } },
  created: at(15),
};
