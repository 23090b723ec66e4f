import { describe, expect, test } from "vitest";
import type { ImageRunConfig } from "../core/oci/config.ts";
import { appliedChanges } from "./changes.ts";
import { mergedConfig } from "./run-config.ts";

const base: ImageRunConfig = { Env: ["PATH=/bin", "A=1"], Cmd: ["sh"], WorkingDir: "/w" };

describe("docker commit -c", () => {
  test.each<[string, Partial<ImageRunConfig>]>([
    ['CMD ["cat","/data/x"]', { Cmd: ["cat", "/data/x"] }],
    ["CMD cat /x", { Cmd: ["/bin/sh", "-c", "cat /x"] }],
    ["cmd ls", { Cmd: ["/bin/sh", "-c", "ls"] }],
    ['ENTRYPOINT ["sh"]', { Entrypoint: ["sh"], Cmd: null }],
    ["ENV Q=1 R=2", { Env: ["PATH=/bin", "A=1", "Q=1", "R=2"] }],
    ["ENV A=9", { Env: ["PATH=/bin", "A=9"] }],
    ["ENV B two words", { Env: ["PATH=/bin", "A=1", "B=two words"] }],
    ['ENV B="two words"', { Env: ["PATH=/bin", "A=1", "B=two words"] }],
    ["EXPOSE 80", { ExposedPorts: { "80/tcp": {} } }],
    ["EXPOSE 80 53/udp", { ExposedPorts: { "80/tcp": {}, "53/udp": {} } }],
    ["LABEL a=b", { Labels: { a: "b" } }],
    ["WORKDIR /data", { WorkingDir: "/data" }],
    ["WORKDIR sub/../x", { WorkingDir: "/w/x" }],
    ["USER 1000", { User: "1000" }],
    ["VOLUME /v", { Volumes: { "/v": {} } }],
    ['VOLUME ["/v", "/w x"]', { Volumes: { "/v": {}, "/w x": {} } }],
    ["ONBUILD RUN x", { OnBuild: ["RUN x"] }],
    ["STOPSIGNAL SIGQUIT", { StopSignal: "SIGQUIT" }],
    ["HEALTHCHECK NONE", { Healthcheck: { Test: ["NONE"] } }],
    [
      "HEALTHCHECK --interval=1m30s --retries=3 CMD curl -f x",
      { Healthcheck: { Test: ["CMD-SHELL", "curl -f x"], Interval: 90_000_000_000, Retries: 3 } },
    ],
  ])("%s", (line, change) => {
    expect(appliedChanges(base, [line])).toEqual({ ...base, ...change });
  });

  test("an entrypoint keeps a command that was set in the same commit", () => {
    const config = appliedChanges(base, ['CMD ["a"]', 'ENTRYPOINT ["sh"]']);
    expect([config.Cmd, config.Entrypoint]).toEqual([["a"], ["sh"]]);
  });

  test.each([
    ["RUN x", "RUN is not a valid change command"],
    ["FOO", "FOO is not a valid change command"],
    ["CMD", "CMD requires at least one argument"],
    ["EXPOSE x", "Invalid containerPort: x"],
    ["ENV =1", "ENV names can not be blank"],
  ])("%s is refused", (line, message) => {
    expect(() => appliedChanges(base, [line])).toThrow(expect.objectContaining({ message }));
  });
});

describe("the user's config over the image's", () => {
  const image: ImageRunConfig = {
    Env: ["PATH=/bin", "A=1"],
    Cmd: ["serve"],
    Entrypoint: ["/entry"],
    WorkingDir: "/app",
    User: "app",
    ExposedPorts: { "80/tcp": {} },
    Labels: { by: "image" },
    StopSignal: "SIGQUIT",
  };
  test.each<[string, ImageRunConfig, Partial<ImageRunConfig>]>([
    [
      "nothing said",
      {},
      { Cmd: ["serve"], Entrypoint: ["/entry"], WorkingDir: "/app", User: "app", Env: ["PATH=/bin", "A=1"] },
    ],
    ["words replace the command", { Cmd: ["ls"] }, { Cmd: ["ls"], Entrypoint: ["/entry"] }],
    ["an entrypoint drops the image's command", { Entrypoint: ["sh"] }, { Cmd: null, Entrypoint: ["sh"] }],
    ["variables by key, the user's first", { Env: ["A=2", "B=3"] }, { Env: ["A=2", "B=3", "PATH=/bin"] }],
    ["labels are united", { Labels: { a: "b" } }, { Labels: { a: "b", by: "image" } }],
  ])("%s", (_, user, expected) => {
    expect(mergedConfig(user, image)).toMatchObject(expected);
  });
});
