import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Archive,
  FactsError,
  type PackageFacts,
  parseEntries,
  parsePackage,
} from "../../src/content/packages/format.ts";

export const contentRoot = new URL("../../src/content/", import.meta.url).pathname;

/** A package with the bytes of its `@` entries. */
export interface LoadedPackage {
  readonly facts: PackageFacts;
  readonly source: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The facts of one distribution, read once. */
export interface Distribution {
  readonly name: string;
  /** null: no package manager asks for it, images only unpack from it. */
  readonly archive: Archive | null;
  package(name: string): LoadedPackage;
  /** Every package of the folder, sorted. */
  readonly names: readonly string[];
}

const loaded = new Map<string, Distribution>();

export function distribution(name: string): Distribution {
  const known = loaded.get(name);
  if (known) return known;
  const folder = join(contentRoot, "packages", name);
  const packages = new Map<string, LoadedPackage>();
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => file.slice(0, -".txt".length))
    .sort(compare);
  const archiveFile = join(folder, "archive.json");
  const archive = existsSync(archiveFile) ? (JSON.parse(readFileSync(archiveFile, "utf8")) as Archive) : null;
  const made: Distribution = {
    name,
    archive,
    names,
    package(packageName) {
      let found = packages.get(packageName);
      if (!found) {
        found = load(folder, packageName);
        packages.set(packageName, found);
      }
      return found;
    },
  };
  loaded.set(name, made);
  return made;
}

function load(folder: string, name: string): LoadedPackage {
  const file = join(folder, `${name}.txt`);
  if (!existsSync(file)) throw new Error(`${file}: no such package`);
  const source = readFileSync(file, "utf8");
  const facts = inFile(file, () => parsePackage(source));
  if (facts.control["Package"] !== name) throw new Error(`${file}: Package is ${facts.control["Package"]}`);
  const texts: Record<string, string> = {};
  const paths = [
    ...facts.entries,
    ...facts.effects.flatMap((effect) => (effect.kind === "entry" ? [effect.entry] : [])),
  ];
  for (const entry of paths) {
    if (entry.kind !== "file" || entry.size !== null) continue;
    const own = join(folder, "texts", name, entry.path);
    texts[entry.path] = readFileSync(existsSync(own) ? own : join(folder, "texts", entry.path), "utf8");
  }
  return { facts, source, texts };
}

/** A folder of an image: its path lines and the bytes of its `@` entries. */
export function loadFolder(
  folder: string,
  list: string,
): { entries: ReturnType<typeof parseEntries>; texts: Record<string, string> } {
  const root = join(contentRoot, "images", folder);
  const file = join(root, list);
  const entries = inFile(file, () => parseEntries(readFileSync(file, "utf8")));
  const texts: Record<string, string> = {};
  for (const entry of entries) {
    if (entry.kind === "file" && entry.size === null) {
      texts[entry.path] = readFileSync(join(root, "files", entry.path), "utf8");
    }
  }
  return { entries, texts };
}

/** Order of code units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inFile<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FactsError) throw new Error(`${file}:${error.line}: ${error.message}`);
    throw error;
  }
}
