import { describe, expect, test } from "vitest";
import { listFile } from "../../src/content/packages/dpkg-database.ts";
import type { Control } from "../../src/content/packages/format.ts";
import { distribution } from "./facts.ts";
import { imageSources } from "./sources.ts";

const WANTED = "vim nano less curl wget git tree procps htop net-tools iputils-ping iproute2 python3 nginx jq".split(
  " ",
);
const sources = await imageSources();

/** Names that a relation group accepts, alternatives in order. Versions are checked where one is given. */
function satisfying(
  group: string,
  controls: ReadonlyMap<string, Control>,
  provided: ReadonlyMap<string, string[]>,
): string[] {
  return group.split(" | ").flatMap((one) => {
    const [, name = "", operator, version] = /^([^ :]+)(?::\S+)?(?: \((\S+) (\S+)\))?$/.exec(one.trim()) ?? [];
    const exact = controls.get(name);
    if (exact && (operator !== "=" || exact["Version"] === version)) return [name];
    return provided.get(name) ?? [];
  });
}

describe.each(["debian-12", "ubuntu-22.04", "ubuntu-24.04"])("%s", (name) => {
  const distro = distribution(name);
  const controls = new Map(distro.names.map((one) => [one, distro.package(one).facts.control]));
  const provided = new Map<string, string[]>();
  for (const [one, control] of controls) {
    for (const virtual of (control["Provides"] ?? "").split(", ")) {
      const word = virtual.split(" ")[0] ?? "";
      provided.set(word, [...(provided.get(word) ?? []), one]);
    }
  }
  const image = sources.find((source) => source.tags[0] === name.replace(/^\w+-/, ""));
  const selection = [image?.steps.find((step) => step.layer?.packages)?.layer?.packages ?? []].flat()[0];
  const base = new Set(selection?.names ?? []);

  test("the base image is one of its packages", () => expect(base.size).toBeGreaterThan(80));

  test.each([...WANTED, ...base])("%s resolves to a closed set", (wanted) => {
    const installed = new Set<string>();
    const queue = [wanted];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (installed.has(next)) continue;
      installed.add(next);
      const control = controls.get(next);
      expect(control, `${next}, wanted by ${wanted}`).toBeDefined();
      for (const field of ["Depends", "Pre-Depends"]) {
        for (const group of (control?.[field] ?? "").split(", ").filter((one) => one !== "")) {
          const found = satisfying(group, controls, provided);
          expect(found, `${next} ${field}: ${group}`).not.toEqual([]);
          if (!found.some((one) => base.has(one) || installed.has(one)) && found[0]) queue.push(found[0]);
        }
      }
    }
    if (base.has(wanted)) for (const one of installed) expect(base.has(one), `${wanted} needs ${one}`).toBe(true);
  });

  test("every package can be fetched and shown", () => {
    for (const [one, control] of controls) {
      for (const field of [
        "Version",
        "Architecture",
        "Description",
        "Filename",
        "Size",
        "Installed-Size",
        "Maintainer",
      ]) {
        expect(control[field], `${one}: ${field}`).toBeTruthy();
      }
    }
  });

  test("what a package lists has its directories, and no path twice", () => {
    for (const one of distro.names) {
      const { entries } = distro.package(one).facts;
      const paths = new Set(entries.map((entry) => entry.path));
      expect(paths.size, one).toBe(entries.length);
      for (const { path } of entries) {
        const slash = path.lastIndexOf("/");
        expect(slash < 0 || paths.has(path.slice(0, slash)), `${one}: ${path}`).toBe(true);
      }
      expect(listFile(entries).startsWith("/.\n")).toBe(true);
    }
  });

  test("apt-get update leaves tens of megabytes of lists", () => {
    const indexes = distro.archive?.indexes ?? [];
    const size = indexes.reduce((sum, index) => sum + index.size, 0);
    expect(size).toBeGreaterThan(15e6);
    expect(size).toBeLessThan(80e6);
    for (const index of indexes) expect(index.path).toMatch(/^\/var\/lib\/apt\/lists\/.+_(InRelease|Packages\.lz4)$/);
  });
});

test("vim on Ubuntu 22.04 brings what it really brings", () => {
  const vim = distribution("ubuntu-22.04").package("vim").facts.control;
  expect(vim["Depends"]).toContain("libpython3.10");
  expect(vim["Version"]).toMatch(/^2:8\.2\.3995-1ubuntu2/);
});
