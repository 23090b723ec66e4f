import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type PackageFacts, parsePackage } from "./format.ts";

/** Distributions whose Depends are capabilities: sonames, paths, names with versions. */
const distributions = ["alpine-3.20", "centos-7"];

function load(distro: string): PackageFacts[] {
  const folder = join(import.meta.dirname, distro);
  const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
  return files.map((file) => parsePackage(readFileSync(join(folder, file), "utf8")));
}

function list(facts: PackageFacts, field: string): string[] {
  return (facts.control[field] ?? "").split(", ").filter((word) => word !== "");
}

/** A capability without its version: `vim-common = 2:7.4`, `busybox=1.36.1-r31`, `so:libz.so.1=1.3.2`. */
function capability(word: string): string {
  return word.replace(/ ?(=|>=|<=|>|<|~).*$/, "");
}

describe.each(distributions)("%s", (distro) => {
  const packages = load(distro);

  test("every dependency is met by a package of the archive", () => {
    const met = new Set(packages.map((one) => one.control["Package"]));
    for (const one of packages) for (const word of list(one, "Provides")) met.add(capability(word));
    for (const one of packages) for (const entry of one.entries) met.add(`/${entry.path}`);
    const missing = packages.flatMap((one) =>
      list(one, "Depends")
        .filter((word) => !met.has(capability(word)))
        .map((word) => `${one.control["Package"]}: ${word}`),
    );
    expect(missing).toEqual([]);
  });

  test("no file belongs to two packages", () => {
    const owners = new Map<string, string>();
    const twice: string[] = [];
    for (const { control, entries } of packages) {
      for (const { kind, path } of entries) {
        const owner = owners.get(path);
        if (kind !== "directory" && owner !== undefined) twice.push(`${path}: ${owner}, ${control["Package"]}`);
        owners.set(path, control["Package"] ?? "");
      }
    }
    expect(twice).toEqual([]);
  });

  test("hard links lead to files of the same package", () => {
    const dangling = packages.flatMap(({ entries }) => {
      const files = new Set(entries.flatMap((entry) => (entry.kind === "file" ? [entry.path] : [])));
      return entries.flatMap((entry) => (entry.kind === "hardlink" && !files.has(entry.target) ? [entry.path] : []));
    });
    expect(dangling).toEqual([]);
  });

  test("sizes, dates and descriptions are there", () => {
    for (const { control } of packages) {
      expect(control, control["Package"]).toMatchObject({
        Architecture: expect.stringMatching(/^(x86_64|noarch)$/),
        Size: expect.stringMatching(/^\d+$/),
        "Installed-Size": expect.stringMatching(/^\d+$/),
        Date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        Description: expect.any(String),
      });
    }
  });
});
