// The budgets of the first load, JavaScript by gzip -9: of each entry, what it needs until the page's frame is painted
// (with the larger dictionary), and until the first picture can be drawn.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = { paint: 96_000, picture: 122_000 };
const DICTIONARIES = /^src\/content\/locales\/[^/]+$/;
const PICTURE = "src/ui/stage/stage.tsx";
/** Where the build is, when it is not where `npm run build` puts it. */
const folder = process.argv[2] ?? "dist";

const manifest = JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, "utf8"));
const sizes = new Map();
const sizeOf = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length);
  return sizes.get(file);
};

/** The files that come with these chunks. */
function filesWith(keys) {
  const needed = new Set();
  const visit = (key) => {
    if (needed.has(key)) return;
    needed.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return [...new Set([...needed].map((key) => manifest[key].file))].filter((file) => file.endsWith(".js"));
}

const total = (files) => files.reduce((sum, file) => sum + sizeOf(file), 0);
const line = (size, words) => console.log(`${String(size).padStart(8)}  ${words}`);

let over = false;
const dictionaries = Object.keys(manifest).filter((key) => DICTIONARIES.test(key) && manifest[key].isDynamicEntry);
for (const [entry, chunk] of Object.entries(manifest)) {
  if (!chunk.isEntry || !(chunk.dynamicImports ?? []).includes(PICTURE)) continue;
  const paints = dictionaries.map((key) => filesWith([entry, key])).toSorted((a, b) => total(b) - total(a))[0];
  const paint = paints ?? [];
  const picture = filesWith([entry, PICTURE]).filter((file) => !paint.includes(file));
  for (const [name, files, before] of [
    ["paint", paint, 0],
    ["picture", picture, total(paint)],
  ]) {
    for (const file of files) line(sizeOf(file), file);
    const sum = before + total(files);
    line(sum, `${entry}: first ${name}, of ${BUDGET[name]} allowed`);
    over ||= sum > BUDGET[name];
  }
}
if (over) {
  console.error("The first load is over its budget: load something lazily.");
  process.exit(1);
}
