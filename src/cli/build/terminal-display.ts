import type { BuildProgress } from "../../engine/build/progress.ts";
import type { Display } from "./display.ts";
import { Trace, type TracedVertex } from "./trace.ts";

const BLUE = "\x1b[34m";
const RED = "\x1b[31m";
const YELLOW = "\x1b[33m";
const FAINT = "\x1b[2m";
const RESET = "\x1b[0m";

/** While it goes on, so many lines at most: it has to stay on the screen to be drawn over. */
const HEIGHT = 8;
const LOG_LINES = 3;
/** A long log is not drawn at each of its lines. */
const LOG_STEP = 4;

interface Job {
  readonly name: string;
  readonly size: string;
  /** Seconds. */
  readonly time: number;
  readonly color: string;
}

/** Lines that are drawn over and over, as on a low terminal; in the end all of them. (moby/buildkit, progressui/display.go) */
export class TerminalDisplay implements Display {
  readonly #trace = new Trace();
  readonly #columns: number;
  readonly #output: (text: string) => void;
  #lines = 0;
  #logs = 0;
  #now = 0;

  constructor(columns: number, output: (text: string) => void) {
    this.#columns = columns;
    this.#output = output;
  }

  show(told: BuildProgress): void {
    const vertex = this.#trace.add(told);
    this.#now = told.at;
    const drawn = told.kind === "started" || (told.kind === "log" && this.#logs++ % LOG_STEP === 0);
    if (!drawn) return;
    const logs = vertex.ended === null ? vertex.logs.slice(-LOG_LINES) : [];
    const jobs = this.#jobs().slice(-(HEIGHT - logs.length));
    const shown = logs.map((line) => `${FAINT}${this.#cut(` => => # ${line.replace(/^\S+ /, "")}`)}${RESET}\n`);
    this.#draw([this.#header(false), ...jobs.map((job) => this.#line(job)), ...shown]);
  }

  end(): void {
    this.#draw([this.#header(true), ...this.#jobs().map((job) => this.#line(job))]);
    this.#output(this.#trace.errorLogs());
  }

  warn(): void {
    this.#output(this.#trace.warnings());
  }

  #draw(lines: readonly string[]): void {
    const up = this.#lines > 0 ? `\x1b[${this.#lines}A\r\x1b[J` : "";
    this.#lines = lines.length;
    this.#output(up + lines.join(""));
  }

  #header(whole: boolean): string {
    const { vertices, started, ended } = this.#trace;
    const completed = vertices.filter((vertex) => vertex.ended !== null).length;
    const time = ((whole ? ended : this.#now) - started) / 1000;
    const finished = whole && completed > 0 && completed === vertices.length ? "FINISHED" : "";
    const text = `[+] Building ${time.toFixed(1)}s (${completed}/${vertices.length}) ${finished}`;
    return `${this.#cut(align(text, "docker:default", this.#columns - 1))}\n`;
  }

  #jobs(): Job[] {
    return this.#trace.vertices.flatMap((vertex) => this.#jobsOf(vertex));
  }

  #jobsOf(vertex: TracedVertex): Job[] {
    const { name, how, started, ended, statuses, warnings } = vertex;
    const time = ((ended ?? this.#now) - started) / 1000;
    const color = how === "failed" ? RED : how === null ? "" : BLUE;
    const mark = how === "failed" ? "ERROR " : how === "cached" ? "CACHED " : "";
    return [
      { name: mark + name.replaceAll("\t", " "), size: "", time, color },
      ...statuses.map(({ text, size, at }) => ({ name: `=> ${text}`, size, time: (at - started) / 1000, color: BLUE })),
      ...warnings.map((warning) => ({ name: `WARN: ${warning}`, size: "", time, color: YELLOW })),
    ];
  }

  #line({ name, size, time, color }: Job): string {
    const timer = ` ${(time < 0.05 ? 0 : time).toFixed(1).padStart(3)}s`;
    const left = this.#columns - 6 - timer.length - (size === "" ? 0 : size.length + 1);
    const text = ` => ${name.slice(0, Math.max(left, 0))}${size && ` ${size}`}`;
    const line = align(text, timer, this.#columns - 1);
    return `${color}${line}${color && RESET}\n`;
  }

  #cut(text: string): string {
    return text.slice(0, this.#columns - 1);
  }
}

const align = (left: string, right: string, width: number): string =>
  `${left.padEnd(Math.max(width - right.length - 1, 0))} ${right}`;
