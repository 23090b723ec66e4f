import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { replay } from "../src/core/overlay/conformance.ts";
import { type Corner, CORNERS } from "../src/core/overlay/replay.ts";
import type { TraceFile } from "../src/core/overlay/trace.ts";

/**
 * Usage: npm run -s conformance:overlay -- FILE.json.gz...
 * Replays recorded kernel traces; the last line counts, exit status 1 when anything diverges. What differs
 * because of a corner that is left out on purpose is told by the corner's name, and not counted.
 */
const SPELLED_OUT = 20;
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: npm run -s conformance:overlay -- FILE.json.gz...");
  process.exit(2);
}

let traces = 0;
let operations = 0;
let divergences = 0;
const corners = new Map<Corner, string[]>();
for (const file of files) {
  const packed = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(packed) : packed).toString("utf8");
  const { traces: recorded } = JSON.parse(text) as TraceFile;
  for (const trace of recorded) {
    traces += 1;
    operations += trace.ops.length;
    for (const { where, expected, actual, corner } of replay(trace)) {
      if (corner) {
        corners.set(corner, [...(corners.get(corner) ?? []), trace.id]);
        continue;
      }
      divergences += 1;
      if (divergences > SPELLED_OUT) continue;
      console.log(
        `${file} ${trace.id}: ${where}\n  kernel ${JSON.stringify(expected)}\n  here   ${JSON.stringify(actual)}`,
      );
    }
  }
}
if (divergences > SPELLED_OUT) console.log(`... and ${divergences - SPELLED_OUT} more`);
for (const [corner, met] of corners) {
  console.log(`left out: ${corner} (${[...new Set(met)].join(", ")}). ${CORNERS[corner]}`);
}
console.log(`traces ${traces}, operations ${operations}, divergences ${divergences}`);
process.exitCode = divergences > 0 ? 1 : 0;
