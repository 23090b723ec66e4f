import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";

const planted: string[] = [];

/** What the linter and the compiler say of a file with that text. */
function verdict(path: string, text: string): string {
  planted.push(path);
  writeFileSync(path, text);
  const lint = spawnSync("npx", ["oxlint", "--deny-warnings", path], { encoding: "utf8" });
  return lint.status === 0 ? "accepted" : lint.stdout;
}

afterEach(() => {
  for (const path of planted.splice(0)) rmSync(path, { force: true });
});

/** The map of ARCHITECTURE.md, held to by the linter: here shown to fail where it must. */
describe("the import direction", () => {
  it.each([
    ["src/core/planted.ts", 'export { tell } from "../engine/story.ts";', "src/core may import only from itself"],
    ["src/core/planted.ts", 'export { openDB } from "idb";', "neither draw nor store"],
    ["src/core/planted.ts", "export const now = Date.now();", "time is handed in"],
    ["src/engine/planted.ts", "export const chance = Math.random();", "randomness is handed in"],
    ["src/engine/planted.ts", 'export { runDocker } from "../cli/docker.ts";', "src/engine may import only from core"],
    ["src/cli/planted.ts", 'export { Page } from "../ui/page.tsx";', "src/cli may import only from core, engine"],
    ["src/ui/planted.ts", 'export { openSession } from "../shell/open.ts";', "src/ui may import only from"],
  ])("refuses %s with %s", (path, text, words) => expect(verdict(path, `${text}\n`)).toContain(words));

  it("accepts the right direction", () => {
    expect(verdict("src/engine/planted.ts", 'export { sha256 } from "../core/oci/digest.ts";\n')).toBe("accepted");
  });
});
