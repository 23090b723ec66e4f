import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mutants } from "./mutants.ts";

/**
 * Usage: npm run mutants [-- WORD...]
 * Breaks one rule after the other (only those whose names have a WORD in them) and runs the tests of
 * src/core each time, up to the first that fails. A rule whose breaking no test sees is a hole in the
 * tests: exit status 1. The last line counts.
 */
const AT_ONCE = 2;
/** A broken rule may loop for ever; the tests take about ten seconds. */
const LIMIT = 180_000;
const reports = mkdtempSync(join(tmpdir(), "mutants-"));
const words = process.argv.slice(2);
const wanted = mutants.map((mutant, index) => ({ ...mutant, index }));
const chosen = wanted.filter(({ rule }) => words.length === 0 || words.some((word) => rule.includes(word)));
const width = Math.max(...chosen.map(({ rule }) => rule.length));

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The first test that fails; null when all pass. `index` null: nothing is broken. */
async function firstFailure(index: number | null): Promise<string | null> {
  const file = join(reports, `${index}.json`);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "src/core", "--bail=1", "--maxWorkers=1"];
  const child = spawn(process.execPath, [...vitest, "--reporter=json", `--outputFile=${file}`], {
    stdio: "ignore",
    env: { ...process.env, ...(index !== null && { LAMINA_MUTANT: String(index) }) },
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, LIMIT);
  const status = await new Promise<number | null>((done) => child.on("close", done));
  clearTimeout(timer);
  if (late) return "(the tests do not end)";
  if (status === 0) return null;
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Report;
  for (const { assertionResults } of testResults) {
    for (const { status: outcome, fullName } of assertionResults) if (outcome === "failed") return fullName;
  }
  throw new Error(`the tests cannot be loaded: ${testResults.map(({ message }) => message).join("\n")}`);
}

const before = await firstFailure(null);
if (before !== null) {
  console.error(`with nothing broken a test fails already: ${before}`);
  process.exit(2);
}
let caught = 0;
const waiting = [...chosen];
const worker = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const failed = await firstFailure(next.index);
    if (failed !== null) caught += 1;
    console.log(`${next.rule.padEnd(width)}  ${failed === null ? "NOT CAUGHT" : `caught by ${failed}`}`);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
rmSync(reports, { recursive: true });
console.log(`mutants ${chosen.length}, caught ${caught}`);
process.exitCode = caught < chosen.length ? 1 : 0;
