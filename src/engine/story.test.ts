import { expect, test } from "vitest";
import type { CopyUpCause } from "../core/overlay/event.ts";
import type { ContainerId, EngineEvent } from "./event.ts";
import { type Container, emptyState } from "./state.ts";
import { tell } from "./story.ts";
import type { Frame } from "./transaction.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)] as [ContainerId, ContainerId];
const created = (path: string, container = one): EngineEvent => ({
  type: "fs.create",
  container,
  path,
  kind: "file",
  size: 10,
  over: "nothing",
});
const copiedUp = (path: string, size: number, cause: CopyUpCause): EngineEvent => ({
  type: "fs.copy-up",
  container: one,
  path,
  kind: cause === "entries" ? "directory" : "file",
  size,
  layer: "init",
  cause,
  names: 1,
});
const whiteout = (path: string): EngineEvent => ({ type: "fs.whiteout", container: one, path, layer: "init" });
const growth = (event: EngineEvent): number => {
  if (event.type === "fs.create" || event.type === "fs.copy-up") return event.size;
  if (event.type === "fs.write") return event.size - event.before;
  return event.type === "fs.remove" ? -event.size : 0;
};
/** Each step with the state after it. `sizes`: of the writable layer, where the steps do not tell it. */
const frames = (events: readonly EngineEvent[], sizes?: readonly number[]): Frame[] => {
  let size = 0;
  return events.map((event, at) => {
    size = sizes?.[at] ?? size + growth(event);
    const containers = [one, two].map((id) => [id, { upper: { size } } as Container] as const);
    return { event, state: { ...emptyState, containers: new Map(containers) } };
  });
};
const many = (count: number, container = one) =>
  Array.from({ length: count }, (_, index) => created(`/usr/share/vim/${index}`, container));

test("eight steps are told one by one, nine as one", () => {
  expect(tell(frames(many(8)), emptyState)).toHaveLength(8);
  const told = tell(frames(many(9)), emptyState);
  expect(told.map(({ event }) => event)).toEqual([
    {
      type: "fs.burst",
      container: one,
      created: 9,
      copiedUp: 0,
      changed: 0,
      deleted: 0,
      whiteouts: 0,
      copied: 0,
      attributesOnly: false,
      size: 90,
      within: "/usr/share/vim",
      path: "/usr/share/vim",
    },
  ]);
});

test("a burst ends with the state after its last step, and counts what became of each path", () => {
  const story = frames([
    ...many(7),
    copiedUp("/etc/passwd", 100, "write"),
    { type: "fs.write", container: one, path: "/etc/passwd", before: 100, size: 130 },
    { type: "fs.remove", container: one, path: "/usr/share/vim/0", kind: "file", size: 10 },
    { type: "container.exit", container: one, name: "x", code: 0 },
  ]);
  const [burst, exit] = tell(story, emptyState);
  expect(burst?.event).toMatchObject({ created: 6, copiedUp: 1, changed: 0, deleted: 0, size: 190, path: "/" });
  expect(burst?.state).toBe(story[9]?.state);
  expect(exit?.event.type).toBe("container.exit");
});

test("runs of two containers are two bursts; something else between ends one", () => {
  const told = tell(
    frames([...many(9), ...many(9, two), { type: "container.exit", container: two, name: "x", code: 0 }, ...many(3)]),
    emptyState,
  );
  expect(told.map(({ event }) => event.type)).toEqual([
    "fs.burst",
    "fs.burst",
    "container.exit",
    "fs.create",
    "fs.create",
    "fs.create",
  ]);
});

/** /old with ten files in it, made white from the inside out. */
const removed = [
  copiedUp("/old", 0, "entries"),
  ...Array.from({ length: 10 }, (_, index) => whiteout(`/old/${index}`)),
  whiteout("/old"),
];
const types = (events: readonly EngineEvent[]) => tell(frames(events), emptyState).map(({ event }) => event.type);

test("mv that falls back to copying: the refusal, the copy, and the removal are three steps", () => {
  const copied = Array.from({ length: 10 }, (_, index) => created(`/new/${index}`));
  const told = tell(
    frames([{ type: "fs.exdev", container: one, path: "/old", to: "/new" }, created("/new"), ...copied, ...removed]),
    emptyState,
  ).map(({ event }) => event);
  expect(told).toMatchObject([
    { type: "fs.exdev" },
    { type: "fs.burst", created: 11, deleted: 0, size: 110, within: "/new", path: "/" },
    { type: "fs.burst", created: 0, deleted: 11, whiteouts: 1, size: 0, within: "/old", path: "/" },
  ]);
});

