import { expect, test } from "vitest";
import { differences, type Lock } from "./lock.ts";

const lock = (layer: string, diffId: string, config = "c"): Lock => ({
  images: { "library/x:1": { manifest: "m", config, layers: [layer], diffIds: [diffId] } },
  packages: { d: "p" },
});

test.each<[string, Lock, Lock, string[]]>([
  ["nothing", lock("a", "b"), lock("a", "b"), []],
  ["a tar", lock("a", "b"), lock("z", "y"), ["library/x:1 layer 0 (diffID): locked b, built y"]],
  ["its gzip alone", lock("a", "b"), lock("z", "b"), ["library/x:1 layer 0 (compressed): locked a, built z"]],
  ["a config", lock("a", "b"), lock("a", "b", "z"), ["library/x:1 config: locked c, built z"]],
  [
    "an image that is gone",
    lock("a", "b"),
    { images: {}, packages: { d: "q" } },
    [
      "library/x:1 layer 0 (diffID): locked b, built nothing",
      "library/x:1 config: locked c, built nothing",
      "library/x:1 manifest: locked m, built nothing",
      "packages of d: locked p, built q",
    ],
  ],
])("%s", (_what, locked, built, lines) => expect(differences(locked, built)).toEqual(lines));
