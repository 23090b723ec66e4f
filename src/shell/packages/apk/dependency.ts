import type { Control } from "../../../content/packages/format.ts";
import { compareApkVersions } from "./version.ts";

/** "so:libc.musl-x86_64.so.1", "vim>=9.1", "!conflict". (apk-world(5)) */
export interface Dependency {
  readonly text: string;
  readonly name: string;
  readonly conflict: boolean;
  readonly operator: string;
  readonly version: string;
}

export function parseDependency(text: string): Dependency {
  const [, bang = "", name = text, operator = "", version = ""] =
    /^(!?)([^<>=~@]+)(?:@\w+)?([<>=~]*)(.*)$/.exec(text) ?? [];
  return { text, name, conflict: bang !== "", operator, version };
}

/** A list field of our facts: "a, b=1". */
export function dependencies(field: string | undefined): Dependency[] {
  return (field ?? "")
    .split(/,\s*/)
    .filter((one) => one !== "")
    .map(parseDependency);
}

/** Does the package, or a name it provides, answer? */
export function provides(control: Control, dependency: Dependency): boolean {
  if (control["Package"] === dependency.name) return fits(control["Version"] ?? "", dependency);
  const provided = control["Provides"];
  // Most packages provide nothing of the kind: no need to read the field.
  if (!provided?.includes(dependency.name)) return false;
  return dependencies(provided).some(
    ({ name, version }) => name === dependency.name && (dependency.operator === "" || fits(version, dependency)),
  );
}

function fits(version: string, { operator, version: wanted }: Dependency): boolean {
  if (operator === "") return true;
  if (operator.includes("~"))
    return version === wanted || version.startsWith(`${wanted}.`) || version.startsWith(`${wanted}-`);
  const order = compareApkVersions(version, wanted);
  return (
    (order === 0 && operator.includes("=")) ||
    (order < 0 && operator.includes("<")) ||
    (order > 0 && operator.includes(">"))
  );
}
