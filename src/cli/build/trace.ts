import type { BuildProgress } from "../../engine/build/progress.ts";

/** A step of a build as it has gone so far. */
export interface TracedVertex {
  readonly number: number;
  readonly name: string;
  /** ms since 1970. */
  readonly started: number;
  ended: number | null;
  how: "done" | "cached" | "failed" | null;
  error: string;
  readonly statuses: { readonly text: string; readonly size: string; readonly at: number }[];
  readonly warnings: string[];
  /** Whole lines, each with its time behind the start of the step. */
  readonly logs: string[];
  /** The last of them goes on. */
  partial: boolean;
}

/** All that is known of a build under way. (moby/buildkit, progressui) */
export class Trace {
  readonly vertices: TracedVertex[] = [];

  get started(): number {
    return this.vertices[0]?.started ?? 0;
  }
  get ended(): number {
    return Math.max(this.started, ...this.vertices.map(({ ended, started }) => ended ?? started));
  }

  /** Takes in what is told, and answers the step it is about. */
  add(told: BuildProgress): TracedVertex {
    if (told.kind === "started") {
      const vertex: TracedVertex = {
        number: told.vertex,
        name: told.name,
        started: told.at,
        ended: null,
        how: null,
        error: "",
        statuses: [],
        warnings: [],
        logs: [],
        partial: false,
      };
      this.vertices.push(vertex);
      return vertex;
    }
    const vertex = this.vertices.find(({ number }) => number === told.vertex);
    if (vertex === undefined) throw new RangeError(`no vertex ${told.vertex}`);
    if (told.kind === "status") vertex.statuses.push({ text: told.text, size: told.size, at: told.at });
    else if (told.kind === "warned") vertex.warnings.push(told.warning);
    else if (told.kind === "log") log(vertex, told.text, told.at);
    else {
      vertex.ended = told.at;
      vertex.how = told.kind === "failed" ? "failed" : told.how;
      if (told.kind === "failed") vertex.error = told.error;
    }
    return vertex;
  }

  /** What was warned of, once more. (docker/buildx, commands/build.go `printWarnings`) */
  warnings(): string {
    const all = this.vertices.flatMap(({ warnings }) => warnings);
    if (all.length === 0) return "";
    const count = `${all.length} warning${all.length === 1 ? "" : "s"} found`;
    return `\n \x1b[33m${count} (use docker --debug to expand):\n\x1b[0m${all.map((each) => ` - ${each}\n`).join("")}`;
  }

  /** What failed steps had written, once more. */
  errorLogs(): string {
    return this.vertices
      .filter(({ how }) => how === "failed")
      .map(({ name, logs }) => `------\n > ${name}:\n${logs.map((line) => `${line}\n`).join("")}------\n`)
      .join("");
  }
}

function log(vertex: TracedVertex, text: string, at: number): void {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const rest = lines.pop() ?? "";
  const time = seconds(at - vertex.started);
  for (const line of rest === "" ? lines : [...lines, rest]) {
    if (vertex.partial) vertex.logs.push(`${vertex.logs.pop() ?? ""}${line}`);
    else vertex.logs.push(`${time} ${line}`);
    vertex.partial = false;
  }
  vertex.partial = rest !== "";
}

/** Three digits behind the point, fewer for a long time. */
function seconds(ms: number): string {
  const time = ms / 1000;
  return time.toFixed(time < 10 ? 3 : time < 100 ? 2 : 1);
}
