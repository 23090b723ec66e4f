import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";

interface Chunk {
  readonly name?: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  /** Bytes that do not compress. */
  readonly size?: number;
}

const dictionary: Chunk = { isDynamicEntry: true, size: 1000 };
const whole: Readonly<Record<string, Chunk>> = {
  "index.html": { isEntry: true, imports: ["_shared.js"], size: 1000 },
  "_shared.js": { dynamicImports: ["_stage-1.js"], size: 1000 },
  "_stage-1.js": { name: "stage", size: 1000 },
  "src/content/locales/en.ts": dictionary,
};

function measured(chunks: Readonly<Record<string, Chunk>>) {
  const folder = mkdtempSync(join(tmpdir(), "lamina-sizes-"));
  const manifest = Object.entries(chunks).map(([key, { size = 0, ...chunk }]) => {
    const file = `assets/${key}.js`;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), randomBytes(size));
    return [key, { ...chunk, file }];
  });
  mkdirSync(join(folder, ".vite"));
  writeFileSync(join(folder, ".vite/manifest.json"), JSON.stringify(Object.fromEntries(manifest)));
  const { status, stdout, stderr } = spawnSync("node", ["scripts/sizes.mjs", folder], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { status, stdout, stderr };
}

const without = (...keys: string[]) => Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));

test("a page is measured whose picture is a chunk of its own, found from a chunk it shares", () => {
  const { status, stdout } = measured(whole);
  expect(status).toBe(0);
  expect(stdout).toMatch(/_stage-1\.js\.js\n +\d+ {2}index\.html: first picture/);
});

test.each([
  ["no page", without("index.html"), "There is no page"],
  ["no dictionary", without("src/content/locales/en.ts"), "No dictionary"],
  ["no picture", { ...whole, "_shared.js": {} }, "does not load its picture"],
  ["a page without a budget", { ...whole, "more.html": { isEntry: true } }, "more.html has no budget"],
  ["a first paint too large", { ...whole, "_shared.js": { ...whole["_shared.js"], size: 96_000 } }, "over its budget"],
  ["a picture too large", { ...whole, "_stage-1.js": { name: "stage", size: 122_000 } }, "over its budget"],
])("%s is no pass", (_, chunks, words) => {
  const { status, stderr } = measured(chunks);
  expect(stderr).toContain(words);
  expect(status).toBe(1);
});
