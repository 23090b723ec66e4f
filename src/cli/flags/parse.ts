import { quote } from "../format/quote.ts";
import { parseBool } from "./bool.ts";
import { type Flag, isRepeated, spelled } from "./table.ts";
import { invalid } from "./values.ts";

/** A command line that its flag table does not allow; the message is docker's (spf13/pflag's) own. */
export class FlagError extends Error {
  override readonly name = "FlagError";
}

/** The flags of one command line, by name. Asking for a flag that the table has not is a mistake in the program. */
export class Flags {
  readonly #table: readonly Flag[];
  readonly #values = new Map<string, string[]>();

  constructor(table: readonly Flag[]) {
    this.#table = table;
  }

  set(flag: Flag, value: string): void {
    const problem = invalid(flag, value);
    if (problem !== null)
      throw new FlagError(`invalid argument ${quote(value)} for "${spelled(flag)}" flag: ${problem}`);
    const before = isRepeated(flag) ? (this.#values.get(flag.name) ?? []) : [];
    this.#values.set(flag.name, [...before, value]);
  }

  /** Those that were given, in the table's order. */
  get given(): readonly Flag[] {
    return this.#table.filter((flag) => this.#values.has(flag.name));
  }

  has(name: string): boolean {
    return this.#given(name).length > 0;
  }

  bool(name: string): boolean {
    const value = this.#given(name).at(-1);
    return value === undefined ? this.#flag(name).usage.endsWith("(default true)") : parseBool(value) === true;
  }

  /** The last value, or undefined when the flag was not given. */
  string(name: string): string | undefined {
    return this.#given(name).at(-1);
  }

  int(name: string): number | undefined {
    const value = this.string(name);
    return value === undefined ? undefined : Number(value);
  }

  list(name: string): readonly string[] {
    return this.#given(name);
  }

  #given(name: string): readonly string[] {
    return this.#values.get(this.#flag(name).name) ?? [];
  }

  #flag(name: string): Flag {
    const flag = this.#table.find((entry) => entry.name === name);
    if (!flag) throw new RangeError(`no flag --${name} in this table`);
    return flag;
  }
}

export interface Parsed {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** `--help` or, deprecated, `-h` was met; what follows was not read. */
  readonly help: null | "--help" | "-h";
}

/**
 * Reads a command line as spf13/pflag does: `--name value`, `--name=value`, `-n value`, `-nvalue`,
 * clusters of bools, `--` as the end of flags. With `interspersed` false, flags end at the first argument.
 */
export function parseFlags(table: readonly Flag[], argv: readonly string[], interspersed: boolean): Parsed {
  const flags = new Flags(table);
  const args: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      args.push(...rest);
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      args.push(word);
      if (interspersed) continue;
      args.push(...rest);
      break;
    }
    const help = word.startsWith("--") ? long(table, flags, word, rest) : short(table, flags, word, rest);
    if (help) return { flags, args, help };
  }
  return { flags, args, help: null };
}

function long(table: readonly Flag[], flags: Flags, word: string, rest: string[]): Parsed["help"] {
  const [, name = "", value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
  if (name === "" || name.startsWith("-")) throw new FlagError(`bad flag syntax: ${word}`);
  const flag = table.find((entry) => entry.name === name);
  if (name === "help") {
    const shown = parseBool(value ?? "true");
    if (shown === null)
      throw new FlagError(
        `invalid argument ${quote(value ?? "")} for "--help" flag: strconv.ParseBool: parsing ${quote(value ?? "")}: invalid syntax`,
      );
    return shown ? "--help" : null;
  }
  if (!flag) throw new FlagError(`unknown flag: --${name}`);
  if (value !== undefined) flags.set(flag, value);
  else if (flag.value === "") flags.set(flag, "true");
  else {
    const next = rest.shift();
    if (next === undefined) throw new FlagError(`flag needs an argument: --${name}`);
    flags.set(flag, next);
  }
  return null;
}

function short(table: readonly Flag[], flags: Flags, word: string, rest: string[]): Parsed["help"] {
  for (let cluster = word.slice(1); cluster !== ""; cluster = cluster.slice(1)) {
    const letter = cluster.charAt(0);
    const flag = table.find((entry) => entry.shorthand === letter);
    if (!flag) {
      if (letter === "h") return "-h";
      throw new FlagError(`unknown shorthand flag: '${letter}' in -${cluster}`);
    }
    const after = cluster.slice(1);
    if (after.startsWith("=") && after.length > 1) {
      flags.set(flag, after.slice(1));
      return null;
    }
    if (flag.value === "") {
      flags.set(flag, "true");
      continue;
    }
    const value = after === "" ? rest.shift() : after;
    if (value === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${cluster}`);
    flags.set(flag, value);
    return null;
  }
  return null;
}
