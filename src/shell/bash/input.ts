import { parse } from "unbash";
import type { Command } from "unbash";

/** A step whose first program reads what is typed. */
export interface InputWish {
  readonly program: string;
  /** `read` takes a line; the others take all until Ctrl-D. */
  readonly lines: "one" | "all";
  /** What `read -p` prints. */
  readonly prompt: string;
  /** The program writes every line as it comes, and nothing else: `cat` alone. */
  readonly echoes: boolean;
  /** The step's source with `text` as that program's input. */
  fill(text: string): string;
}

/** Programs that read their standard input when no file is named; what an option of theirs takes as a value, by letter. */
const READERS: Readonly<Record<string, string>> = {
  cat: "",
  nl: "bdfhilnsvw",
  tac: "s",
  rev: "",
  wc: "",
  sort: "koStT",
  uniq: "fsw",
  head: "nc",
  tail: "nc",
  cut: "bcdf",
  fold: "w",
  paste: "d",
  od: "AjNStw",
  base64: "w",
  md5sum: "",
  sha1sum: "",
  sha256sum: "",
};

/** The same with words before the files: grep's pattern, sed's script. An option of the second list brings them instead. */
const WITH_WORDS: Readonly<Record<string, readonly [values: string, instead: RegExp]>> = {
  grep: ["ABCDdefm", /^-[a-zA-Z]*[ef]|^--(regexp|file)/],
  egrep: ["ABCDdefm", /^-[a-zA-Z]*[ef]|^--(regexp|file)/],
  fgrep: ["ABCDdefm", /^-[a-zA-Z]*[ef]|^--(regexp|file)/],
  sed: ["efl", /^-[a-zA-Z]*[ef]$|^--(expression|file)/],
  jq: ["f", /^-f|^--from-file/],
};

/** Programs that read it whatever their words are. */
const ALWAYS = new Set(["tee", "tr", "xargs", "chpasswd"]);

/** All that may wait. */
export const readers: readonly string[] = [...Object.keys(READERS), ...Object.keys(WITH_WORDS), ...ALWAYS];

/** What `source`, one step of a line, waits for; null when it does not read the terminal, as far as can be told. */
export function inputOf(source: string): InputWish | null {
  const { commands, errors } = parse(source);
  const [statement] = commands;
  if (errors?.length || commands.length !== 1 || statement === undefined || statement.background) return null;
  const { command: node } = statement;
  const command = node.type === "Pipeline" ? node.commands[0] : node;
  if (command?.type !== "Command" || source.slice(command.end).includes("\n")) return null;
  if (command.redirects.some((redirect) => redirect.type !== "Redirect" || redirect.operator.startsWith("<")))
    return null;
  const name = command.name?.value ?? "";
  const words = command.suffix.flatMap((part) => (part.type === "Word" ? [part.value] : []));
  const one = name === "read" && node === command;
  if (!one && !reads(name, words)) return null;
  return {
    program: name,
    lines: one ? "one" : "all",
    prompt: one && words.includes("-p") ? (words[words.indexOf("-p") + 1] ?? "") : "",
    echoes: name === "cat" && node === command && words.length === 0 && command.redirects.length === 0,
    fill: (text) => filled(source, command, text),
  };
}

function reads(name: string, words: readonly string[]): boolean {
  if (words.includes("--help") || words.includes("--version")) return false;
  if (ALWAYS.has(name)) return true;
  const values = READERS[name];
  if (values !== undefined) return operands(words, values).every((word) => word === "-");
  const [taking, instead] = WITH_WORDS[name] ?? [];
  if (taking === undefined || instead === undefined) return false;
  if (
    name !== "jq" &&
    words.some((word) => /^-[a-z]*[ri]|^--(recursive|in-place)/i.test(word) && !(name === "grep" && /^-i+$/.test(word)))
  )
    return false;
  const wanted = words.some((word) => instead.test(word)) ? 0 : 1;
  return operands(words, taking).filter((word) => word !== "-").length === wanted;
}

/** The words that are no options, nor the value of one. */
function operands(words: readonly string[], values: string): string[] {
  const found: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") return [...found, ...rest];
    if (word === "-" || !word.startsWith("-")) found.push(word);
    else if (!word.startsWith("--") && values.includes(word.at(-1) ?? "") && /^-[a-zA-Z]*$/.test(word)) rest.shift();
  }
  return found;
}

/** A here-document is the one kind of input that leaves a step what it is otherwise. */
function filled(source: string, command: Command, text: string): string {
  let word = "LAMINA_INPUT";
  while (text.split("\n").includes(word)) word += "_";
  return `${source.slice(0, command.end)} <<'${word}'${source.slice(command.end)}\n${text}${word}\n`;
}
