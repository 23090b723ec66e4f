import type { Clock } from "../ports.ts";

/** How a build goes on, step by step: what docker shows of it. `at`: ms since 1970. */
export type BuildProgress = { readonly vertex: number; readonly at: number } & (
  | { readonly kind: "started"; readonly name: string }
  /** "transferring context:", "34B" */
  | { readonly kind: "status"; readonly text: string; readonly size: string }
  | { readonly kind: "log"; readonly text: string }
  | { readonly kind: "warned"; readonly warning: string }
  | { readonly kind: "ended"; readonly how: "done" | "cached" }
  | { readonly kind: "failed"; readonly error: string }
);

type Told = BuildProgress extends infer P ? (P extends BuildProgress ? Omit<P, "vertex" | "at"> : never) : never;

/** One step of the build, as BuildKit counts them. */
export class Vertex {
  constructor(private readonly tell: (progress: Told) => void) {}

  status(text: string, size = ""): void {
    this.tell({ kind: "status", text, size });
  }
  log(text: string): void {
    this.tell({ kind: "log", text });
  }
  warn(warning: string): void {
    this.tell({ kind: "warned", warning });
  }
  done(how: "done" | "cached" = "done"): void {
    this.tell({ kind: "ended", how });
  }
  failed(error: string): void {
    this.tell({ kind: "failed", error });
  }
}

/** Counts the steps and tells of them. */
export class Progress {
  #count = 0;
  readonly #clock: Clock;
  readonly #tell: (progress: BuildProgress) => void;

  constructor(clock: Clock, tell: (progress: BuildProgress) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  start(name: string): Vertex {
    this.#count += 1;
    const vertex = this.#count;
    const tell = (told: Told): void => this.#tell({ ...told, vertex, at: this.#clock.now() } as BuildProgress);
    tell({ kind: "started", name });
    return new Vertex(tell);
  }
}
