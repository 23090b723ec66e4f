import type { Control } from "../../../content/packages/format.ts";
import { type Dependency, dependencies, parseDependency, provides } from "./dependency.ts";

export interface Solution {
  /** Everything that the world asks for, each after what it depends on. */
  readonly packages: readonly Control[];
  /** "  nosuch (no such package):\n    required by: world[nosuch]\n" */
  readonly errors: readonly string[];
}

/**
 * Picks the packages that satisfy the world. What is installed is preferred to what would have to be fetched, a
 * package of the wanted name to one that only provides it. (apk-tools' solver, without its pinning)
 */
export function solve(
  world: readonly string[],
  installed: readonly Control[],
  available: readonly Control[],
  upgrade = false,
): Solution {
  const ordered: Control[] = [];
  const chosen = new Map<string, Control>();
  const errors = new Map<string, { heading: string; needed: string[] }>();
  const names = new Set(installed.map((control) => control["Package"]));
  const candidates = upgrade
    ? [...available, ...installed.filter((one) => !available.some((other) => other["Package"] === one["Package"]))]
    : [...installed, ...available.filter((control) => !names.has(control["Package"]))];

  const require = (dependency: Dependency, by: string): void => {
    if (dependency.conflict) return;
    if ([...chosen.values()].some((control) => provides(control, dependency))) return;
    const fitting = candidates.filter((control) => provides(control, dependency));
    const found =
      fitting.find((control) => control["Package"] === dependency.name) ??
      fitting.find((control) => names.has(control["Package"])) ??
      fitting.sort((a, b) => Number(b["Provider-Priority"] ?? 0) - Number(a["Provider-Priority"] ?? 0))[0];
    if (found) return add(found);
    const known = candidates.find((control) => control["Package"] === dependency.name);
    const heading = known
      ? `  ${known["Package"]}-${known["Version"]}:\n    breaks: ${by}\n`
      : `  ${dependency.name} (no such package):\n`;
    const entry = errors.get(heading) ?? { heading, needed: [] };
    if (!known) entry.needed.push(by);
    errors.set(heading, entry);
  };
  const add = (control: Control): void => {
    chosen.set(control["Package"] ?? "", control);
    for (const dependency of dependencies(control["Depends"])) {
      require(dependency, `${control["Package"]}-${control["Version"]}[${dependency.text}]`);
    }
    ordered.push(control);
  };
  for (const text of world) require(parseDependency(text), `world[${text}]`);
  for (let changed = true; changed; ) {
    changed = false;
    for (const control of candidates) {
      const conditions = dependencies(control["Install-If"]);
      if (conditions.length === 0 || chosen.has(control["Package"] ?? "")) continue;
      if (!conditions.every((condition) => [...chosen.values()].some((one) => provides(one, condition)))) continue;
      add(control);
      changed = true;
    }
  }
  const lines = [...errors.values()].map(
    ({ heading, needed }) =>
      heading +
      needed.map((by, index) => (index === 0 ? `    required by: ${by}\n` : `                 ${by}\n`)).join(""),
  );
  return { packages: ordered, errors: lines };
}
