import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentRoot } from "./facts.ts";

/** Digests of all that the catalogue serves: "the same source gives the same bytes", proved at every build. */
export interface Lock {
  /** By "library/debian:12": the manifest, the config, and per layer blob and diffID. */
  readonly images: Readonly<Record<string, LockedImage>>;
  /** By distribution: sha256 over its index and all its packages. */
  readonly packages: Readonly<Record<string, string>>;
}
export interface LockedImage {
  readonly manifest: string;
  readonly config: string;
  readonly layers: readonly string[];
  readonly diffIds: readonly string[];
}

const file = join(contentRoot, "catalogue.lock.json");

export function readLock(): Lock {
  if (!existsSync(file)) return { images: {}, packages: {} };
  return JSON.parse(readFileSync(file, "utf8")) as Lock;
}

export function writeLock(lock: Lock): void {
  // A list of one on one line, as the formatter has it.
  const text = JSON.stringify(lock, null, 2).replace(/\[\n\s+("[^"]+")\n\s+\]/g, "[$1]");
  writeFileSync(file, `${text}\n`);
}

/** What differs, one line each: what it is, the locked digest, the built one. */
export function differences(locked: Lock, built: Lock): string[] {
  const lines: string[] = [];
  const compare = (what: string, before: string | undefined, after: string | undefined): void => {
    if (before !== after) lines.push(`${what}: locked ${before ?? "nothing"}, built ${after ?? "nothing"}`);
  };
  for (const name of unionOfKeys(locked.images, built.images)) {
    const before = locked.images[name];
    const after = built.images[name];
    const count = Math.max(before?.diffIds.length ?? 0, after?.diffIds.length ?? 0);
    for (let i = 0; i < count; i++) {
      compare(`${name} layer ${i} (diffID)`, before?.diffIds[i], after?.diffIds[i]);
      if (before?.diffIds[i] === after?.diffIds[i]) {
        compare(`${name} layer ${i} (compressed)`, before?.layers[i], after?.layers[i]);
      }
    }
    compare(`${name} config`, before?.config, after?.config);
    compare(`${name} manifest`, before?.manifest, after?.manifest);
  }
  for (const name of unionOfKeys(locked.packages, built.packages)) {
    compare(`packages of ${name}`, locked.packages[name], built.packages[name]);
  }
  return lines;
}

function unionOfKeys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
