import { type SavedEdit, textAfter } from "./edit.ts";
import type { TerminalId } from "./protocol.ts";
import { inLanguage, type LogEntry, type Scenario, type Words } from "./scenario.ts";
import { DROPPED, shownLine } from "./typed-line.ts";

const HEAD = `#!/bin/sh
# What was typed in a scene of Lamina, as a script for a real Docker.
# Ids, times and digests come out different: real images are not Lamina's, and time goes on.
# What was typed inside a container is a here-document: without a terminal, so -it has become -i.
`;

/** A line of docker's that brings up a terminal in a container. */
const INTERACTIVE =
  /^docker (container )?(run|exec|start|attach)\b.*(\s-\w*[it]\w*|\s--interactive|\s--tty|\s--attach|^docker attach)/;
const EDITOR = /^\s*(vim?|view|nano|vimdiff|ex)\b/;

/**
 * The scenario as a shell script that does the same on a real docker, as far as a script can: docker's lines as they
 * were typed, lines of a container's shell as here-documents, what an editor saved as text. Comments say what cannot be done.
 */
export function dockerScript({ entries, title }: Scenario, locale: keyof Words): string {
  const sessions = sessionsIn(entries);
  const texts = new Map<string, string>();
  const out: string[] = [HEAD];
  const name = inLanguage(title, locale);
  if (name) out.push(comment(name), "");
  for (const [index, entry] of entries.entries()) {
    const words = [entry.title, entry.note].map((one) => inLanguage(one, locale)).filter((one) => one !== "");
    if (words.length > 0) out.push("", ...words.map(comment));
    const opened = sessions.find(({ opener }) => opener === index);
    const group = sessions.flatMap(({ groups }) => groups).find((one) => one.at(0) === index);
    const session = sessions.find(({ groups }) => groups.some((one) => one === group));
    if (group && session) out.push(...typedInside(session, group, entries, texts));
    else if (opened) out.push(opening(opened, entry.line));
    else if (entry.terminal === "host") out.push(...onHost(entry));
  }
  return `${out.join("\n")}\n`;
}

interface Session {
  /** Index of the host's line that opened it; -1 when that is not known. */
  readonly opener: number;
  /** The container's name, or a name given to it here. */
  readonly container: string;
  /** Indices of the lines typed in it without anything typed elsewhere in between. */
  readonly groups: readonly (readonly number[])[];
}

function sessionsIn(entries: readonly LogEntry[]): Session[] {
  const groups = new Map<TerminalId, number[][]>();
  const openers = new Map<TerminalId, number>();
  for (const [index, { terminal }] of entries.entries()) {
    if (terminal === "host") continue;
    const own = groups.get(terminal) ?? [];
    groups.set(terminal, own);
    const last = own.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else own.push([index]);
    if (openers.has(terminal)) continue;
    const taken = [...openers.values()];
    const opener = entries.findLastIndex(
      ({ terminal: where, line }, at) =>
        at < index && where === "host" && INTERACTIVE.test(line) && !taken.includes(at),
    );
    openers.set(terminal, opener);
  }
  return [...groups].map(([terminal, own]) => {
    const opener = openers.get(terminal) ?? -1;
    return { opener, container: containerOf(entries[opener]?.line ?? "", terminal), groups: own };
  });
}

/** Of `run` by its option; of `exec`, `start` and `attach` the first word that is no option. */
function containerOf(line: string, terminal: TerminalId): string {
  const given = /\s--name[ =](\S+)/.exec(line)?.[1];
  if (given) return given;
  const [, word] = /^docker (?:container )?(?:exec|start|attach)((?:\s+-\S+)*)\s+(\S+)/.exec(line)?.slice(1) ?? [];
  return word ?? terminal.replace("session", "lamina");
}

/** The line alone is enough when all that was typed inside came right behind it. */
function atOnce({ opener, groups }: Session): boolean {
  return groups.length === 1 && groups[0]?.at(0) === opener + 1;
}

const withoutTerminal = (line: string): string =>
  line
    .replace(/\s(-it|-ti)\b/, " -i")
    .replace(/\s(-i -t|-t -i)\b/, " -i")
    .replace(/\s--tty\b/, "")
    .replace(/\s-ai\b/, " -a -i");

