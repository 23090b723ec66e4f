import type { Control } from "../../../content/packages/format.ts";
import { answers, parseRelations, type Relation } from "../dpkg/relation.ts";
import { compareVersions } from "../dpkg/version.ts";
import type { AptCache } from "./cache.ts";

/** "vim : Depends: libfoo but it is not installable" */
export interface Unmet {
  readonly control: Control;
  readonly field: string;
  readonly group: readonly Relation[];
  readonly reason: string;
}

/** What an installation changes. */
export interface Plan {
  /** By name: what will be unpacked. */
  readonly install: ReadonlyMap<string, Control>;
  /** Names that go. */
  readonly remove: ReadonlySet<string>;
  readonly unmet: readonly Unmet[];
}

/** Chooses what has to be installed along with `wanted`. */
export function resolve(wanted: readonly Control[], cache: AptCache, recommends: boolean): Plan {
  const install = new Map<string, Control>();
  const remove = new Set<string>();
  const unmet: Unmet[] = [];
  for (const control of wanted) install.set(control["Package"] ?? "", control);
  const present = (relation: Relation): boolean => {
    if ([...install.values()].some((control) => answers(control, relation))) return true;
    return cache.database.installed().some(({ control }) => {
      const name = control["Package"] ?? "";
      return !install.has(name) && !remove.has(name) && answers(control, relation);
    });
  };
  const queue = [...wanted];
  const require = (control: Control, field: string, group: readonly Relation[]): void => {
    if (group.some(present)) return;
    const chosen = group
      .flatMap((relation) => cache.candidatesFor(relation))
      .find((one) => !install.has(one["Package"] ?? ""));
    if (chosen) {
      install.set(chosen["Package"] ?? "", chosen);
      queue.push(chosen);
    } else if (field !== "Recommends") {
      unmet.push({ control, field, group, reason: reasonFor(group[0], cache) });
    }
  };
  for (let control = queue.shift(); control; control = queue.shift()) {
    for (const field of ["Pre-Depends", "Depends", ...(recommends ? ["Recommends"] : [])]) {
      for (const group of parseRelations(control[field])) require(control, field, group);
    }
    for (const field of ["Conflicts", "Breaks"]) {
      for (const group of parseRelations(control[field])) {
        for (const relation of group) {
          for (const { control: other } of cache.database.installed()) {
            const name = other["Package"] ?? "";
            if (name === control["Package"] || remove.has(name) || !answers(install.get(name) ?? other, relation))
              continue;
            // A newer version may not be in the way; otherwise it has to go.
            const candidate = cache.candidate(name);
            if (candidate && isNewer(candidate, other) && !answers(candidate, relation)) {
              install.set(name, candidate);
              queue.push(candidate);
            } else if (other["Essential"] === "yes") unmet.push({ control, field, group, reason: "" });
            else remove.add(name);
          }
        }
      }
    }
  }
  return { install, remove, unmet };
}

function isNewer(a: Control, b: Control): boolean {
  return compareVersions(a["Version"] ?? "", b["Version"] ?? "") > 0;
}

function reasonFor(relation: Relation | undefined, cache: AptCache): string {
  const candidate = relation && cache.candidate(relation.name);
  if (candidate) return `but ${candidate["Version"]} is to be installed`;
  return relation && cache.isProvided(relation.name) ? "but it is a virtual package" : "but it is not installable";
}

/** Installed packages that cannot stay when those in `gone` go. */
export function dependents(gone: Iterable<string>, cache: AptCache): string[] {
  const removed = new Set(gone);
  const added: string[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    const left = cache.database.installed().filter(({ control }) => !removed.has(control["Package"] ?? ""));
    for (const { control } of left) {
      const groups = parseRelations(`${control["Pre-Depends"] ?? ""},${control["Depends"] ?? ""}`);
      const lost = groups.some(
        (group) =>
          !group.some((relation) => left.some((other) => answers(other.control, relation))) &&
          // What was broken before is not made so now.
          group.some((relation) => cache.database.installed().some((other) => answers(other.control, relation))),
      );
      if (!lost) continue;
      removed.add(control["Package"] ?? "");
      added.push(control["Package"] ?? "");
      changed = true;
      break;
    }
  }
  return added;
}

/** Automatically installed packages that nothing installed by hand leads to any more. Sorted. (apt_auto-remove) */
export function orphans(cache: AptCache, plan: Plan, suggestsImportant: boolean): string[] {
  const present = new Map<string, Control>();
  for (const { control } of cache.database.installed()) present.set(control["Package"] ?? "", control);
  for (const [name, control] of plan.install) present.set(name, control);
  for (const name of plan.remove) present.delete(name);
  const reached = new Set<string>();
  const follow = (control: Control): void => {
    const name = control["Package"] ?? "";
    if (reached.has(name)) return;
    reached.add(name);
    for (const field of ["Pre-Depends", "Depends", "Recommends", ...(suggestsImportant ? ["Suggests"] : [])]) {
      for (const relation of parseRelations(control[field]).flat()) {
        for (const other of present.values()) if (answers(other, relation)) follow(other);
      }
    }
  };
  for (const [name, control] of present) {
    const kept = control["Essential"] === "yes" || control["Priority"] === "required";
    if (kept || plan.install.has(name) || !cache.isAutomatic(name)) follow(control);
  }
  return [...present.keys()].filter((name) => !reached.has(name)).sort();
}

const PRIORITIES = ["required", "important", "standard", "optional", "extra"];

/** The order of fetching and unpacking: each after what it depends on, more important packages first, then by name. */
export function unpackOrder(install: ReadonlyMap<string, Control>): Control[] {
  const rank = (control: Control): number => PRIORITIES.indexOf(control["Priority"] ?? "optional");
  const roots = [...install.values()].sort(
    (a, b) => rank(a) - rank(b) || ((a["Package"] ?? "") < (b["Package"] ?? "") ? -1 : 1),
  );
  const ordered: Control[] = [];
  const seen = new Set<Control>();
  const visit = (control: Control): void => {
    if (seen.has(control)) return;
    seen.add(control);
    for (const relation of parseRelations(`${control["Pre-Depends"] ?? ""},${control["Depends"] ?? ""}`).flat()) {
      for (const other of install.values()) if (answers(other, relation)) visit(other);
    }
    ordered.push(control);
  };
  for (const control of roots) visit(control);
  return ordered;
}
