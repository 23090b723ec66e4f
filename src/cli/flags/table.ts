/** One flag as docker's help shows it. */
export interface Flag {
  readonly name: string;
  /** One letter, or "". */
  readonly shorthand: string;
  /** The word after the name in the help ("string", "list", "int" ...); "" for a bool. */
  readonly value: string;
  /** With newlines where docker has them; "(default …)" included. */
  readonly usage: string;
  /** Docker knows it and Lamina does nothing with it: using it is refused. */
  readonly simulated: boolean;
  /** Not in the help. */
  readonly hidden: boolean;
}

const LINE = /^([* .!]) (?:-(\w), | {4})--([\w-]+)(?: (\S+))? {2,}(\S.*)$/;

/**
 * Reads a table in the layout of docker's own help, so that what stands in the source is what the
 * reader knows:
 *
 *     -d, --detach      Run container in background and print container ID
 *   *     --cpus decimal   Number of CPUs
 *
 * A star marks a flag that is not simulated, a dot one that docker hides from its help, an exclamation
 * mark one that is both. A line that starts no flag continues the usage above it.
 */
export function flagTable(text: string): readonly Flag[] {
  const flags: Flag[] = [];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  let column = 0;
  for (const line of lines) {
    const match = LINE.exec(line);
    if (match) {
      const [, mark, shorthand = "", name = "", value = "", usage = ""] = match;
      flags.push({
        name,
        shorthand,
        value,
        usage,
        simulated: mark === " " || mark === ".",
        hidden: mark === "." || mark === "!",
      });
      column = line.length - usage.length;
    } else {
      const last = flags.pop();
      if (!last || line.slice(0, column).trim() !== "") throw new SyntaxError(`not a line of a flag table: ${line}`);
      flags.push({ ...last, usage: `${last.usage}\n${line.slice(column)}` });
    }
  }
  return flags;
}

/** Flags whose values add up when given again. (docker/cli `opts`) */
const REPEATED = new Set(["list", "stringArray", "map", "filter", "strings", "ulimit", "mount", "network"]);

export function isRepeated(flag: Flag): boolean {
  return REPEATED.has(flag.value);
}

/** As docker names it in errors: "-n, --last" or "--format". */
export function spelled(flag: Flag): string {
  return flag.shorthand ? `-${flag.shorthand}, --${flag.name}` : `--${flag.name}`;
}

/** What docker says of --format in every command that has it; the table is lined up by the caller's own column. */
export const FORMAT_FLAG = `
      --format string       Format output using a custom template:
                            'table':            Print output in table format with column headers (default)
                            'table TEMPLATE':   Print output in table format using the given Go template
                            'json':             Print in JSON format
                            'TEMPLATE':         Print output using the given Go template.
                            Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates`;

/** The same for commands without a table, with its shorthand. */
export const INSPECT_FORMAT_FLAG = `
  -f, --format string       Format output using a custom template:
                            'json':             Print in JSON format
                            'TEMPLATE':         Print output using the given Go template.
                            Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates`;
