import { quote } from "../format/quote.ts";
import { isStruct, Nil, show, toJson, truth, type Value } from "./value.ts";

/** An error of a function call; the message is what text/template says after "error calling NAME: ". */
export class CallError extends Error {
  override readonly name = "CallError";
}

const text = (value: Value): string => (typeof value === "string" ? value : show(value));
const number = (value: Value): number => (typeof value === "number" ? value : Number(text(value)));

/** text/template's built-in functions and those that docker adds. (docker/cli, `templates.basicFunctions`) */
export const functions: Readonly<Record<string, (...operands: readonly Value[]) => Value>> = {
  json: (value) => toJson(value),
  join: (list, separator) => (Array.isArray(list) ? list.map(text).join(text(separator)) : ""),
  split: (value, separator) => text(value).split(text(separator)),
  lower: (value) => text(value).toLowerCase(),
  upper: (value) => text(value).toUpperCase(),
  title: (value) => text(value).replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase()),
  pad: (value, before, after) =>
    text(value) === "" ? "" : " ".repeat(number(before)) + text(value) + " ".repeat(number(after)),
  truncate: (value, length) => text(value).slice(0, number(length)),
  and: (...values) => values.find((value) => !truth(value)) ?? values.at(-1),
  or: (...values) => values.find(truth) ?? values.at(-1),
  not: (value) => !truth(value),
  len: (value) => length(value),
  index: (value, ...keys) => keys.reduce(entry, value),
  slice: (value, from = 0, to = undefined) => {
    const end = to === undefined ? undefined : number(to);
    if (typeof value === "string") return value.slice(number(from), end);
    return Array.isArray(value) ? value.slice(number(from), end) : value;
  },
  print: (...values) => values.map(text).join(""),
  println: (...values) => `${values.map(text).join(" ")}\n`,
  printf: (format, ...values) => printf(text(format), values),
  eq: (first, ...others) => others.some((other) => text(first) === text(other)),
  ne: (a, b) => text(a) !== text(b),
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
};

function length(value: Value): number {
  if (value instanceof Nil) return 0;
  if (typeof value === "string") return new TextEncoder().encode(value).length;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  throw new CallError(value === null || value === undefined ? "len of nil pointer" : `len of type ${typeof value}`);
}

function entry(value: Value, key: Value): Value {
  if (value instanceof Map) return value.get(text(key)) ?? "";
  if (isStruct(value)) return value[text(key)];
  if (value instanceof Nil && value.shown === "map[]") return "";
  if (Array.isArray(value) || typeof value === "string" || value instanceof Nil) {
    const at = number(key);
    const item: Value = value instanceof Nil ? undefined : (value as readonly Value[] | string)[at];
    if (item === undefined) throw new CallError(`reflect: slice index out of range`);
    return item;
  }
  throw new CallError(value === null || value === undefined ? "index of untyped nil" : "can't index item");
}

function compare(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return text(a) < text(b) ? -1 : Number(text(a) !== text(b));
}

function printf(format: string, values: readonly Value[]): string {
  let next = 0;
  const out = format.replace(
    /%([-+0 ]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (whole, flags: string, width: string, precision: string, verb: string) => {
      if (verb === "%") return "%";
      if (next >= values.length) return `%!${verb}(MISSING)`;
      const value = values[next++];
      const plain =
        verb === "q"
          ? quote(text(value))
          : verb === "f"
            ? number(value).toFixed(Number(precision ?? 6))
            : verb === "x"
              ? number(value).toString(16)
              : text(value);
      const cut = verb === "s" && precision !== undefined ? plain.slice(0, Number(precision)) : plain;
      if (!"vsdqtfx".includes(verb)) return `%!${verb}(${whole})`;
      const fill = Number(width || 0);
      return flags.includes("-")
        ? cut.padEnd(fill)
        : cut.padStart(fill, flags.includes("0") && verb === "d" ? "0" : " ");
    },
  );
  return out;
}
