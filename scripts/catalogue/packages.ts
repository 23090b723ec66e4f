import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageBundle, PackageIndex } from "../../src/content/packages/format.ts";
import { distribution } from "./facts.ts";

/** Writes `public/packages/<distro>/`; returns the digest of all of it. */
export function writePackages(name: string, publicRoot: string): string {
  const distro = distribution(name);
  if (distro.archive === null) throw new Error(`${name}: no archive.json`);
  const folder = join(publicRoot, "packages", name);
  mkdirSync(folder, { recursive: true });
  const hash = createHash("sha256");
  const write = (file: string, value: PackageIndex | PackageBundle): void => {
    const text = JSON.stringify(value);
    hash.update(`${file} ${text.length}\n`).update(text);
    writeFileSync(join(folder, file), text);
  };
  const packages = distro.names.map((one) => distro.package(one));
  write("index.json", { archive: distro.archive, packages: packages.map((one) => one.facts.control) });
  for (const one of packages) {
    write(`${one.facts.control["Package"]}.json`, { facts: one.source, texts: one.texts });
  }
  return `sha256:${hash.digest("hex")}`;
}
