import type { Control } from "../../../content/packages/format.ts";

/** Epoch, version and release: "2:7.4.629-8.el7_9". */
export interface Evr {
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
}

export function parseEvr(text: string): Evr {
  const [, epoch = "0", version = text, release = ""] = /^(?:(\d+):)?([^-]*)(?:-(.*))?$/.exec(text) ?? [];
  return { epoch, version, release };
}

/** Compares two; a release that one of them leaves out does not count. (rpm, rpmVersionCompare) */
export function compareEvr(left: string, right: string): number {
  const a = parseEvr(left);
  const b = parseEvr(right);
  return (
    Number(a.epoch) - Number(b.epoch) ||
    compareSegments(a.version, b.version) ||
    (a.release === "" || b.release === "" ? 0 : compareSegments(a.release, b.release))
  );
}

/** rpmvercmp: runs of digits and of letters; digits are newer than letters, `~` is older than the end. */
function compareSegments(left: string, right: string): number {
  const a = left.match(/\d+|[a-zA-Z]+|~/g) ?? [];
  const b = right.match(/\d+|[a-zA-Z]+|~/g) ?? [];
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const x = a[i];
    const y = b[i];
    if (x === y) continue;
    if (x === "~") return -1;
    if (y === "~") return 1;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    const numeric = /\d/.test(x);
    if (numeric !== /\d/.test(y)) return numeric ? 1 : -1;
    if (numeric && Number(x) !== Number(y)) return Number(x) - Number(y);
    if (!numeric) return x < y ? -1 : 1;
  }
  return 0;
}

/** "vim-enhanced-7.4.629-8.el7_9.x86_64", as rpm names a package. */
export function nevra(control: Control): string {
  const { version, release } = parseEvr(control["Version"] ?? "");
  return `${control["Package"]}-${version}-${release}.${control["Architecture"]}`;
}

/** The same as yum names it: the epoch in front when there is one. */
export function yumName(control: Control): string {
  const { epoch } = parseEvr(control["Version"] ?? "");
  return epoch === "0" ? nevra(control) : `${epoch}:${nevra(control)}`;
}

/** "libgpm.so.2()(64bit)", "vim-common = 2:7.4.629-8.el7_9". */
export interface Requirement {
  readonly text: string;
  readonly name: string;
  readonly operator: string;
  readonly version: string;
}

export function requirements(field: string | undefined): Requirement[] {
  return (field ?? "")
    .split(", ")
    .filter((text) => text !== "")
    .map((text) => {
      const [name = text, operator = "", version = ""] = text.split(/ (<=|>=|=|<|>) /);
      return { text, name, operator, version };
    });
}

/** Does what is named `version` answer the requirement? */
function fits(version: string, { operator, version: wanted }: Requirement): boolean {
  if (operator === "" || version === "") return true;
  const order = compareEvr(version, wanted);
  return (
    (order === 0 && operator.includes("=")) ||
    (order < 0 && operator === "<") ||
    (order > 0 && operator === ">") ||
    (order < 0 && operator === "<=") ||
    (order > 0 && operator === ">=")
  );
}

export function answersRequirement(control: Control, requirement: Requirement): boolean {
  if (control["Package"] === requirement.name) return fits(control["Version"] ?? "", requirement);
  const provided = control["Provides"];
  // Most packages provide nothing of the kind: no need to read the field.
  if (!provided?.includes(requirement.name)) return false;
  return requirements(provided).some((one) => one.name === requirement.name && fits(one.version, requirement));
}
