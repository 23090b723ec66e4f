import { cpus } from "node:os";
import { changes } from "../bench/changes.ts";
import { extract } from "../bench/extract.ts";
import { link } from "../bench/link.ts";
import { lookups } from "../bench/lookups.ts";

/** Usage: npm run -s bench. Prints one JSON object: figures measured on this machine, now. */
const start = performance.now();
const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cpus: cpus().length };
const results = { lookups: lookups(), changes: await changes(), extract: await extract(), link: link() };
const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
console.log(JSON.stringify({ machine, ...results, seconds }, null, 2));
