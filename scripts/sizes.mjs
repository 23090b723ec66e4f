// The budget of the first load: JavaScript that the page needs before anything is lazily loaded, gzip -9.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 107_000;
/** Where the build is, when it is not where `npm run build` puts it. */
const folder = process.argv[2] ?? "dist";

const manifest = JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, "utf8"));
const needed = new Set();
const visit = (key) => {
  if (needed.has(key)) return;
  needed.add(key);
  for (const next of manifest[key].imports ?? []) visit(next);
};
for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);

let total = 0;
for (const key of needed) {
  const { file } = manifest[key];
  if (!file.endsWith(".js")) continue;
  const size = gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first load, of ${BUDGET} allowed`);
if (total > BUDGET) {
  console.error("The first load is over its budget: load something lazily.");
  process.exit(1);
}
