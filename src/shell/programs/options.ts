export interface Options {
  has(name: string): boolean;
  /** The last value given, or undefined. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  /** Letters in the order they were given, for options that undo each other. */
  readonly order: readonly string[];
  readonly operands: readonly string[];
}

export interface OptionTable {
  /** Single letters as for getopt(3): a colon after one that takes a value. */
  readonly short: string;
  /** Long names to the letter they stand for; "=" at the end: takes a value; "?" : may have one after "=". */
  readonly long?: Readonly<Record<string, string>>;
  /** Everything after the first operand belongs to another program. */
  readonly stopAtOperand?: boolean;
}

/** Reads `args` as getopt_long does. Answers a message without the program's name when it cannot. */
export function parseOptions(args: readonly string[], table: OptionTable): Options | string {
  const given: [string, string][] = [];
  const operands: string[] = [];
  const takes = (letter: string): boolean => table.short.includes(`${letter}:`);
  const knows = (letter: string): boolean => letter !== ":" && table.short.includes(letter);
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (arg.startsWith("--")) {
      const [name = "", ...rest] = arg.slice(2).split("=");
      const found = Object.entries(table.long ?? {}).find(([key]) => key.replace(/[=?]$/, "") === name);
      if (!found) return `unrecognized option '--${name}'`;
      const [key, letter] = found;
      if (key.endsWith("=") && rest.length === 0) given.push([letter, args[++at] ?? ""]);
      else given.push([letter, rest.join("=")]);
    } else if (arg.startsWith("-") && arg.length > 1) {
      for (let i = 1; i < arg.length; i++) {
        const letter = arg.charAt(i);
        if (!knows(letter)) return `invalid option -- '${letter}'`;
        if (!takes(letter)) {
          given.push([letter, ""]);
          continue;
        }
        const rest = arg.slice(i + 1);
        const value = rest === "" ? args[++at] : rest;
        if (value === undefined) return `option requires an argument -- '${letter}'`;
        given.push([letter, value]);
        break;
      }
    } else {
      operands.push(arg);
      if (table.stopAtOperand) {
        operands.push(...args.slice(at + 1));
        break;
      }
    }
  }
  return {
    has: (name) => given.some(([letter]) => letter === name),
    value: (name) => given.findLast(([letter]) => letter === name)?.[1],
    values: (name) => given.flatMap(([letter, value]) => (letter === name ? [value] : [])),
    order: given.map(([letter]) => letter),
    operands,
  };
}
