// The budgets of the first load, JavaScript by gzip -9: of each page, what it needs until its frame is painted
// (with the larger dictionary), and until the first picture can be drawn.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGETS = {
  "index.html": { paint: 96_000, picture: 122_000 },
  "embed.html": { paint: 100_000, picture: 126_000 },
};
const DICTIONARIES = /^src\/content\/locales\/[^/]+$/;
/** The chunk that draws the first picture: a chunk that others import too has no module as its key. */
const PICTURE = "stage";
/** Where the build is, when it is not where `npm run build` puts it. */
const folder = process.argv[2] ?? "dist";

const manifest = JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, "utf8"));
const sizes = new Map();
const sizeOf = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length);
  return sizes.get(file);
};

/** The chunks that come with these. */
function chunksWith(keys) {
  const needed = new Set();
  const visit = (key) => {
    if (needed.has(key)) return;
    needed.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return [...needed];
}

const filesWith = (keys) =>
  [...new Set(chunksWith(keys).map((key) => manifest[key].file))].filter((file) => file.endsWith(".js"));
const total = (files) => files.reduce((sum, file) => sum + sizeOf(file), 0);
const line = (size, words) => console.log(`${String(size).padStart(8)}  ${words}`);

function fail(why) {
  console.error(why);
  process.exit(1);
}

const dictionaries = Object.keys(manifest).filter((key) => DICTIONARIES.test(key) && manifest[key].isDynamicEntry);
if (dictionaries.length === 0) fail(`No dictionary is loaded by itself in ${folder}.`);
const pages = Object.keys(manifest).filter((key) => manifest[key].isEntry && key.endsWith(".html"));
if (!pages.includes("index.html")) fail(`There is no page in ${folder}.`);

let over = false;
for (const page of pages) {
  const budget = BUDGETS[page] ?? fail(`${page} has no budget.`);
  const later = chunksWith([page]).flatMap((key) => manifest[key].dynamicImports ?? []);
  const drawing =
    later.find((key) => manifest[key].name === PICTURE) ?? fail(`${page} does not load its picture by itself.`);
  const paint = dictionaries.map((key) => filesWith([page, key])).toSorted((a, b) => total(b) - total(a))[0];
  const picture = filesWith([page, drawing]).filter((file) => !paint.includes(file));
  for (const [name, files, before] of [
    ["paint", paint, 0],
    ["picture", picture, total(paint)],
  ]) {
    for (const file of files) line(sizeOf(file), file);
    const sum = before + total(files);
    line(sum, `${page}: first ${name}, of ${budget[name]} allowed`);
    over ||= sum > budget[name];
  }
}
if (over) fail("The first load is over its budget: load something lazily.");
