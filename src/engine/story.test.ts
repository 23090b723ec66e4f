import { expect, test } from "vitest";
import type { ContainerId, EngineEvent } from "./event.ts";
import { emptyState } from "./state.ts";
import { tell } from "./story.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)] as [ContainerId, ContainerId];
const created = (path: string, container = one): EngineEvent => ({
  type: "fs.create",
  container,
  path,
  kind: "file",
  size: 10,
  over: "nothing",
});
const frames = (events: readonly EngineEvent[]) => events.map((event) => ({ event, state: { ...emptyState } }));
const many = (count: number, container = one) =>
  Array.from({ length: count }, (_, index) => created(`/usr/share/vim/${index}`, container));

test("eight steps are told one by one, nine as one", () => {
  expect(tell(frames(many(8)))).toHaveLength(8);
  const told = tell(frames(many(9)));
  expect(told.map(({ event }) => event)).toEqual([
    {
      type: "fs.burst",
      container: one,
      created: 9,
      copiedUp: 0,
      changed: 0,
      deleted: 0,
      size: 90,
      path: "/usr/share/vim",
    },
  ]);
});

test("a burst ends with the state after its last step, and counts what became of each path", () => {
  const story = frames([
    ...many(7),
    { type: "fs.copy-up", container: one, path: "/etc/passwd", kind: "file", size: 100, layer: "init" },
    { type: "fs.write", container: one, path: "/etc/passwd", before: 100, size: 130 },
    { type: "fs.remove", container: one, path: "/usr/share/vim/0", kind: "file", size: 10 },
    { type: "container.exit", container: one, name: "x", code: 0 },
  ]);
  const [burst, exit] = tell(story);
  expect(burst?.event).toMatchObject({ created: 6, copiedUp: 1, changed: 0, deleted: 0, size: 190, path: "/" });
  expect(burst?.state).toBe(story[9]?.state);
  expect(exit?.event.type).toBe("container.exit");
});

test("runs of two containers are two bursts; something else between ends one", () => {
  const told = tell(
    frames([...many(9), ...many(9, two), { type: "container.exit", container: two, name: "x", code: 0 }, ...many(3)]),
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
