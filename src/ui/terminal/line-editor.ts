/** The line being typed, as readline keeps it. A value: every key makes the next one. */
export interface LineState {
  readonly line: string;
  /** UTF-16 index into `line`, never inside a character. */
  readonly cursor: number;
  /** Oldest first. */
  readonly history: readonly string[];
  /** The history line that is shown; `history.length` is the one being typed. */
  readonly at: number;
  /** What was being typed before the history was looked through. */
  readonly draft: string;
  /** What Ctrl-U, K or W took away last, for Ctrl-Y. */
  readonly killed: string;
  readonly search: { readonly query: string; readonly at: number } | null;
}

export type Key =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "enter" | "tab" | "backspace" | "delete" | "escape" }
  | { readonly type: "left" | "right" | "up" | "down" | "home" | "end" | "word-left" | "word-right" }
  /** `letter`: "a" for Ctrl-A. */
  | { readonly type: "control"; readonly letter: string };

/** What the terminal has to do about a key, beyond drawing the line again. */
export type Effect = "submit" | "interrupt" | "end" | "clear" | "complete";

export interface Pressed {
  readonly state: LineState;
  readonly effect: Effect | null;
}

export const emptyLine: LineState = {
  line: "",
  cursor: 0,
  history: [],
  at: 0,
  draft: "",
  killed: "",
  search: null,
};

const SEQUENCES: readonly (readonly [string, Key])[] = [
  ["\x1b[A", { type: "up" }],
  ["\x1b[B", { type: "down" }],
  ["\x1b[C", { type: "right" }],
  ["\x1b[D", { type: "left" }],
  ["\x1bOA", { type: "up" }],
  ["\x1bOB", { type: "down" }],
  ["\x1bOC", { type: "right" }],
  ["\x1bOD", { type: "left" }],
  ["\x1b[H", { type: "home" }],
  ["\x1b[F", { type: "end" }],
  ["\x1bOH", { type: "home" }],
  ["\x1bOF", { type: "end" }],
  ["\x1b[1~", { type: "home" }],
  ["\x1b[4~", { type: "end" }],
  ["\x1b[3~", { type: "delete" }],
  ["\x1b[1;5D", { type: "word-left" }],
  ["\x1b[1;5C", { type: "word-right" }],
  ["\x1b[1;3D", { type: "word-left" }],
  ["\x1b[1;3C", { type: "word-right" }],
  ["\x1bb", { type: "word-left" }],
  ["\x1bf", { type: "word-right" }],
];

/** The first key of what a terminal sends, and how many characters it took. */
export function nextKey(data: string, from = 0): { readonly key: Key | null; readonly length: number } {
  const code = data.charCodeAt(from);
  if (code === 0x1b) {
    const known = SEQUENCES.find(([sequence]) => data.startsWith(sequence, from));
    if (known) return { key: known[1], length: known[0].length };
    // oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
    const unknown = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.)/.exec(data.slice(from, from + 32));
    return unknown ? { key: null, length: unknown[0].length } : { key: { type: "escape" }, length: 1 };
  }
  if (code === 0x0d || code === 0x0a) {
    return { key: { type: "enter" }, length: code === 0x0d && data.charCodeAt(from + 1) === 0x0a ? 2 : 1 };
  }
  if (code === 0x09) return { key: { type: "tab" }, length: 1 };
  if (code === 0x7f || code === 0x08) return { key: { type: "backspace" }, length: 1 };
  if (code < 0x20) return { key: { type: "control", letter: String.fromCharCode(code + 96) }, length: 1 };
  let end = from;
  while (end < data.length && data.charCodeAt(end) >= 0x20 && data.charCodeAt(end) !== 0x7f) end++;
  return { key: { type: "text", text: data.slice(from, end) }, length: end - from };
}

/** Where the character before (-1) or after (+1) `cursor` begins or ends; marks go with what they stand on. */
function step(line: string, cursor: number, direction: -1 | 1): number {
  let at = cursor;
  do {
    at += direction;
    const code = line.charCodeAt(direction < 0 ? at : at - 1);
    if (direction < 0 ? code >= 0xdc00 && code <= 0xdfff : code >= 0xd800 && code <= 0xdbff) at += direction;
  } while (at > 0 && at < line.length && /^\p{M}/u.test(line.slice(at)));
  return Math.min(line.length, Math.max(0, at));
}

function wordLeft({ line, cursor }: LineState): number {
  return /(?:[^\s/.\-_=:]+|[\s/.\-_=:])[\s]*$/.exec(line.slice(0, cursor))?.index ?? 0;
}

function wordRight({ line, cursor }: LineState): number {
  return cursor + (/^\s*\S+/.exec(line.slice(cursor))?.[0].length ?? 0);
}

function recall(state: LineState, at: number): LineState {
  if (at < 0 || at > state.history.length || at === state.at) return state;
  const draft = state.at === state.history.length ? state.line : state.draft;
  const line = at === state.history.length ? draft : (state.history[at] ?? "");
  return { ...state, at, draft, line, cursor: line.length };
}

const edit = (state: LineState, line: string, cursor: number): LineState => ({ ...state, line, cursor });

