import type { Control } from "../../../content/packages/format.ts";
import { satisfies } from "./version.ts";

/** One alternative of a relation: a name, maybe with a version. (deb-control(5), "Depends") */
export interface Relation {
  readonly name: string;
  readonly operator: string;
  readonly version: string;
  /** As it stands in the field. */
  readonly text: string;
}

/** Each element of the result is a list of alternatives, of which one has to hold. */
export function parseRelations(field: string | undefined): Relation[][] {
  return (field ?? "")
    .split(",")
    .map((group) => group.trim())
    .filter((group) => group !== "")
    .map((group) => group.split("|").map((one) => parseRelation(one.trim())));
}

function parseRelation(text: string): Relation {
  const [, name = text, operator = "", version = ""] =
    /^([^\s(:]+)(?::\S+)?\s*(?:\(\s*(<<|<=|>=|>>|=|<|>)\s*([^\s)]+)\s*\))?/.exec(text) ?? [];
  return { name, operator, version, text };
}

/** Does the package itself, or what it provides, answer the relation? An unversioned Provides answers unversioned relations only. */
export function answers(control: Control, relation: Relation): boolean {
  if (control["Package"] === relation.name) {
    return relation.operator === "" || satisfies(control["Version"] ?? "", relation.operator, relation.version);
  }
  const provides = control["Provides"];
  // Most packages provide nothing of the kind: no need to read the field.
  if (!provides?.includes(relation.name)) return false;
  return parseRelations(provides).some(([provided]) => {
    if (provided?.name !== relation.name) return false;
    return (
      relation.operator === "" ||
      (provided.version !== "" && satisfies(provided.version, relation.operator, relation.version))
    );
  });
}
