import { describe, expect, test } from "vitest";
import { listFile } from "../../src/content/packages/dpkg-database.ts";
import type { Control } from "../../src/content/packages/format.ts";
import { distribution } from "./facts.ts";
import { imageSources } from "./sources.ts";

const WANTED = "vim nano less curl wget git tree procps htop net-tools iputils-ping iproute2 python3 nginx jq";
const sources = await imageSources();

/** Packages of the image that has the distribution's name: "ubuntu-22.04" is ubuntu:22.04. */
function baseOf(name: string): ReadonlySet<string> {
  const image = sources.find(
    (source) => `library/${name.replace("-", "/")}` === `${source.repository}/${source.tags[0]}`,
  );
  const selection = [image?.steps.find((step) => step.layer?.packages)?.layer?.packages ?? []].flat()[0];
  return new Set(selection?.names ?? []);
}

function controlsOf(name: string): ReadonlyMap<string, Control> {
  const distro = distribution(name);
  return new Map(distro.names.map((one) => [one, distro.package(one).facts.control]));
}

/** Names that a relation accepts, in order: real packages, with their version where it must be equal, and virtual ones. */
function accepted(group: string, controls: ReadonlyMap<string, Control>): string[] {
  return group.split(" | ").flatMap((one) => {
    const [, name = "", operator, version] = /^([^ :]+)(?::\S+)?(?: \((\S+) (\S+)\))?$/.exec(one.trim()) ?? [];
    const exact = controls.get(name);
    if (exact && (operator !== "=" || exact["Version"] === version)) return [name];
    const provides = ([, control]: [string, Control]): boolean =>
      (control["Provides"] ?? "").split(", ").some((virtual) => virtual.split(" ")[0] === name);
    return [...controls].filter(provides).map(([provider]) => provider);
  });
}

/** What installing adds to what is `there`, and the relations that nothing meets. */
function install(wanted: string, there: ReadonlySet<string>, controls: ReadonlyMap<string, Control>, fields: string[]) {
  const added = new Set<string>();
  const unmet: string[] = [];
  const queue = [wanted];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (there.has(next) || added.has(next)) continue;
    added.add(next);
    for (const field of fields) {
      for (const group of (controls.get(next)?.[field] ?? "").split(", ").filter((one) => one !== "")) {
        const names = accepted(group, controls);
        if (names.some((one) => there.has(one) || added.has(one))) continue;
        if (names[0] === undefined) unmet.push(`${next} ${field}: ${group}`);
        else queue.push(names[0]);
      }
    }
  }
  return { added: [...added], unmet };
}

describe.each(["debian-12", "ubuntu-22.04", "ubuntu-24.04"])("%s", (name) => {
  const distro = distribution(name);
  const controls = controlsOf(name);
  const base = baseOf(name);

  test.each(WANTED.split(" "))("%s can be installed", (wanted) => {
    expect(controls.has(wanted)).toBe(true);
    expect(install(wanted, base, controls, ["Pre-Depends", "Depends"]).unmet).toEqual([]);
  });

  test("the base image needs nothing outside itself", () => {
    expect(base.size).toBeGreaterThan(80);
    for (const one of base) {
      const { added, unmet } = install(one, new Set(), controls, ["Pre-Depends", "Depends"]);
      expect([unmet, added.filter((needed) => !base.has(needed))], one).toEqual([[], []]);
    }
  });

  test("every package can be fetched and shown", () => {
    const fields = [
      "Version",
      "Architecture",
      "Description",
      "Filename",
      "Size",
      "Installed-Size",
      "Maintainer",
      "Index",
    ];
    const missing = [...controls].flatMap(([one, control]) =>
      fields.filter((field) => !control[field]).map((field) => `${one}: ${field}`),
    );
    expect(missing).toEqual([]);
  });

  test("what a package lists has its directories, and no path twice", () => {
    const wrong: string[] = [];
    for (const one of distro.names) {
      const { entries } = distro.package(one).facts;
      const paths = new Set(entries.map((entry) => entry.path));
      if (paths.size !== entries.length) wrong.push(`${one}: a path twice`);
      for (const { path } of entries) {
        const slash = path.lastIndexOf("/");
        if (slash > 0 && !paths.has(path.slice(0, slash))) wrong.push(`${one}: ${path}`);
      }
      expect(listFile(entries).startsWith("/.\n")).toBe(true);
    }
    expect(wrong).toEqual([]);
  });

  test("every package's index is one that apt-get update fetches", () => {
    const labels = distro.archive?.indexes.map((index) => index.label) ?? [];
    for (const control of controls.values()) expect(labels).toContain(`${control["Index"]} Packages`);
    for (const index of distro.archive?.indexes ?? []) {
      expect(index.path).toMatch(/^\/var\/lib\/apt\/lists\/.+_(InRelease|Packages\.lz4)$/);
    }
  });

  test("apt-get update leaves tens of megabytes of lists", () => {
    const size = (distro.archive?.indexes ?? []).reduce((sum, index) => sum + index.size, 0);
    expect(size).toBeGreaterThan(15e6);
    expect(size).toBeLessThan(80e6);
  });
});

/** Counts and "Need to get" of real installations in a container of the image. */
test.each([
  ["debian-12", "vim", 6, "9.0 MB"],
  ["ubuntu-22.04", "vim", 15, "14.5 MB"],
  ["ubuntu-24.04", "vim", 16, "16.3 MB"],
])("%s: installing %s fetches %d packages, %s", (name, wanted, count, megabytes) => {
  const controls = controlsOf(name);
  const { added } = install(wanted, baseOf(name), controls, ["Pre-Depends", "Depends", "Recommends"]);
  const bytes = added.reduce((sum, one) => sum + Number(controls.get(one)?.["Size"]), 0);
  expect([added.length, `${(bytes / 1e6).toFixed(1)} MB`]).toEqual([count, megabytes]);
});
