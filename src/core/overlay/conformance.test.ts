import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { replay } from "./conformance.ts";
import type { TraceFile } from "./trace.ts";

function load(name: string): TraceFile {
  const packed = readFileSync(new URL(`traces/${name}.json.gz`, import.meta.url));
  return JSON.parse(gunzipSync(packed).toString("utf8")) as TraceFile;
}

test.each([
  ["traces-core", 500],
  ["traces-steps", 120],
  ["traces-perm", 150],
  ["traces-ext", 150],
  ["peer-cases", 3091],
])("%s: the kernel and we agree on every call and every view", (name, count) => {
  const { traces } = load(name);
  expect(traces).toHaveLength(count);
  expect(traces.flatMap((trace) => replay(trace))).toEqual([]);
});

/** Own recordings: devices, open files without a name, long and foreign names, chains of links, 40 layers, exchanges. */
test("traces-more: the kernel and we agree but for the corner that has a name", () => {
  const { traces } = load("traces-more");
  expect(traces).toHaveLength(264);
  const others = traces.flatMap((trace) => replay(trace));
  expect(others.filter(({ corner }) => corner === null)).toEqual([]);
  expect(new Set(others.map(({ corner, trace }) => `${corner}: ${trace}`))).toEqual(
    new Set([
      "stale name: nameless 15: fifo unlink, create",
      "stale name: nameless 20: dir rmdir, mkdir",
      "stale name: nameless 22: dir replaced by rename",
    ]),
  );
});

test("a trace with a wrong answer in it is told, call by call and view by view", () => {
  const [trace] = load("traces-core").traces;
  if (!trace) throw new Error("no trace");
  expect(replay({ ...trace, res: trace.res.with(7, "EIO") })[0]?.where).toMatch(/^7 /);
  expect(replay({ ...trace, diff: [] }).map(({ where }) => where.split(" ")[0])).toEqual(["diff"]);
  expect(replay({ ...trace, tar: trace.tar.slice(1) }).map(({ where }) => where.split(" ")[0])).toContain("tar");
});
