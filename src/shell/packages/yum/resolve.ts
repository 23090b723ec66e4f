import type { Control } from "../../../content/packages/format.ts";
import { answersRequirement, compareEvr, type Requirement, requirements, yumName } from "./evr.ts";
import type { RpmDatabase } from "./rpm-files.ts";

export interface Resolution {
  /** Each after what it requires. */
  readonly order: readonly Control[];
  /** What yum tells while it looks: "---> Package ... will be installed". */
  readonly story: string;
  /** "Error: Package: ... Requires: ..." */
  readonly problems: readonly string[];
}

/** "vim-enhanced.x86_64 2:7.4.629-8.el7_9" */
export function label(control: Control): string {
  const version = control["Version"] ?? "";
  return `${control["Package"]}.${control["Architecture"]} ${version.includes(":") ? version : `0:${version}`}`;
}

/** Chooses what `wanted` needs, round by round as yum does. (yum depsolve.py) */
export function resolveInstall(
  wanted: readonly Control[],
  database: RpmDatabase,
  available: readonly Control[],
): Resolution {
  const chosen = new Map<string, Control>();
  const problems: string[] = [];
  let story = "Resolving Dependencies\n";
  let round = [...wanted];
  for (const control of wanted) chosen.set(control["Package"] ?? "", control);
  while (round.length > 0) {
    story += "--> Running transaction check\n";
    const next: Control[] = [];
    for (const control of round) {
      const old = database.get(control["Package"] ?? "");
      story += old
        ? `---> Package ${label(old.control)} will be updated\n---> Package ${label(control)} will be an update\n`
        : `---> Package ${label(control)} will be installed\n`;
    }
    for (const control of round) {
      for (const requirement of requirements(control["Depends"])) {
        if (database.answers(requirement) || [...chosen.values()].some((one) => answersRequirement(one, requirement)))
          continue;
        story += `--> Processing Dependency: ${requirement.text} for package: ${yumName(control)}\n`;
        const found = provider(requirement, available);
        if (found) {
          chosen.set(found["Package"] ?? "", found);
          next.push(found);
        } else
          problems.push(
            `Error: Package: ${yumName(control)} (${control["Section"]})\n           Requires: ${requirement.text}\n`,
          );
      }
    }
    round = next;
  }
  story += "--> Finished Dependency Resolution\n";
  return { order: ordered(chosen), story, problems };
}

/** The package of that name, else the one with the shortest name that provides it. */
export function provider(requirement: Requirement, available: readonly Control[]): Control | undefined {
  const fitting = available.filter((control) => answersRequirement(control, requirement));
  return (
    fitting.find((control) => control["Package"] === requirement.name) ??
    fitting.sort((a, b) => (a["Package"] ?? "").length - (b["Package"] ?? "").length)[0]
  );
}

function ordered(chosen: ReadonlyMap<string, Control>): Control[] {
  const order: Control[] = [];
  const seen = new Set<Control>();
  const visit = (control: Control): void => {
    if (seen.has(control)) return;
    seen.add(control);
    for (const requirement of requirements(control["Depends"])) {
      for (const other of chosen.values()) if (answersRequirement(other, requirement)) visit(other);
    }
    order.push(control);
  };
  for (const control of chosen.values()) visit(control);
  return order;
}

/** Names that have to go with those in `gone`, because what they require goes. */
export function dependentsOf(gone: readonly string[], database: RpmDatabase): string[] {
  const removed = new Set(gone);
  for (let changed = true; changed; ) {
    changed = false;
    const left = database.all().filter(({ control }) => !removed.has(control["Package"] ?? ""));
    const leaving = database.all().filter(({ control }) => removed.has(control["Package"] ?? ""));
    for (const { control } of left) {
      const lost = requirements(control["Depends"]).some(
        (requirement) =>
          leaving.some((one) => answersRequirement(one.control, requirement)) &&
          !left.some((one) => answersRequirement(one.control, requirement)),
      );
      if (!lost) continue;
      removed.add(control["Package"] ?? "");
      changed = true;
    }
  }
  return [...removed].filter((name) => !gone.includes(name));
}

export function updates(database: RpmDatabase, available: readonly Control[]): Control[] {
  return available.filter((control) => {
    const old = database.get(control["Package"] ?? "");
    return old && compareEvr(control["Version"] ?? "", old.control["Version"] ?? "") > 0;
  });
}
