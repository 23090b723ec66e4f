import { parse } from "unbash";
import { findExecutable } from "../../engine/process.ts";
import type { Machine } from "../machine.ts";
import { STDERR, STDOUT } from "./filesystem.ts";
import type { CommandCall, Result } from "./just-bash.ts";
import { END_OF_INPUT } from "../end-of-input.ts";
import { inputOf, type InputWish } from "./input.ts";
import { MARK, read, type Step, stepOf } from "./marks.ts";
import { NEXT } from "./registry.ts";
import { quote, Shell } from "./shell.ts";
import type { ShellOptions } from "./shell.ts";

const STATUS = "LAMINA_STATUS";
const LINE = "LAMINA_LINE";
/**
 * The one long execution of a session: it asks for a line, runs it in its own shell, and asks again.
 * So cwd, variables, functions, options and $? live on as they do in a shell. What the interpreter
 * itself prints goes to two files that are the shell's output. The braces make an error that it lets
 * through (a redirection that cannot be opened) a message and a status, not the end of the session.
 */
const LOOP = `while /usr/bin/${NEXT} $${STATUS}; do (exit $${STATUS}); { eval "$${LINE}"; } >${STDOUT} 2>${STDERR}; ${STATUS}=$?; done`;

/** Set by the interpreter or by the loop, not by the user. */
const OWN = new Set(
  `${STATUS} ${LINE} ${MARK} BASHOPTS SHELLOPTS OPTIND IFS OSTYPE MACHTYPE HOSTTYPE PWD OLDPWD SHLVL`.split(" "),
);

export interface Variables {
  readonly cwd: string;
  readonly all: ReadonlyMap<string, string>;
  readonly exported: ReadonlyMap<string, string>;
}

export type LineOutcome =
  | { readonly kind: "done" | "exit"; readonly code: number }
  | { readonly kind: "unfinished" }
  /** A program waits for the next line. */
  | { readonly kind: "input" };

/** A step that waits for what is typed, and those after it. */
interface Reading {
  readonly wish: InputWish;
  readonly text: string;
  readonly rest: readonly Step[];
}

/** A shell that a person types into, line by line. */
export class InteractiveShell {
  readonly shell: Shell;
  readonly #options: ShellOptions;
  #interrupt = new AbortController();
  #status = 0;
  #pending = "";
  #reading: Reading | null = null;
  #variables: Variables;
  /** Source of the functions typed so far, to define them again after an interrupt. */
  readonly #functions = new Map<string, string>();
  #feed: ((line: string | null) => void) | null = null;
  #waiting: Promise<void> = Promise.resolve();
  #ended: Promise<{ code: number; broken: boolean }> = Promise.resolve({ code: 0, broken: false });
  #lines = 0;
  /** $? that came from outside of the loop. */
  #outside: number | null = null;

  constructor(options: Omit<ShellOptions, "next" | "signal"> & { readonly lineSignal: () => AbortSignal }) {
    this.#options = {
      ...options,
      signal: () => this.#interrupt.signal,
      next: (call, args) => this.#next(call, args),
    };
    this.#variables = { cwd: options.cwd, all: options.env, exported: options.env };
    this.shell = new Shell(this.#options);
  }

  get machine(): Machine {
    return this.#options.machine;
  }
  get variables(): Variables {
    return this.#variables;
  }
  get status(): number {
    return this.#status;
  }
  get unfinished(): boolean {
    return this.#pending !== "" || this.#reading !== null;
  }
  /** A program reads what is typed: there is no prompt. */
  get reading(): boolean {
    return this.#reading !== null;
  }
  get lines(): number {
    return this.#lines;
  }

  /** Starts the loop; `prologue` runs first, as start-up files do. */
  async start(prologue: readonly string[]): Promise<void> {
    await this.#launch();
    for (const source of prologue) await this.#step(source);
    this.#status = 0;
  }

  /** Starts the loop where another shell was: `memory` is its {@link memory}. */
  async resume(prologue: readonly string[], memory: string): Promise<void> {
    this.#rememberFunctions(memory);
    await this.#launch();
    for (const source of [...prologue, memory]) await this.#step(source);
  }

  /** Source that makes a fresh shell what this one is, beyond cwd and exported variables. */
  get memory(): string {
    const { all, exported } = this.#variables;
    const assignments: string[] = [];
    for (const [name, value] of all) {
      if (!/^[A-Za-z_]\w*$/.test(name) || OWN.has(name) || exported.has(name)) continue;
      assignments.push(`${name}=${quote(value)}`);
    }
    return [...assignments, ...this.#functions.values(), "shopt -s expand_aliases", `(exit ${this.#status})`].join(
      "\n",
    );
  }

