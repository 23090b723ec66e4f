import type { BuildProgress } from "../../engine/build/progress.ts";
import type { Display } from "./display.ts";
import { Trace, type TracedVertex } from "./trace.ts";

/** Every step in its own lines, as they come. (moby/buildkit, progressui/printer.go) */
export class PlainDisplay implements Display {
  readonly #trace = new Trace();
  readonly #output: (text: string) => void;
  #current: TracedVertex | null = null;
  /** Lines of the current step's log that have been printed. */
  #logged = new Map<number, number>();
  #begun = false;

  constructor(output: (text: string) => void) {
    this.#output = output;
  }

  show(told: BuildProgress): void {
    const vertex = this.#trace.add(told);
    const { number } = vertex;
    if (!this.#begun) this.#output(`#0 building with "default" instance using docker driver\n`);
    this.#begun = true;
    if (this.#current !== vertex) {
      if (this.#current !== null) this.#output(`#${this.#current.number} ...\n`);
      this.#output(`\n#${number} ${vertex.name}\n`);
      this.#current = vertex;
    }
    if (told.kind === "status") {
      const time = (told.at - vertex.started) / 1000;
      this.#output(
        `#${number} ${told.text}${told.size && ` ${told.size}`}${time > 0.01 ? ` ${time.toFixed(1)}s` : ""} done\n`,
      );
    } else if (told.kind === "warned") this.#output(`#${number} WARN: ${told.warning}\n`);
    else if (told.kind === "log") this.#log(vertex, false);
    else if (told.kind !== "started") this.#end(vertex);
  }

  #log(vertex: TracedVertex, whole: boolean): void {
    const { number, logs, partial } = vertex;
    const upTo = partial && !whole ? logs.length - 1 : logs.length;
    for (const line of logs.slice(this.#logged.get(number) ?? 0, upTo)) this.#output(`#${number} ${line}\n`);
    this.#logged.set(number, Math.max(upTo, 0));
  }

  #end(vertex: TracedVertex): void {
    const { number, how, error, started, ended } = vertex;
    this.#log(vertex, true);
    if (how === "failed") this.#output(`#${number} ERROR: ${error}\n`);
    else if (how === "cached") this.#output(`#${number} CACHED\n`);
    else this.#output(`#${number} DONE ${(((ended ?? started) - started) / 1000).toFixed(1)}s\n`);
    this.#current = null;
  }

  end(): void {
    this.#output(this.#trace.errorLogs());
  }

  warn(): void {
    this.#output(this.#trace.warnings());
  }
}
