import { cpus } from "node:os";
import { changes } from "../bench/changes.ts";
import { extract } from "../bench/extract.ts";
import { frames } from "../bench/frames/frames.ts";
import { link } from "../bench/link.ts";
import { lookups } from "../bench/lookups.ts";
import { snapshots } from "../bench/snapshots.ts";

/**
 * Usage: npm run -s bench [-- NAME...]. Prints one JSON object: figures measured on this machine, now,
 * and last, as lines to read, the tables of those that have one.
 */
const suites: Record<string, () => object | Promise<object>> = { lookups, changes, snapshots, extract, link, frames };
const asked = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(suites);
const start = performance.now();
const results: Record<string, object> = {};
const tables: string[] = [];
for (const name of asked) {
  const suite = suites[name];
  if (!suite) throw new RangeError(`no ${name}, there are: ${Object.keys(suites).join(" ")}`);
  const { table = [], ...figures } = (await suite()) as { table?: string[] };
  results[name] = figures;
  tables.push(...table);
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cpus: cpus().length };
const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
console.log(JSON.stringify({ machine, ...results, seconds, table: tables }, null, 2));
