import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunResult, TerminalId } from "../../host/protocol.ts";
import type { AppStore } from "../../state/store.ts";
import { bytes } from "../../content/locales/phrase.ts";
import { inColumns } from "./columns.ts";
import { sayWhenHeld } from "./held.ts";
import { type LineState, completed, emptyLine, fresh, nextKey, press, submitted } from "./line-editor.ts";
import { misplacedIn } from "./misplaced.ts";
import { coloredPrompt } from "./prompt.ts";
import { positionAfter } from "./width.ts";

/** Where a terminal writes: xterm, once it is there. Lines end in "\n". */
export interface Screen {
  write(text: string): void;
  columns(): number;
}

export interface TerminalStatus {
  readonly busy: boolean;
  /** A docker command that was typed where docker is not: offered to be typed on the host. */
  readonly misplaced: string | null;
}

/** The largest paste that is taken, in UTF-16 units. */
export const LARGEST_PASTE = 256_000;
/** Time for a line typed by a button to appear, in ms; none when motion is unwanted. */
const TYPING = 320;

type Pending =
  | { readonly kind: "keys"; readonly data: string }
  | { readonly kind: "line"; readonly line: string; readonly resolve: (result: RunResult) => void };

export interface TerminalController {
  readonly terminal: TerminalId;
  readonly status: StoreApi<TerminalStatus>;
  /** Whether nothing is typed that Tab could complete. */
  untouched(): boolean;
  /** Keys as xterm sends them. */
  keys(data: string): void;
  paste(text: string): void;
  /** A line typed by a button, seen being typed. */
  type(line: string): Promise<RunResult>;
  /** Everything written so far goes to `screen`, and all that follows. Returns the function that ends it. */
  attach(screen: Screen): () => void;
  /** The prompt of a session that has just opened. */
  prompt(text: string): void;
  /** Another terminal's typing ahead, after its command handed over to this one. */
  take(pending: readonly Pending[]): void;
  dismiss(): void;
  /** Another host is opened: nothing of the one before stays on the screen. */
  reset(): void;
}

export interface ControllerOptions {
  readonly store: AppStore;
  /** Who goes on after a command handed over (`docker run -it`, `exit`). */
  readonly other: (terminal: TerminalId) => TerminalController;
  readonly still: () => boolean;
}

const KEPT = 400_000;

