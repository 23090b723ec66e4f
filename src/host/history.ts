import { type SavedEdit, textAfter } from "./edit.ts";
import type { KeptHost } from "./keeper.ts";
import { BEGINNING, lineTo, type Log, redoFrom, tipsOf, undoFrom } from "./log-tree.ts";
import type { History, HistoryEntry, OtherLine, TypedCommand } from "./protocol.ts";
import { shownLine } from "./typed-line.ts";

/** An entry as it is named to people. */
export function nameOf(log: Log, index: number): string {
  const entry = log[index];
  if (!entry) return "";
  if (entry.imported && entry.line.startsWith("#")) return entry.imported.join(" ");
  return (
    shownLine(entry.line)
      ?.replaceAll(/\s*\n\s*/g, " ⏎ ")
      .trim() ?? "^D"
  );
}

/** The log as the page gets it. */
export function historyOf({ log, head, tip, step }: Pick<KeptHost, "log" | "head" | "tip" | "step">): History {
  const undo = undoFrom(log, head);
  const redo = redoFrom(log, head, tip);
  return {
    head,
    entries: entriesOf(log, head, tip, step),
    undo: undo && { to: undo.to, line: nameOf(log, undo.undone) },
    redo: redo && { to: redo.to, line: nameOf(log, redo.redone) },
    lines: tipsOf(log).flatMap((end) => (end === tip ? [] : [otherLine(log, end, lineTo(log, tip))])),
  };
}

/** The line from its beginning to where the host stands. */
export function commandsOf({ log, head }: Pick<KeptHost, "log" | "head">): TypedCommand[] {
  const texts = new Map<string, string>();
  const saved = (terminal: TypedCommand["terminal"], edit: SavedEdit): TypedCommand["edits"][number] => {
    const key = `${terminal}:${edit.path}`;
    const before = texts.get(key);
    const whole = "text" in edit ? edit.text : before === undefined ? null : textAfter(edit, before);
    if (whole !== null) texts.set(key, whole);
    // The log has not what was there before: only what came is known.
    const came =
      "changes" in edit ? edit.changes.map(({ put }) => put.replace(/\n$/, "")).filter((put) => put !== "") : [];
    return { path: edit.path, text: whole ?? `…\n${came.join("\n…\n")}\n…\n` };
  };
  return lineTo(log, head).flatMap((index) => {
    const entry = log[index];
    if (!entry) return [];
    const handedIn = entry.imported !== undefined && entry.line.startsWith("#");
    const line = handedIn ? nameOf(log, index) : shownLine(entry.line);
    return [
      {
        index,
        terminal: entry.terminal,
        line,
        handedIn,
        edits: (entry.edits ?? []).map((edit) => saved(entry.terminal, edit)),
      },
    ];
  });
}

/** Steps are counted from the head both ways: those of old entries are not known. */
function entriesOf(log: Log, head: number, tip: number, step: number): HistoryEntry[] {
  const line = lineTo(log, tip);
  const place = line.indexOf(head) + 1;
  const entries: HistoryEntry[] = [];
  const add = (index: number, from: number, to: number): HistoryEntry => {
    const { terminal = "host", title, note } = log[index] ?? {};
    return { index, line: nameOf(log, index), terminal, from, to, ...(title && { title }), ...(note && { note }) };
  };
  let before = step;
  for (const index of line.slice(0, place).toReversed()) {
    const steps = log[index]?.steps;
    if (steps === undefined) break;
    entries.unshift(add(index, before - steps + 1, before));
    before -= steps;
  }
  let after = step;
  for (const index of line.slice(place)) {
    const steps = log[index]?.steps ?? 0;
    entries.push(add(index, after + 1, after + steps));
    after += steps;
  }
  return entries;
}

function otherLine(log: Log, tip: number, line: readonly number[]): OtherLine {
  const here = new Set(line);
  const there = lineTo(log, tip);
  const own = there.filter((index) => !here.has(index));
  const parted = there.findLast((index) => here.has(index)) ?? BEGINNING;
  const last = own.findLast((index) => !log[index]?.quiet) ?? tip;
  return {
    tip,
    commands: own.length,
    after: parted === BEGINNING ? null : nameOf(log, parted),
    last: nameOf(log, last),
  };
}
