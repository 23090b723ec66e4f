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
  ["peer-cases", 3091],
])("%s: the kernel and we agree on every call and every view", (name, count) => {
  const { traces } = load(name);
  expect(traces).toHaveLength(count);
  expect(traces.flatMap((trace) => replay(trace))).toEqual([]);
});

/** fchmod on a lower file whose name was reused: the kernel answers EEXIST, its README calls it not worth modelling. */
const CORNERS = ["fchmod", "fstat"];

test("traces-ext: file descriptors, renameat2, fifos and devices, but for the known corners", () => {
  const others = load("traces-ext").traces.flatMap((trace) => replay(trace));
  expect(others.filter(({ where }) => !CORNERS.some((corner) => where.includes(`["${corner}"`)))).toEqual([]);
  expect(others.length).toBeLessThanOrEqual(1);
});

test("a trace with a wrong answer in it is told, call by call and view by view", () => {
  const [trace] = load("traces-core").traces;
  if (!trace) throw new Error("no trace");
  expect(replay({ ...trace, res: trace.res.with(7, "EIO") })[0]?.where).toMatch(/^7 /);
  expect(replay({ ...trace, diff: [] }).map(({ where }) => where.split(" ")[0])).toEqual(["diff"]);
  expect(replay({ ...trace, tar: trace.tar.slice(1) }).map(({ where }) => where.split(" ")[0])).toContain("tar");
});
