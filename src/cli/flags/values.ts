import { quote } from "../format/quote.ts";
import { MountSyntaxError, parseMount } from "../mounts/mount.ts";
import { parseBool } from "./bool.ts";
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
      if (flag.name === "env") return /^[^=]/.test(text) ? null : `invalid environment variable: ${text}`;
      return flag.name === "label" ? invalidLabel(text) : null;
    case "mount":
      return invalidMount(text);
    default:
      return null;
  }
}

/** (docker/cli, `opts.ValidateLabel`) */
function invalidLabel(text: string): string | null {
  const name = (text.split("=")[0] ?? "").trimStart();
  if (name === "") return `invalid label '${text}': empty name`;
  return /\s/.test(name) ? `label '${name}' contains whitespaces` : null;
}

function invalidMount(text: string): string | null {
  try {
    parseMount(text);
    return null;
  } catch (error) {
    if (error instanceof MountSyntaxError) return error.message;
    throw error;
  }
}

function invalidInteger(text: string, parser: string, form: RegExp): string | null {
  if (!form.test(text)) return `strconv.${parser}: parsing ${quote(text)}: invalid syntax`;
  return Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER
    ? `strconv.${parser}: parsing ${quote(text)}: value out of range`
    : null;
}