/** The newest line of the history that holds `query`, looked for from `from` back; -1 when none does. */
function findBack(history: readonly string[], query: string, from: number): number {
  for (let at = from; at >= 0; at--) if (history[at]?.includes(query)) return at;
  return -1;
}

function searching(state: LineState, key: Key): Pressed | null {
  const { search, history } = state;
  if (!search) return null;
  const look = (query: string, from: number): Pressed => {
    const at = findBack(history, query, from);
    const line = at < 0 ? state.line : (history[at] ?? "");
    return {
      state: { ...state, line, cursor: line.length, search: { query, at: at < 0 ? search.at : at } },
      effect: null,
    };
  };
  if (key.type === "text") return look(search.query + key.text, search.at);
  if (key.type === "backspace") return look(search.query.slice(0, -1), history.length - 1);
  if (key.type === "control" && key.letter === "r") return look(search.query, search.at - 1);
  const left = { ...state, search: null };
  if (key.type === "control" && key.letter === "g") {
    return { state: { ...left, line: state.draft, cursor: state.draft.length }, effect: null };
  }
  if (key.type === "escape") return { state: left, effect: null };
  return press(left, key);
}

/** One key, as bash's readline takes it in emacs mode. */
export function press(state: LineState, key: Key): Pressed {
  const inSearch = searching(state, key);
  if (inSearch) return inSearch;
  const { line, cursor } = state;
  const just = (next: LineState): Pressed => ({ state: next, effect: null });
  switch (key.type) {
    case "text":
      return just(edit(state, line.slice(0, cursor) + key.text + line.slice(cursor), cursor + key.text.length));
    case "enter":
      return { state, effect: "submit" };
    case "tab":
      return { state, effect: "complete" };
    case "escape":
      return just(state);
    case "backspace": {
      const from = step(line, cursor, -1);
      return just(cursor === 0 ? state : edit(state, line.slice(0, from) + line.slice(cursor), from));
    }
    case "delete":
      return just(edit(state, line.slice(0, cursor) + line.slice(step(line, cursor, 1)), cursor));
    case "left":
      return just({ ...state, cursor: cursor === 0 ? 0 : step(line, cursor, -1) });
    case "right":
      return just({ ...state, cursor: cursor === line.length ? cursor : step(line, cursor, 1) });
    case "word-left":
      return just({ ...state, cursor: wordLeft(state) });
    case "word-right":
      return just({ ...state, cursor: wordRight(state) });
    case "home":
      return just({ ...state, cursor: 0 });
    case "end":
      return just({ ...state, cursor: line.length });
    case "up":
      return just(recall(state, state.at - 1));
    case "down":
      return just(recall(state, state.at + 1));
    case "control":
      return control(state, key.letter);
  }
}

function control(state: LineState, letter: string): Pressed {
  const { line, cursor } = state;
  const just = (next: LineState): Pressed => ({ state: next, effect: null });
  switch (letter) {
    case "a":
      return just({ ...state, cursor: 0 });
    case "e":
      return just({ ...state, cursor: line.length });
    case "b":
      return press(state, { type: "left" });
    case "f":
      return press(state, { type: "right" });
    case "p":
      return press(state, { type: "up" });
    case "n":
      return press(state, { type: "down" });
    case "u":
      return just({ ...edit(state, line.slice(cursor), 0), killed: line.slice(0, cursor) });
    case "k":
      return just({ ...edit(state, line.slice(0, cursor), cursor), killed: line.slice(cursor) });
    case "w": {
      const from = /\S*\s*$/.exec(line.slice(0, cursor))?.index ?? 0;
      return just({ ...edit(state, line.slice(0, from) + line.slice(cursor), from), killed: line.slice(from, cursor) });
    }
    case "y":
      return press(state, { type: "text", text: state.killed });
    case "r":
      return just({ ...state, draft: line, search: { query: "", at: state.history.length - 1 } });
    case "l":
      return { state, effect: "clear" };
    case "c":
      return { state: { ...fresh(state), draft: "" }, effect: "interrupt" };
    case "d":
      return line === "" ? { state, effect: "end" } : press(state, { type: "delete" });
    default:
      return just(state);
  }
}

/** An empty line with the same history. */
export function fresh(state: LineState): LineState {
  return { ...state, line: "", cursor: 0, at: state.history.length, draft: "", search: null };
}

/** After Enter: the line goes into the history (not twice in a row, not when it begins with a space). */
export function submitted(state: LineState): LineState {
  const { line, history } = state;
  const keep = line.trim() !== "" && !line.startsWith(" ") && history.at(-1) !== line;
  const next = keep ? [...history, line].slice(-1000) : history;
  return fresh({ ...state, history: next });
}

/** What Tab does with the candidates: the longest start they share is put in; several are listed by the terminal. */
export function completed(state: LineState, from: number, candidates: readonly string[]): LineState {
  const first = candidates[0];
  if (first === undefined) return state;
  let shared = first;
  for (const candidate of candidates) while (!candidate.startsWith(shared)) shared = shared.slice(0, -1);
  const whole = candidates.length === 1 && !/[/=]$/.test(shared) ? `${shared} ` : shared;
  if (candidates.length > 1 && shared.length <= state.cursor - from) return state;
  return edit(state, state.line.slice(0, from) + whole + state.line.slice(state.cursor), from + whole.length);
}
