import { describe, expect, test } from "vitest";
import { imageId } from "../../core/oci/config.ts";
import type { DiffId } from "../../core/oci/digest.ts";
import { builtConfigText } from "./built-config.ts";

const platform = { architecture: "amd64", os: "linux" };
const comment = "buildkit.dockerfile.v0";

test("an image of nothing but a CMD has the id that a real BuildKit gave it", () => {
  const text = builtConfigText({
    platform,
    author: "",
    config: {
      Cmd: ["x"],
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      WorkingDir: "/",
      ArgsEscaped: true,
      OnBuild: null,
    },
    history: [{ created_by: 'CMD ["x"]', comment, empty_layer: true }],
    diffIds: [],
  });
  expect(imageId(text)).toBe("sha256:7c171ce2398cb08b789a5b38daf01b14a76246f422c21b36a75af1a28bc980a3");
});

/** Lines of a history by their hour, "-" for none yet; "*" marks one without a layer. */
describe("a line without a time gets that of the layer below, or of the first new one", () => {
  test.each([
    ["1 1* -* 2 -*", "1 1 2 2 2"],
    ["1 1* -*", "1 1 1"],
    ["-* 3 -*", "3 3 3"],
    ["-*", "-"],
    ["1 -* 2 -* 3 -*", "1 2 2 2 3 3"],
  ])("%s", (lines, times) => {
    const hour = (text: string): string => `2026-11-23T0${text}:00:00Z`;
    const history = lines.split(" ").map((line) => ({
      ...(line.startsWith("-") ? {} : { created: hour(line[0] ?? "") }),
      ...(line.endsWith("*") ? { empty_layer: true } : {}),
    }));
    const text = builtConfigText({ platform, author: "", config: {}, history, diffIds: ["sha256:0" as DiffId] });
    const config = JSON.parse(text) as { created: string | null; history: { created?: string }[] };
    const seen = config.history.map(({ created }) => created?.slice(12, 13) ?? "-");
    expect(seen.join(" ")).toBe(times);
    expect(config.created?.slice(12, 13) ?? "-").toBe(times.at(-1));
  });
});