export function createTerminalController(terminal: TerminalId, options: ControllerOptions): TerminalController {
  const { store } = options;
  const status = createStore<TerminalStatus>(() => ({ busy: false, misplaced: null }));
  let line: LineState = emptyLine;
  let promptText = terminal === "host" ? store.getState().hostPrompt : "";
  /** What a command left on the last line without ending it: the prompt goes behind it. */
  let lead = "";
  let screen: Screen | null = null;
  let written = "";
  let drawn: string | null = null;
  let [busy, completing] = [false, false];
  let pending: Pending[] = [];

  const columns = (): number => screen?.columns() ?? 80;
  const write = (text: string): void => {
    written = (written + text).slice(-KEPT);
    screen?.write(text);
  };
  const head = (): string =>
    lead + (line.search ? `(reverse-i-search)\`${line.search.query}': ` : coloredPrompt(terminal, promptText));

  /** Takes the drawn line off the screen, however many rows it has now. */
  function erase(): void {
    if (drawn === null) return;
    const { row } = positionAfter(drawn, columns());
    write(`${row > 0 ? `\x1b[${row}A` : ""}\r\x1b[J`);
    drawn = null;
  }
  function draw(): void {
    if (busy) return;
    erase();
    const width = columns();
    const whole = head() + line.line;
    const before = head() + line.line.slice(0, line.cursor);
    const end = positionAfter(whole, width);
    const at = positionAfter(before, width);
    // A row that is exactly full leaves the cursor in it: go down by hand, as a real terminal would.
    const wrap = (place: { row: number; column: number }) =>
      place.column >= width ? { row: place.row + 1, column: 0 } : place;
    const [last, cursor] = [wrap(end), wrap(at)];
    const up = last.row - cursor.row;
    write(
      `${whole}${end.column >= width ? "\r\n" : ""}${up > 0 ? `\x1b[${up}A` : ""}\r${cursor.column > 0 ? `\x1b[${cursor.column}C` : ""}`,
    );
    drawn = at.column >= width ? `${before}\n` : before;
  }
  /** The line stays as it is and the cursor goes below it. */
  function leave(mark = ""): void {
    line = { ...line, cursor: line.line.length, search: null };
    draw();
    write(`${mark}\r\n`);
    drawn = null;
    lead = "";
  }

  /** A program reads what is typed: nothing stands before it, and it is no command to remember. */
  const reading = (): boolean => terminal !== "host" && promptText === "";

  /** `ended`: by Ctrl-D, which shows nothing and reaches the program as EOT. */
  async function submit(ended = false): Promise<RunResult> {
    const text = ended ? "\x04" : line.line;
    if (ended) drawn = null;
    else leave();
    line = reading() ? fresh(line) : submitted(line);
    busy = true;
    status.setState({ busy, misplaced: null });
    let result: RunResult;
    const released = sayWhenHeld(store, terminal, write);
    try {
      result = await store.runTyped(terminal, text, columns());
    } catch (error) {
      write(`\x1b[31m${error instanceof Error ? error.message : String(error)}\x1b[0m\r\n`);
      result = { output: "", exitCode: 1, prompt: promptText, terminal, incomplete: false };
    }
    released();
    busy = false;
    // As bash does after ^C: the prompt goes on a line of its own.
    if (written.endsWith("^C")) show("\n");
    status.setState({ busy, misplaced: terminal === "host" ? null : misplacedIn(text, result) });
    if (result.terminal === terminal) {
      promptText = result.prompt;
      draw();
    } else {
      handOver(result);
    }
    return result;
  }
  function handOver(result: RunResult): void {
    const next = options.other(result.terminal);
    if (terminal === "host") {
      const { sessions, dictionary } = store.getState();
      const name = sessions.find((session) => session.terminal === result.terminal)?.containerName ?? "";
      if (name) write(`\x1b[90m— ${dictionary.terminal.running(name)} —\x1b[0m\r\n`);
      draw();
      next.prompt(result.prompt);
    }
    // Keys go where the person is now; a line that a button typed stays in the terminal it was meant for.
    next.take(pending.filter((one) => one.kind === "keys"));
    pending = pending.filter((one) => one.kind === "line");
  }

  async function complete(): Promise<void> {
    const before = line;
    try {
      const offer = await store.client.complete(terminal, line.line, line.cursor);
      if (line !== before || busy) return;
      line = completed(line, offer.from, offer.candidates);
      if (line === before && offer.candidates.length > 1) {
        erase();
        write(`${head()}${line.line}\r\n`);
        write(`${inColumns(offer.candidates, columns())}\r\n`);
      }
      draw();
    } catch {
      // No candidates: Tab does nothing, as in a shell.
    }
  }

  /** Takes keys until a command starts; the rest waits for it. */
  function feed(data: string): void {
    let at = 0;
    while (at < data.length) {
      const { key, length } = nextKey(data, at);
      at += length;
      if (!key) continue;
      const pressed = press(line, key);
      line = pressed.state;
      if (pressed.effect === "submit") {
        if (at < data.length) pending.unshift({ kind: "keys", data: data.slice(at) });
        void submit().then(goOn);
        return;
      }
      if (pressed.effect === "interrupt") interruptLine();
      else if (pressed.effect === "clear") clear();
      else if (pressed.effect === "complete") {
        // What is typed on meanwhile waits, so that it goes behind what is filled in.
        if (at < data.length) pending.unshift({ kind: "keys", data: data.slice(at) });
        completing = true;
        void complete().then(() => {
          completing = false;
          goOn();
        });
        return;
      } else if (pressed.effect === "end" && terminal !== "host") {
        if (!reading()) line = { ...line, line: "exit", cursor: 4 };
        void submit(reading()).then(goOn);
        return;
      }
    }
    draw();
  }
  function interruptLine(): void {
    erase();
    write(`${head()}^C\r\n`);
    lead = "";
    // Leaves an unfinished quote or here-document, and a program that reads, too.
    if (reading() || /^(>|quote>) ?$/.test(promptText)) store.client.interrupt(terminal);
    line = fresh(line);
    draw();
  }
  function clear(): void {
    [drawn, lead, written] = [null, "", ""];
    write("\x1b[H\x1b[2J\x1b[3J");
    draw();
  }
  function goOn(): void {
    while (!busy && !completing) {
      const next = pending.shift();
      if (!next) return;
      if (next.kind === "keys") feed(next.data);
      else void typeNow(next.line).then(next.resolve);
    }
  }
  async function typeNow(text: string): Promise<RunResult> {
    busy = false;
    const pause = options.still() ? 0 : TYPING / Math.max(1, text.length);
    line = fresh(line);
    if (pause > 0) {
      typing = true;
      for (let end = 1; end < text.length; end += Math.ceil(8 / pause)) {
        line = { ...line, line: text.slice(0, end), cursor: end };
        draw();
        await new Promise((resolve) => setTimeout(resolve, 12));
      }
      typing = false;
    }
    line = { ...line, line: text, cursor: text.length };
    const result = await submit();
    goOn();
    return result;
  }
  let typing = false;

  const outputs = store.output(terminal);
  const show = (text: string): void => {
    erase();
    write(text.replaceAll(/\r?\n/g, "\r\n"));
    const tail = text.slice(text.lastIndexOf("\n") + 1);
    lead = (text.includes("\n") ? tail : lead + tail).split("\r").at(-1) ?? "";
    // A link's whole story runs past while its host is opened: the prompt comes after it.
    if (!busy && promptText !== "" && store.getState().phase !== "opening") draw();
  };
  if (outputs.text() !== "") show(outputs.text());
  outputs.listen(show);

  // The prompt of a session from before a reload, of one that another tab typed in, and after a dropped line.
  let told: string | undefined;
  const followPrompt = ({ hostPrompt, sessions }: ReturnType<typeof store.getState>): void => {
    const now =
      terminal === "host" ? hostPrompt : sessions.find((one) => one.terminal === terminal && one.open)?.prompt;
    if (now === undefined || now === told) return;
    told = now;
    if (busy || now === promptText) return;
    promptText = now;
    draw();
  };
  followPrompt(store.getState());
  store.subscribe(followPrompt);

  const controller: TerminalController = {
    terminal,
    status,
    untouched: () => line.line === "" && !busy && !completing,
    keys(data) {
      if (busy || typing || completing) {
        if (data === "\x03") {
          pending = [];
          write("^C");
          store.client.interrupt(terminal);
        } else pending.push({ kind: "keys", data });
        return;
      }
      feed(data);
    },
    paste(text) {
      if (text.length > LARGEST_PASTE) {
        erase();
        write(`\x1b[33m${store.getState().dictionary.terminal.tooLarge(bytes(text.length))}\x1b[0m\r\n`);
        draw();
        return;
      }
      controller.keys(text.replaceAll(/\r\n|\n/g, "\r").replaceAll("\x1b", ""));
    },
    type(text) {
      return new Promise((resolve) => {
        pending.push({ kind: "line", line: text, resolve });
        if (!busy && !typing && !completing) goOn();
      });
    },
    attach(next) {
      screen = next;
      if (written === "" && promptText !== "") draw();
      else next.write(written);
      return () => {
        if (screen === next) screen = null;
      };
    },
    prompt(text) {
      promptText = text;
      draw();
    },
    take(more) {
      pending.push(...more);
      if (!busy && !typing && !completing) goOn();
    },
    dismiss: () => status.setState({ misplaced: null }),
    reset() {
      pending = [];
      busy = false;
      lead = "";
      line = emptyLine;
      drawn = null;
      written = "";
      screen?.write("\x1b[H\x1b[2J\x1b[3J");
      status.setState({ busy, misplaced: null });
      promptText = store.getState().hostPrompt;
      if (screen) draw();
    },
  };
  return controller;
}
