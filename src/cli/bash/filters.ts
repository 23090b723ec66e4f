import { CommandError } from "../verb.ts";
import type { HostProcess } from "./streams.ts";

/** A program of the host, by name. Answers the exit code. */
export type HostProgram = (args: readonly string[], process: HostProcess) => Promise<number> | number;

/** Lines without their newlines. */
function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** What came through the pipe. There is no keyboard to read from, and no file. */
function input(name: string, files: readonly string[], { stdin }: HostProcess): string {
  const [file] = files.filter((each) => each !== "-");
  if (file !== undefined)
    throw new CommandError(`${name}: ${file}: No such file or directory`, name === "grep" ? 2 : 1);
  if (stdin === null)
    throw new CommandError(
      `${name}: on this simulated host it works in a pipe only, as in \`docker ps | ${name} ...\``,
    );
  return stdin;
}

/** Single-letter flags (clusters too), flags with a value, and the rest. Throws for a letter that is not known. */
function options(
  name: string,
  args: readonly string[],
  flags: string,
  valued = "",
): { on: Set<string>; values: Map<string, string>; rest: string[] } {
  const [on, values, rest] = [new Set<string>(), new Map<string, string>(), [] as string[]];
  const queue = [...args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!/^-[^-]/.test(word)) {
      if (word !== "--") rest.push(word);
      continue;
    }
    for (let letters = word.slice(1); letters !== ""; letters = letters.slice(1)) {
      const letter = letters.charAt(0);
      if (valued.includes(letter)) {
        values.set(letter, letters.length > 1 ? letters.slice(1) : (queue.shift() ?? ""));
        break;
      }
      if (!flags.includes(letter)) throw new CommandError(`${name}: invalid option -- '${letter}'`, 2);
      on.add(letter);
    }
  }
  return { on, values, rest };
}

const print = (process: HostProcess, lines: readonly string[]): void => {
  if (lines.length > 0) process.context.stdout(`${lines.join("\n")}\n`);
};

const grep: HostProgram = (args, process) => {
  const { on, values, rest } = options("grep", args, "ivcnwEFqo", "e");
  const [pattern = "", ...files] = values.has("e") ? [values.get("e") ?? "", ...rest] : rest;
  const basic = on.has("F")
    ? pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    : on.has("E")
      ? pattern
      : basicToExtended(pattern);
  let expression: RegExp;
  try {
    expression = new RegExp(on.has("w") ? `\\b(?:${basic})\\b` : basic, on.has("i") ? "i" : "");
  } catch {
    throw new CommandError(`grep: Invalid regular expression`, 2);
  }
  const found = linesOf(input("grep", files, process))
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => expression.test(line) !== on.has("v"));
  if (on.has("c")) print(process, [String(found.length)]);
  else if (!on.has("q")) {
    const shown = on.has("o") ? found.map((each) => ({ ...each, line: expression.exec(each.line)?.[0] ?? "" })) : found;
    print(
      process,
      shown.map(({ line, number }) => (on.has("n") ? `${number}:${line}` : line)),
    );
  }
  return found.length > 0 ? 0 : 1;
};

/** In a basic expression `+ ? | ( ) { }` are themselves unless a backslash stands before them. */
function basicToExtended(pattern: string): string {
  return pattern.replace(
    /\\([+?|(){}])|([+?|(){}])/g,
    (_, special: string | undefined, plain: string | undefined) => special ?? `\\${plain}`,
  );
}

/** `-n 3`, `-3`, and for tail `-n +2`. */
function countOf(name: string, args: readonly string[]): { count: string; rest: string[] } {
  const short = args.find((word) => /^-\d+$/.test(word));
  const { values, rest } = options(
    name,
    args.filter((word) => word !== short),
    "",
    "n",
  );
  const count = short?.slice(1) ?? values.get("n") ?? "10";
  if (!/^[+-]?\d+$/.test(count)) throw new CommandError(`${name}: invalid number of lines: ‘${count}’`);
  return { count, rest };
}

const head: HostProgram = (args, process) => {
  const { count, rest } = countOf("head", args);
  print(process, linesOf(input("head", rest, process)).slice(0, Number(count)));
  return 0;
};

const tail: HostProgram = (args, process) => {
  const { count, rest } = countOf("tail", args);
  const lines = linesOf(input("tail", rest, process));
  const from = count.startsWith("+") ? Number(count) - 1 : lines.length - Math.abs(Number(count));
  print(process, lines.slice(Math.max(0, from)));
  return 0;
};