function opening(session: Session, line: string): string {
  if (atOnce(session)) return "";
  if (!/^docker (container )?run/.test(line))
    return /\bstart\b/.test(line) ? `docker start ${session.container}` : comment(line);
  const named = line.includes("--name") ? line : line.replace(/\brun\b/, `run --name ${session.container}`);
  return [
    comment("Something was typed elsewhere in between: the container goes on in the background."),
    named.replace(/\s(-it|-ti)\b/, " -dit"),
  ].join("\n");
}

function typedInside(
  session: Session,
  group: readonly number[],
  entries: readonly LogEntry[],
  texts: Map<string, string>,
): string[] {
  const opener = entries[session.opener]?.line ?? "";
  const lines = group.flatMap((index) => inside(entries[index], session, texts));
  const one = atOnce(session);
  const shell = /\b(bash|ash|sh)\s*$/.exec(opener)?.[1] ?? "sh";
  const command =
    one || /\bexec\b/.test(opener) ? withoutTerminal(opener) : `docker exec -i ${session.container} ${shell}`;
  const end = delimiter(lines);
  const before = one
    ? []
    : [comment("Each piece is a shell of its own: cd and variables of the one before are not known here.")];
  const last = session.groups.at(-1) === group && lines.at(-1) === "exit" && !one && /\brun\b/.test(opener);
  return [
    ...before,
    `${command} <<'${end}'`,
    ...lines,
    end,
    ...(last ? [`docker stop -t 0 ${session.container}`] : []),
  ];
}

function inside(entry: LogEntry | undefined, { container }: Session, texts: Map<string, string>): string[] {
  if (!entry) return [];
  const { edits = [], line } = entry;
  const typed = shownLine(line.replace(DROPPED, ""));
  if (typed === null) return ["exit"];
  if (edits.length > 0)
    return [comment(`${typed}   (what was saved there)`), ...edits.flatMap((edit) => saved(edit, container, texts))];
  return stopped(entry, typed) ?? [typed];
}

function onHost(entry: LogEntry): string[] {
  const { imported, line, edits = [] } = entry;
  if (imported) return [comment(`Handed in here, and not in the script: ${imported.join(", ")}`)];
  if (line === "") return [];
  if (edits.length > 0) return [comment(line), ...edits.flatMap((edit) => saved(edit, "host", new Map()))];
  // A terminal in which nothing was typed.
  return stopped(entry, line) ?? [INTERACTIVE.test(line) ? `${withoutTerminal(line)} </dev/null` : line];
}

function stopped({ interruptedAfter }: LogEntry, typed: string): string[] | null {
  if (interruptedAfter !== undefined) return [comment(`${typed}   (stopped with Ctrl-C)`)];
  return EDITOR.test(typed) && !/--version|--help/.test(typed)
    ? [comment(`${typed}   (an editor, and nothing was saved)`)]
    : null;
}

function saved(edit: SavedEdit, container: string, texts: Map<string, string>): string[] {
  const key = `${container}:${edit.path}`;
  const known = texts.get(key);
  const text = "text" in edit ? edit.text : known === undefined ? null : textAfter(edit, known);
  const file = quoted(edit.path);
  if (text !== null) {
    texts.set(key, text);
    const end = delimiter(text.split("\n"));
    // A here-document ends in a line end, as nearly every file does.
    return text.endsWith("\n")
      ? [`cat > ${file} <<'${end}'`, text.slice(0, -1), end]
      : [`printf %s ${quoted(text)} > ${file}`];
  }
  if ("text" in edit) return [];
  let at = 0;
  const pieces: string[] = [];
  for (const { keep, drop, put } of edit.changes) {
    if (keep > 0) pieces.push(`tail -c +${at + 1} ${file} | head -c ${keep}`);
    if (put !== "") pieces.push(`printf %s ${quoted(put)}`);
    at += keep + drop;
  }
  return [
    comment("Counted in the text of Lamina's image: look at the file before and after."),
    `{ ${[...pieces, `tail -c +${at + 1} ${file}`].join("; ")}; } > /tmp/edited && cat /tmp/edited > ${file} && rm /tmp/edited`,
  ];
}

function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function comment(text: string): string {
  return text
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n");
}

/** Ends a here-document that holds these lines. */
function delimiter(lines: readonly string[]): string {
  let end = "END";
  while (lines.some((line) => line.split("\n").includes(end))) end += "_";
  return end;
}
