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

/** Recorded from real installations in a container of the image. */
test.each([
  ["debian-12", "vim", 6, "9.0 MB"],
  ["ubuntu-22.04", "vim", 15, "14.5 MB"],
  ["ubuntu-24.04", "vim", 16, "16.3 MB"],
])("%s: installing %s fetches %d packages, %s", (name, wanted, count, megabytes) => {
  const distro = distribution(name);
  const image = sources.find((source) => source.tags[0] === name.replace(/^\w+-/, ""));
  const selection = [image?.steps.find((step) => step.layer?.packages)?.layer?.packages ?? []].flat()[0];
  const there = new Set(selection?.names ?? []);
  const added: Control[] = [];
  const queue = [wanted];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (there.has(next)) continue;
    there.add(next);
    const { control } = distro.package(next).facts;
    added.push(control);
    for (const field of ["Depends", "Recommends"]) {
      for (const group of (control[field] ?? "").split(", ")) {
        const names = group.split(" | ").map((one) => one.replace(/[ :].*$/, ""));
        const known = names.find((one) => distro.names.includes(one));
        if (!names.some((one) => there.has(one)) && known) queue.push(known);
      }
    }
  }
  const bytes = added.reduce((sum, control) => sum + Number(control["Size"]), 0);
  expect([added.length, `${(bytes / 1e6).toFixed(1)} MB`]).toEqual([count, megabytes]);
});