test("what a burst frees is read off the state: a copy that gives way to a whiteout, one name of two", () => {
  const sizes = [500, ...removed.slice(1).map((_, index) => 500 - 30 * index)];
  const before = { ...emptyState, containers: new Map([[one, { upper: { size: 700 } } as Container]]) };
  expect(tell(frames(removed, sizes), before)[0]?.event).toMatchObject({ deleted: 11, size: 500 - 30 * 10 - 700 });
});

test("a directory made anew over what was deleted is told by itself", () => {
  const anew: EngineEvent[] = [
    { type: "fs.create", container: one, path: "/old", kind: "directory", size: 0, over: "whiteout" },
    { type: "fs.opaque", container: one, path: "/old" },
  ];
  expect(types([...removed, ...anew])).toEqual(["fs.burst", "fs.create", "fs.opaque"]);
  const often = Array.from({ length: 5 }, () => [...removed, ...anew]).flat();
  expect(types(often)).toEqual(["fs.burst"]);
});

test("a few steps back in a long way forth do not cut it", () => {
  expect(types([...many(9), whiteout("/tmp/a"), ...many(9)])).toEqual(["fs.burst"]);
});

test("files that are copied up for their mode alone are told as that, with their bytes", () => {
  const chmod = Array.from({ length: 9 }, (_, index): EngineEvent[] => [
    copiedUp(`/bin/${index}`, 100, "mode"),
    { type: "fs.attributes", container: one, path: `/bin/${index}`, change: "mode" },
  ]);
  const run = [copiedUp("/bin", 0, "entries"), ...chmod.flat()];
  expect(tell(frames(run), emptyState)[0]?.event).toMatchObject({
    copiedUp: 10,
    copied: 900,
    attributesOnly: true,
    path: "/bin",
  });
  const written: EngineEvent = { type: "fs.write", container: one, path: "/bin/0", before: 100, size: 101 };
  expect(tell(frames([...run, written]), emptyState)[0]?.event).toMatchObject({ attributesOnly: false, size: 901 });
});

const inVolume = (
  path: string,
  change: "created" | "written" | "removed" = "created",
  volume: string | null = "data",
): EngineEvent => ({ type: "volume.change", volume, container: one, path, change, count: 1, size: 10 });
const written = (count: number, volume: string | null = "data") =>
  Array.from({ length: count }, (_, index) => inVolume(`/data/dir/${index}`, "created", volume));

test("nine changes of one volume are one; a path is counted once", () => {
  expect(tell(frames(written(8)), emptyState)).toHaveLength(8);
  const twice = written(5).flatMap((event) => [event, { ...event, change: "written" } as EngineEvent]);
  expect(tell(frames(twice), emptyState).map(({ event }) => event)).toEqual([
    {
      type: "volume.change",
      volume: "data",
      container: one,
      path: "/data/dir",
      change: "written",
      count: 5,
      size: 100,
    },
  ]);
  const one9 = Array.from({ length: 9 }, () => inVolume("/data/log", "written"));
  expect(tell(frames(one9), emptyState).map(({ event }) => event)).toEqual([
    { ...inVolume("/data/log", "written"), size: 90 },
  ]);
});

test("two volumes are two steps, and a tmpfs another", () => {
  const told = tell(frames([...written(9), ...written(9, "other"), ...written(9, null)]), emptyState);
  expect(told.map(({ event }) => event)).toMatchObject([{ volume: "data" }, { volume: "other" }, { volume: null }]);
});

test("files that are moved into a volume one by one are two steps, each in the place of its last", () => {
  const story = frames(written(20).flatMap((event, at) => [event, whiteout(`/srv/${at}`)]));
  const told = tell(story, emptyState);
  expect(told.map(({ event }) => event)).toMatchObject([
    { type: "volume.change", count: 20, size: 200 },
    { type: "fs.burst", deleted: 20 },
  ]);
  expect(told[0]?.state).toBe(story.at(-2)?.state);
  expect(told[1]?.state).toBe(story.at(-1)?.state);
});

test("a few changes of a volume within a long run of others stay where they are", () => {
  const story = frames([inVolume("/data/a"), ...many(9), inVolume("/data/b", "removed")]);
  expect(tell(story, emptyState).map(({ event }) => event.type)).toEqual([
    "volume.change",
    "fs.burst",
    "volume.change",
  ]);
});
