/** A nil slice or map of Go: `null` in JSON, `[]` or `map[]` when printed. */
export class Nil {
  constructor(readonly shown: "[]" | "map[]") {}
  toJSON(): null {
    return null;
  }
}
export const nilSlice = new Nil("[]");
export const nilMap = new Nil("map[]");

/** A method or a function value: called with the operands that follow it. */
export type Method = (...operands: readonly Value[]) => Value;

/**
 * What a template works on. Objects are Go structs (fields in order), Maps are Go maps (printed with
 * sorted keys), undefined is the missing key of a map.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Nil
  | Method
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | { readonly [field: string]: Value };

export function isStruct(value: Value): value is { readonly [field: string]: Value } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    !(value instanceof Nil)
  );
}

/** Go's "truth": not the zero value. */
export function truth(value: Value): boolean {
  if (value instanceof Nil) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return isStruct(value) || typeof value === "function" || Boolean(value);
}

/** As fmt's %v prints it. */
export function show(value: Value): string {
  if (value === undefined || value === null) return "<no value>";
  if (value instanceof Nil) return value.shown;
  if (Array.isArray(value)) return `[${value.map(show).join(" ")}]`;
  if (value instanceof Map) {
    const entries = [...value].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, each]) => `${key}:${show(each)}`).join(" ")}]`;
  }
  if (isStruct(value)) return `{${Object.values(value).map(show).join(" ")}}`;
  return String(value);
}

/** Go's encoding/json: map keys sorted, `<`, `>` and `&` escaped. `indent` in spaces, 0 for one line. */
export function toJson(value: Value, indent = 0): string {
  const text =
    JSON.stringify(value, (_key, each: Value) => (each instanceof Map ? sorted(each) : each), indent) ?? "null";
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sorted(map: ReadonlyMap<string, Value>): { readonly [field: string]: Value } {
  return Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