  async #launch(): Promise<void> {
    this.#interrupt = new AbortController();
    let ready = () => {};
    this.#waiting = new Promise((resolve) => (ready = resolve));
    this.#onReady = ready;
    const { cwd, exported } = this.#variables;
    const run = this.shell.interpreter.exec(`${STATUS}=${this.#status}; ${LOOP}`, {
      cwd,
      env: { ...Object.fromEntries(exported), 0: this.#options.name },
      signal: this.#interrupt.signal,
    });
    this.#ended = run.then(
      (result) => {
        if (result.stdout !== "") this.#options.sink().stdout(new TextEncoder().encode(result.stdout));
        if (result.stderr !== "" && !this.#interrupt.signal.aborted) this.shell.say(result.stderr);
        const { stopped } = this.shell;
        this.shell.stopped = false;
        return { code: result.exitCode, broken: stopped || this.#interrupt.signal.aborted };
      },
      (error: unknown) => {
        if (!this.#interrupt.signal.aborted)
          this.shell.say(`bash: ${error instanceof Error ? error.message : String(error)}\n`);
        return { code: 1, broken: true };
      },
    );
    await Promise.race([this.#waiting, this.#ended]);
  }
  #onReady: () => void = () => {};

  async #next(call: CommandCall, args: readonly string[]): Promise<Result> {
    this.#status = Number(args[0] ?? 0);
    const exported = new Map(Object.entries(call.exportedEnv ?? {}));
    this.#variables = { cwd: call.cwd, all: new Map(call.env), exported };
    const line = await new Promise<string | null>((resolve) => {
      this.#feed = resolve;
      this.#onReady();
    });
    this.#feed = null;
    if (line === null) return { stdout: "", stderr: "", exitCode: 1 };
    await call.assignShellVariable?.(LINE, line);
    return { stdout: "", stderr: "", exitCode: 0 };
  }

  /** Gives the loop one piece of source and waits until it has run. */
  async #step(source: string): Promise<"ready" | "exit" | "broken"> {
    const feed = this.#feed;
    if (feed === null) return "broken";
    this.#waiting = new Promise((resolve) => (this.#onReady = resolve));
    feed(source);
    const outcome = await Promise.race([this.#waiting.then(() => null), this.#ended]);
    if (outcome === null) return "ready";
    this.#status = outcome.code;
    if (!outcome.broken) return "exit";
    await this.#restart();
    return "broken";
  }

  /** After an interrupt or an endless loop: the same shell again, as far as it is known. */
  async #restart(): Promise<void> {
    const status = this.#interrupt.signal.aborted ? 130 : 126;
    this.#status = status;
    const { memory } = this;
    await this.#launch();
    await this.#step(memory);
  }

  async run(line: string, signal: AbortSignal): Promise<LineOutcome> {
    if (this.#reading !== null) return this.#receive(this.#reading, line, signal);
    const source = this.#pending + (line === END_OF_INPUT ? "exit" : line);
    const strict = this.#variables.all.get("SHELLOPTS")?.includes("errexit") ?? false;
    const reading = source.trim() === "" ? null : read(source, strict);
    if (reading?.kind === "unfinished") {
      this.#pending = `${source}\n`;
      return { kind: "unfinished" };
    }
    this.#pending = "";
    this.#lines += 1;
    if (reading === null) return { kind: "done", code: this.#status };
    if (reading.kind === "error") {
      this.shell.say(`bash: ${reading.message}\n`);
      this.#status = 2;
      this.#outside = 2;
      return { kind: "done", code: 2 };
    }
    if (reading.background) {
      this.#options
        .sink()
        .stderr(new TextEncoder().encode("lamina: there are no background jobs here; this runs in the foreground\n"));
    }
    this.#rememberFunctions(source);
    return this.#runSteps(reading.steps, signal);
  }

  /** A typed line is a program's input. */
  async #receive({ wish, text, rest }: Reading, line: string, signal: AbortSignal): Promise<LineOutcome> {
    const end = line === END_OF_INPUT;
    const typed = end ? "" : `${line}\n`;
    if (wish.echoes) this.#options.sink().stdout(new TextEncoder().encode(typed));
    const all = wish.echoes ? "" : text + typed;
    this.#reading = end || wish.lines === "one" ? null : { wish, text: all, rest };
    if (this.#reading !== null) return { kind: "input" };
    return this.#runSteps([stepOf(wish.fill(all), null), ...rest], signal);
  }

  /** What a step waits for, when its program is there to wait. */
  #inputOf(step: Step): InputWish | null {
    const wish = inputOf(step.source);
    if (wish === null || this.#functions.has(wish.program)) return null;
    if (this.shell.isBuiltin(wish.program) || wish.program === "read") return wish;
    return "problem" in findExecutable(this.shell.fs, wish.program, this.#searched()) ? null : wish;
  }

  /** Where programs are looked for. */
  #searched() {
    const { all, cwd } = this.#variables;
    return { path: all.get("PATH") ?? "", cwd, who: this.shell.who };
  }

  async #runSteps(steps: readonly Step[], signal: AbortSignal): Promise<LineOutcome> {
    const interrupt = () => this.#interrupt.abort();
    signal.addEventListener("abort", interrupt);
    try {
      if (this.#outside !== null) await this.#step(`(exit ${this.#outside})`);
      this.#outside = null;
      if (signal.aborted) return { kind: "done", code: 130 };
      for (const [index, step] of steps.entries()) {
        const { after } = step;
        if ((after === "&&" && this.#status !== 0) || (after === "||" && this.#status === 0)) continue;
        const wish = this.#inputOf(step);
        if (wish !== null) {
          if (wish.prompt !== "") this.#options.sink().stderr(new TextEncoder().encode(wish.prompt));
          this.#reading = { wish, text: "", rest: steps.slice(index + 1) };
          return { kind: "input" };
        }
        this.machine.lookups?.askedFor(step.source, this.#searched());
        const outcome = await this.#step(step.text);
        if (outcome === "exit") return { kind: "exit", code: this.#status };
        if (outcome === "broken") break;
      }
      return { kind: "done", code: this.#status };
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  }

  /** A shell that had been opened over this one has ended. */
  childEnded(code: number): void {
    this.#status = code;
    this.#outside = code;
  }

  /** Drops an unfinished line, or the program that reads, as Ctrl-C does. */
  discard(): void {
    if (this.#reading !== null) {
      this.#status = 130;
      this.#outside = 130;
    }
    this.#reading = null;
    this.#pending = "";
  }
  dispose(): void {
    this.#feed?.(null);
    this.#interrupt.abort();
  }

  #rememberFunctions(source: string): void {
    for (const { command } of parse(source).commands) {
      if (command.type === "Function") this.#functions.set(command.name.value, source.slice(command.pos, command.end));
    }
  }
}
