import type { ContainerId, EngineEvent } from "./event.ts";
import type { Frame } from "./transaction.ts";

/** So many filesystem steps in a row are told one by one; more become one. */
const TOLD_ONE_BY_ONE = 8;

type FileEvent = Extract<EngineEvent, { type: `fs.${string}`; path: string }>;

function isFileEvent(event: EngineEvent): event is FileEvent {
  return event.type.startsWith("fs.");
}

/** Bytes by which a step makes the writable layer grow. */
function growth(event: FileEvent): number {
  switch (event.type) {
    case "fs.copy-up":
    case "fs.create":
    case "fs.burst":
      return event.size;
    case "fs.write":
      return event.size - event.before;
    case "fs.remove":
      return -event.size;
    default:
      return 0;
  }
}

/** The deepest directory that holds all of them. */
function commonDirectory(paths: readonly string[]): string {
  const [first = "", ...others] = paths.map((path) => path.slice(0, path.lastIndexOf("/")));
  let names = first.split("/");
  for (const other of others) {
    const theirs = other.split("/");
    const differs = names.findIndex((name, at) => name !== theirs[at]);
    if (differs >= 0) names = names.slice(0, differs);
  }
  return names.join("/") || "/";
}

type Fate = "created" | "copiedUp" | "changed" | "deleted";

/** What became of each path in the end: a file that was made and written ten times was made once. */
function fates(events: readonly FileEvent[]): ReadonlyMap<string, Fate> {
  const known = new Map<string, Fate>();
  const appear = (path: string): void => void known.set(path, known.get(path) === "deleted" ? "changed" : "created");
  const vanish = (path: string): void => {
    if (known.get(path) === "created") known.delete(path);
    else known.set(path, "deleted");
  };
  for (const event of events) {
    const { path } = event;
    switch (event.type) {
      case "fs.create":
        appear(path);
        break;
      case "fs.link":
        appear(event.to);
        break;
      case "fs.rename":
        vanish(path);
        appear(event.to);
        break;
      case "fs.whiteout":
      case "fs.remove":
        vanish(path);
        break;
      case "fs.copy-up":
        known.set(path, "copiedUp");
        break;
      default:
        if (!known.has(path)) known.set(path, "changed");
    }
  }
  return known;
}

function burst(container: ContainerId, events: readonly FileEvent[]): EngineEvent {
  const ends = [...fates(events).values()];
  const count = (fate: Fate): number => ends.filter((each) => each === fate).length;
  return {
    type: "fs.burst",
    container,
    created: count("created"),
    copiedUp: count("copiedUp"),
    changed: count("changed"),
    deleted: count("deleted"),
    size: events.reduce((sum, event) => sum + growth(event), 0),
    path: commonDirectory(events.map((event) => event.path)),
  };
}

/** The frames as they are told: a long run of filesystem steps in one container is one step. */
export function tell(frames: readonly Frame[]): Frame[] {
  const told: Frame[] = [];
  let run: Frame[] = [];
  const flush = (): void => {
    const events = run.map((frame) => frame.event).filter(isFileEvent);
    const [first] = events;
    const last = run.at(-1);
    if (first && last && run.length > TOLD_ONE_BY_ONE) {
      told.push({ event: burst(first.container, events), state: last.state });
    } else told.push(...run);
    run = [];
  };
  for (const frame of frames) {
    const { event } = frame;
    if (!isFileEvent(event)) {
      flush();
      told.push(frame);
      continue;
    }
    const before = run[0]?.event;
    if (before && isFileEvent(before) && before.container !== event.container) flush();
    run.push(frame);
  }
  flush();
  return told;
}
