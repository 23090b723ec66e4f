import type { Flag } from "./flags/table.ts";
import type { Verb } from "./verb.ts";

/** A line of a list of commands. */
export interface Listed {
  readonly name: string;
  readonly summary: string;
  readonly simulated: boolean;
}

const NOTE = "\n* Known to docker, not simulated in Lamina.\n";

/** `docker ps --help`. `columns` is the terminal's width; docker assumes 80 without one. */
export function verbHelp(verb: Verb, path: string, columns: number): string {
  let help = `${usageLine(path, verb)}\n\n${verb.description ?? verb.summary}\n`;
  if (verb.names.length > 1) help += `\nAliases:\n  ${verb.names.map((name) => `docker ${name}`).join(", ")}\n`;
  if (verb.flags.length > 0) help += `\nOptions:\n${flagUsages(verb.flags, columns)}`;
  return help + (verb.flags.some((flag) => !flag.simulated && !flag.hidden) ? NOTE : "");
}

/** `docker image --help`. */
export function groupHelp(group: string, summary: string, commands: readonly Listed[]): string {
  const note = commands.some((command) => !command.simulated) ? NOTE : "";
  return `Usage:  docker ${group} COMMAND\n\n${summary}\n\nCommands:\n${commandList(commands)}\nRun 'docker ${group} COMMAND --help' for more information on a command.\n${note}`;
}

/** `docker --help`. */
export function rootHelp(
  groups: readonly { readonly title: string; readonly commands: readonly Listed[] }[],
  flags: readonly Flag[],
  columns: number,
): string {
  const lists = groups.map(({ title, commands }) => `${title}:\n${commandList(commands)}\n`).join("");
  return `Usage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n\n${lists}Global Options:\n${flagUsages(flags, columns)}\nRun 'docker COMMAND --help' for more information on a command.\n\nFor more help on how to use Docker, head to https://docs.docker.com/go/guides/\n${NOTE}`;
}

export function usageLine(path: string, verb: Verb): string {
  return `Usage:  ${path} ${verb.usage}`.trimEnd();
}

function commandList(commands: readonly Listed[]): string {
  const width = Math.max(11, ...commands.map((command) => command.name.length));
  return commands
    .map(({ name, summary, simulated }) => `${simulated ? " " : "*"} ${name.padEnd(width)} ${summary}\n`)
    .join("");
}

/** spf13/pflag, `FlagUsagesWrapped`, with one column less than the terminal has. */
function flagUsages(flags: readonly Flag[], columns: number): string {
  const shown = flags.filter((flag) => !flag.hidden);
  const heads = shown.map(({ name, shorthand, value, simulated }) => {
    const mark = simulated ? " " : "*";
    return `${mark} ${shorthand ? `-${shorthand}, ` : "    "}--${name}${value ? ` ${value}` : ""}`;
  });
  const width = Math.max(...heads.map((head) => head.length)) + 3;
  return shown
    .map((flag, index) => `${(heads[index] ?? "").padEnd(width)}${wrap(flag.usage, width, columns - 1)}\n`)
    .join("");
}

/** Too long by this much is still one line. */
const SLOP = 5;

function wrap(text: string, indent: number, columns: number): string {
  let [left, first] = [indent, ""];
  if (columns - left < 24) [left, first] = [16, `\n${" ".repeat(16)}`];
  const margin = `\n${" ".repeat(left)}`;
  if (columns - left < 24) return text.replaceAll("\n", margin);
  const lines: string[] = [];
  for (let rest = text; rest !== "" || lines.length === 0; ) {
    const [line, after] = cut(rest, columns - left - SLOP);
    lines.push(line.replaceAll("\n", margin));
    rest = after;
  }
  return first + lines.join(margin);
}

function cut(text: string, width: number): [line: string, rest: string] {
  if (width + SLOP > text.length) return [text, ""];
  const head = text.slice(0, width);
  const space = Math.max(head.lastIndexOf(" "), head.lastIndexOf("\t"), head.lastIndexOf("\n"));
  if (space <= 0) return [text, ""];
  const newline = head.lastIndexOf("\n");
  const at = newline > 0 && newline < space ? newline : space;
  return [text.slice(0, at), text.slice(at + 1)];
}
