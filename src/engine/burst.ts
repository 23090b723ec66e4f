import { split } from "../core/filesystem/path.ts";
import type { ContainerId, EngineEvent } from "./event.ts";

/** One filesystem step in a container's writable layer. */
export type FileEvent = Exclude<Extract<EngineEvent, { type: `fs.${string}` }>, { type: "fs.burst" | "fs.read" }>;

/** One change in a volume or a tmpfs. */
export type VolumeEvent = Extract<EngineEvent, { type: "volume.change" }>;

/** The deepest path that is all of them or holds them. */
function commonPath(paths: readonly string[]): string {
  const [first = "/", ...others] = paths;
  let names = split(first);
  for (const other of others) {
    const theirs = split(other);
    const differs = names.findIndex((name, at) => name !== theirs[at]);
    if (differs >= 0) names = names.slice(0, differs);
  }
  return `/${names.join("/")}`;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

type Fate = "created" | "copiedUp" | "changed" | "deleted";

/** What a run of steps comes to in the end: a file that was made and written ten times was made once. */
class Fates {
  readonly known = new Map<string, Fate>();
  /** Whiteouts by directory; those in a directory go when it goes. */
  readonly #whiteouts = new Map<string, Set<string>>();

  count(fate: Fate): number {
    let count = 0;
    for (const each of this.known.values()) if (each === fate) count += 1;
    return count;
  }
  get whiteouts(): number {
    let count = 0;
    for (const names of this.#whiteouts.values()) count += names.size;
    return count;
  }

  add(event: FileEvent): void {
    const { path } = event;
    switch (event.type) {
      case "fs.create":
        this.#appear(path);
        break;
      case "fs.link":
        this.#appear(event.to);
        break;
      case "fs.rename":
        this.#vanish(path);
        this.#appear(event.to);
        break;
      case "fs.whiteout":
        this.#vanish(path);
        this.#at(path).add(path);
        break;
      case "fs.remove":
        this.#vanish(path);
        break;
      case "fs.copy-up":
        this.known.set(path, "copiedUp");
        break;
      case "fs.exdev":
        break;
      default:
        if (!this.known.has(path)) this.known.set(path, "changed");
    }
  }

  #appear(path: string): void {
    this.known.set(path, this.known.get(path) === "deleted" ? "changed" : "created");
    this.#at(path).delete(path);
  }
  #vanish(path: string): void {
    if (this.known.get(path) === "created") this.known.delete(path);
    else this.known.set(path, "deleted");
    this.#whiteouts.delete(path);
  }
  #at(path: string): Set<string> {
    const names = this.#whiteouts.get(parentOf(path)) ?? new Set();
    this.#whiteouts.set(parentOf(path), names);
    return names;
  }
}

/** Many steps in one container as one. `size`: bytes by which its writable layer has grown. */
export function burst(container: ContainerId, events: readonly FileEvent[], size: number): EngineEvent {
  const fates = new Fates();
  for (const event of events) fates.add(event);
  // A directory is copied up because of what is done in it: that says where it was done.
  const done = events.filter((event) => event.type !== "fs.copy-up");
  const told = done.length > 0 ? done : events;
  const within = commonPath(told.flatMap((event) => ("to" in event ? [event.path, event.to] : [event.path])));
  // What came or went as a whole is seen from outside, the rest from inside.
  const whole = told.some((event) => event.path === within && event.type !== "fs.attributes");
  return {
    type: "fs.burst",
    container,
    created: fates.count("created"),
    copiedUp: fates.count("copiedUp"),
    changed: fates.count("changed"),
    deleted: fates.count("deleted"),
    whiteouts: fates.whiteouts,
    copied: events.reduce((sum, event) => sum + (event.type === "fs.copy-up" ? event.size : 0), 0),
    attributesOnly: events.every((event) =>
      event.type === "fs.copy-up"
        ? !["write", "truncate", "link", "rename"].includes(event.cause)
        : event.type === "fs.attributes",
    ),
    size,
    within,
    path: whole ? parentOf(within) : within,
  };
}

/** Many changes in one volume as one; `count` is how many paths they are about. */
export function volumeBurst(
  container: ContainerId,
  volume: string | null,
  events: readonly VolumeEvent[],
): VolumeEvent {
  const [only = "written", another] = new Set(events.map(({ change }) => change));
  return {
    type: "volume.change",
    volume,
    container,
    path: commonPath(events.map(({ path }) => path)),
    change: another === undefined ? only : "written",
    count: new Set(events.map(({ path }) => path)).size,
    size: events.reduce((sum, { size }) => sum + size, 0),
  };
}
