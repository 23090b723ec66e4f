import { parse } from "unbash";
import { STDERR } from "./filesystem.ts";
import type { Command, CommandNode, Redirection, Statement } from "unbash";

type Script = ReturnType<typeof parse>;
type Node = Statement["command"];

/**
 * A simple command whose output goes straight to the process's own (no pipe, no redirection, no
 * substitution around it) gets an assignment in front that says so. Programs then write as they go,
 * and know whether a terminal reads them; just-bash itself collects everything until a line has ended.
 * The value is the command's name: inside a function or sourced file that was called so, other
 * commands see another name than theirs, and collect.
 */
export const MARK = "LAMINA_OUT";
/** For `exec`, which runs no function: whatever its words come to. */
export const ANY = "exec";

/** What must not have an assignment before it: it would stay, or mean something else. */
const SHELL_WORDS = new Set(
  (
    ". : [ alias bg break builtin caller cd command compgen complete continue declare dirs disown enable eval exec exit " +
    "export false fc fg getopts hash help history jobs let local logout mapfile popd pushd read readarray readonly " +
    "return set shift shopt source test times trap true type typeset ulimit umask unalias unset wait"
  ).split(" "),
);

/** Marks the direct commands of `source`. Text that does not parse comes back as it is. */
export function mark(source: string): string {
  const script = parse(source);
  if (script.errors && script.errors.length > 0) return source;
  const found: Found = [];
  visitAll(script.commands, found);
  let text = source;
  for (const { position, insert } of found.sort((a, b) => b.position - a.position)) {
    text = text.slice(0, position) + insert + text.slice(position);
  }
  return text;
}

type Found = { position: number; insert: string }[];

function visitStatement(statement: Statement, found: Found): void {
  if (statement.background) return;
  visit(statement.command, found);
}

function visitAll(statements: readonly Statement[], found: Found): void {
  for (const statement of statements) visitStatement(statement, found);
}

function visit(node: Node | undefined, found: Found): void {
  switch (node?.type) {
    case "Command":
      return visitCommand(node, found);
    case "Pipeline": {
      if (node.prefixes.some((prefix) => prefix.type === "Time")) return;
      const last: CommandNode | undefined = node.commands.at(-1);
      if (last?.type === "Command" || node.commands.length === 1) visit(last, found);
      return;
    }
    case "AndOr":
      for (const command of node.commands) visit(command, found);
      return;
    case "Redirected":
      if (!node.redirects.some(redirectsOutput)) visit(node.command, found);
      return;
    case "If":
      for (const list of [node.clause, node.then, node.else]) if (list) visitAll(list.commands, found);
      for (const part of node.elif) visitAll([...part.clause.commands, ...part.then.commands], found);
      return;
    case "While":
      visitAll([...node.clause.commands, ...node.body.commands], found);
      return;
    case "For":
    case "ArithmeticFor":
    case "Select":
    case "BraceGroup":
    case "Subshell":
      visitAll(node.body.commands, found);
      return;
    case "Case":
      for (const item of node.items) visitAll(item.body.commands, found);
      return;
    default:
      return;
  }
}

function visitCommand(command: Command, found: Found): void {
  const { name } = command;
  // The interpreter's `exec` runs the program and comes back; a real one does not.
  if (name?.value === "exec" && command.suffix.some((part) => part.type === "Word")) {
    const insert = `{ ${markOf(ANY, command.redirects)}`;
    found.push({ position: command.pos, insert }, { position: command.end, insert: "; exit $?; }" });
    return;
  }
  const reads = command.redirects.some((redirect) => redirect.type === "HereDoc");
  if (name?.value !== "exec" && !reads && command.redirects.some(opensFile)) {
    found.push({ position: command.pos, insert: "{ " }, { position: command.end, insert: `; } 2>${STDERR}` });
  }
  if (name === undefined || name.text !== name.value || SHELL_WORDS.has(name.value)) return;
  const insert = markOf(name.value, command.redirects);
  if (insert !== "") found.push({ position: command.prefix[0]?.pos ?? name.pos, insert });
}