const wc: HostProgram = (args, process) => {
  const { on, rest } = options("wc", args, "lwcm");
  const text = input("wc", rest, process);
  const counts = {
    l: text.split("\n").length - 1,
    w: text.split(/\s+/).filter(Boolean).length,
    c: new TextEncoder().encode(text).length,
    m: [...text].length,
  };
  const wanted = (["l", "w", "m", "c"] as const).filter((key) => (on.size === 0 ? key !== "m" : on.has(key)));
  const shown = wanted.map((key) => String(counts[key]));
  print(process, [wanted.length === 1 ? shown.join("") : shown.map((each) => each.padStart(7)).join(" ")]);
  return 0;
};

const sort: HostProgram = (args, process) => {
  const { on, values, rest } = options("sort", args, "rnuhf", "k");
  const field = Number.parseInt(values.get("k") ?? "0", 10);
  const key = (line: string): string =>
    field > 0
      ? line
          .trim()
          .split(/\s+/)
          .slice(field - 1)
          .join(" ")
      : line;
  const number = (line: string): number => Number.parseFloat(key(line)) * (on.has("h") ? unit(key(line)) : 1) || 0;
  const order = (a: string, b: string): number =>
    on.has("n") || on.has("h") ? number(a) - number(b) : Number(key(a) > key(b)) - Number(key(a) < key(b));
  const sorted = linesOf(input("sort", rest, process)).toSorted((a, b) => (on.has("r") ? order(b, a) : order(a, b)));
  print(process, on.has("u") ? [...new Set(sorted)] : sorted);
  return 0;
};

function unit(text: string): number {
  const letter = /^[\d.]+([kKMGT])/.exec(text)?.[1]?.toUpperCase();
  return letter === undefined ? 1 : 1000 ** ("KMGT".indexOf(letter) + 1);
}

const uniq: HostProgram = (args, process) => {
  const { on, rest } = options("uniq", args, "cd");
  const runs: { line: string; count: number }[] = [];
  for (const line of linesOf(input("uniq", rest, process))) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  const shown = on.has("d") ? runs.filter(({ count }) => count > 1) : runs;
  print(
    process,
    shown.map(({ line, count }) => (on.has("c") ? `${String(count).padStart(7)} ${line}` : line)),
  );
  return 0;
};

const cut: HostProgram = (args, process) => {
  const { values, rest } = options("cut", args, "s", "dfc");
  const list = values.get("c") ?? values.get("f");
  if (list === undefined) throw new CommandError("cut: you must specify a list of bytes, characters, or fields");
  const ranges = list.split(",").map((range) => {
    const [from = "", to = from] = range.split("-");
    return [Number(from || 1), range.endsWith("-") ? Number.POSITIVE_INFINITY : Number(to)] as const;
  });
  const separator = values.has("c") ? "" : (values.get("d") ?? "\t");
  const cutLine = (line: string): string => {
    const parts = separator === "" ? [...line] : line.split(separator);
    if (parts.length === 1 && separator !== "") return line;
    return parts
      .filter((_, index) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to))
      .join(separator);
  };
  print(process, linesOf(input("cut", rest, process)).map(cutLine));
  return 0;
};

/** The one form of awk that everybody types: `'{print $1}'`, with `-F` and several columns. */
const awk: HostProgram = (args, process) => {
  const { values, rest } = options("awk", args, "", "F");
  const [program = "", ...files] = rest;
  const [, condition = "", fields] = /^\s*(NR\s*>\s*\d+)?\s*\{\s*print\s*([^{}]*?)\s*;?\s*\}\s*$/.exec(program) ?? [];
  if (fields === undefined)
    throw new CommandError("awk: on this simulated host only programs like '{print $1, $2}' run");
  const skip = Number(/\d+/.exec(condition)?.[0] ?? 0);
  const separator = values.get("F");
  const show = (line: string): string => {
    const columns = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
    const column = (word: string): string => {
      if (/^".*"$/.test(word)) return word.slice(1, -1);
      const index = word === "$NF" ? columns.length : Number(word.slice(1));
      return index === 0 ? line : (columns[index - 1] ?? "");
    };
    return fields === ""
      ? line
      : fields
          .split(/\s*,\s*/)
          .map((group) => group.split(/\s+/).map(column).join(""))
          .join(" ");
  };
  print(
    process,
    linesOf(input("awk", files, process))
      .slice(skip)
      .map(show),
  );
  return 0;
};

const cat: HostProgram = (args, process) => {
  process.context.stdout(input("cat", args, process));
  return 0;
};

/** Programs that read a pipe. */
export const filters: Readonly<Record<string, HostProgram>> = {
  grep,
  head,
  tail,
  wc,
  sort,
  uniq,
  cut,
  awk,
  cat,
  less: cat,
  more: cat,
};
