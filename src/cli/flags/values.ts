import { quote } from "../format/quote.ts";
import type { Flag } from "./table.ts";

/** Why `text` is not a value for `flag`, in the words of Go's parsers; null when it is one. */
export function invalid(flag: Flag, text: string): string | null {
  switch (flag.value) {
    case "":
      return parseBool(text) === null ? `strconv.ParseBool: parsing ${quote(text)}: invalid syntax` : null;
    case "int":
      return invalidInteger(text, "ParseInt", /^[+-]?\d+$/);
    case "uint":
    case "uint16":
      return invalidInteger(text, "ParseUint", /^\d+$/);
    case "filter":
      return text === "" || text.includes("=") ? null : "bad format of filter (expected name=value)";
    case "list":
      if (!text.startsWith("=")) return null;
      if (flag.name === "env") return `invalid environment variable: ${text}`;
      return flag.name === "label" ? `invalid label '${text}': empty name` : null;
    default:
      return null;
  }
}

function invalidInteger(text: string, parser: string, form: RegExp): string | null {
  if (!form.test(text)) return `strconv.${parser}: parsing ${quote(text)}: invalid syntax`;
  return Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER
    ? `strconv.${parser}: parsing ${quote(text)}: value out of range`
    : null;
}

/** Go's strconv.ParseBool; null when it is none. */
export function parseBool(text: string): boolean | null {
  if (["1", "t", "T", "true", "TRUE", "True"].includes(text)) return true;
  if (["0", "f", "F", "false", "FALSE", "False"].includes(text)) return false;
  return null;
}