/** The assignment, or "" when the output is to be collected. `>&2` and `2>&1` are followed by the program itself. */
function markOf(name: string, redirects: readonly Redirection[]): string {
  if (!/^[\w./+@-]+$/.test(name)) return "";
  const outputs = redirects.filter(redirectsOutput);
  const [only] = outputs;
  if (only === undefined) return `${MARK}=${name} `;
  const crossed = only.type === "Redirect" && only.operator === ">&" && outputs.length === 1 ? only : null;
  if (crossed === null) return "";
  const from = crossed.descriptor?.type === "FileDescriptor" ? crossed.descriptor.value : 1;
  const way = `${from}${crossed.target?.text}`;
  return way === "12" || way === "21" ? `${MARK}=${name}:${way} ` : "";
}

/**
 * That may fail, and just-bash ends everything then, as if it were its own failure; but a group with a
 * redirection, any one, makes a message and a status of it, as a shell does of a command that cannot start.
 */
function opensFile(redirect: Redirection): boolean {
  if (redirect.type !== "Redirect" || redirect.target?.text === "/dev/null") return false;
  return /^(&?>>?|>\||<>)$/.test(redirect.operator);
}

function redirectsOutput(redirect: Redirection): boolean {
  return redirect.type === "Redirect" && !redirect.operator.startsWith("<");
}

export interface Step {
  /** As typed. */
  readonly source: string;
  /** The same, marked. */
  readonly text: string;
  /** Run only after a success or a failure of what ran before: `&&`, `||`. */
  readonly after: "&&" | "||" | null;
}

export type Reading =
  | { readonly kind: "steps"; readonly steps: readonly Step[]; readonly background: boolean }
  | { readonly kind: "unfinished" }
  | { readonly kind: "error"; readonly message: string };

/**
 * A typed line as the steps to run one by one, so that what the interpreter says itself appears in
 * its place between the programs' output. `whole` keeps lists joined by && together (under `set -e`).
 */
export function read(source: string, whole: boolean): Reading {
  const script = parse(source);
  const [error] = script.errors ?? [];
  if (error || endsInBackslash(source) || openHereDocument(script)) return readingOf(error, source, script);
  if (script.commands.some((statement) => hasHereDocument(statement, source))) {
    return { kind: "steps", steps: [stepOf(source, null)], background: hasBackground(script) };
  }
  const steps: Step[] = [];
  for (const { command, pos, end } of script.commands) {
    if (command.type !== "AndOr" || whole) {
      steps.push(stepOf(source.slice(pos, end).replace(/[;\s]+$/, ""), null));
      continue;
    }
    command.commands.forEach((part, index) => {
      const after = index === 0 ? null : (command.operators[index - 1] ?? null);
      steps.push(stepOf(source.slice(part.pos, part.end), after));
    });
  }
  return { kind: "steps", steps, background: hasBackground(script) };
}

export function stepOf(source: string, after: Step["after"]): Step {
  return { source, text: mark(source), after };
}

const hasBackground = (script: Script): boolean => script.commands.some((statement) => statement.background === true);

const endsInBackslash = (source: string): boolean => /(^|[^\\])(\\\\)*\\$/.test(source) && !/^\s*#/.test(source);

function hasHereDocument(statement: Statement, source: string): boolean {
  return source.slice(statement.pos).includes("<<");
}

/** A here-document whose closing word has not come yet. */
function openHereDocument(script: Script): boolean {
  return JSON.stringify(script).includes('"type":"HereDoc"') && documents(script).some((closing) => !closing);
}

function documents(value: unknown): boolean[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(documents);
  const record = value as Record<string, unknown>;
  const inside = Object.values(record).flatMap(documents);
  return record["type"] === "HereDoc" ? [record["closing"] !== undefined, ...inside] : inside;
}

function readingOf(error: { message: string; pos: number } | undefined, source: string, script: Script): Reading {
  if (!error) return { kind: "unfinished" };
  const end = source.trimEnd().length;
  const last = script.errors?.at(-1) ?? error;
  const wanted = /^unterminated|^expected (?!redirect)/;
  if (wanted.test(error.message) && (error.message.startsWith("unterminated") || last.pos >= end))
    return { kind: "unfinished" };
  const token = /'(.+)'$/.exec(error.message)?.[1];
  return { kind: "error", message: `syntax error near unexpected token \`${token ?? "newline"}'` };
}
