import { describe, expect, it } from "vitest";
import { memoryStore } from "../storage/memory/store.ts";
import type { RecordStore } from "../storage/record-store.ts";
import { decodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";
import type { MoveResult } from "./protocol.ts";
import { PAGE } from "./stored-host.ts";

const story = ["docker pull alpine:3.20", "docker run --name box alpine:3.20 touch /new", "docker commit box mine:1"];

async function told(store: RecordStore = memoryStore(), lines: readonly string[] = story): Promise<PracticePage> {
  const page = await PracticePage.open({ store });
  for (const line of lines) await page.type(line);
  return page;
}

/** What does not depend on when one looks. */
const lasting = ({ host }: PracticePage) => {
  const { containers, ...state } = host.state(null);
  return { ...state, containers: containers.map((container) => ({ ...container, status: "" })) };
};
const names = async (page: PracticePage): Promise<string> =>
  (await page.says("docker images --format '{{.Repository}}:{{.Tag}} {{.ID}}'")).trim();

async function move(page: PracticePage, to: number | undefined): Promise<MoveResult> {
  if (to === undefined) throw new RangeError("there is nowhere to go");
  const result = await page.host.move(to);
  page.terminal = result.terminal;
  return result;
}
const undo = (page: PracticePage) => move(page, page.host.history.undo?.to);
const redo = (page: PracticePage) => move(page, page.host.history.redo?.to);

/** The scene that a link of the page opens. */
async function visited(page: PracticePage): Promise<PracticePage> {
  const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
  const visitor = await PracticePage.open({ seed });
  visitor.now = page.now;
  await visitor.host.replay(entries, 80);
  return visitor;
}

describe("undo and redo", () => {
  it("takes a commit back and does it again: the same image", async () => {
    const page = await told();
    const [before, images] = [lasting(page), await names(page)];
    expect(page.host.history.undo?.line).toBe("docker commit box mine:1");
    await undo(page);
    expect(await names(page)).not.toContain("mine");
    // Looking around after an undo begins no new line.
    expect(page.host.history).toMatchObject({ redo: { line: "docker commit box mine:1" }, lines: [] });
    await redo(page);
    expect(lasting(page)).toEqual(before);
    expect(await names(page)).toBe(images);
    expect(await page.says("docker run --rm mine:1 ls /new")).toBe("/new\n");
  });

  it("goes back to the beginning and forward to the end", async () => {
    const page = await told();
    const states = [lasting(page)];
    for (; page.host.history.undo; states.push(lasting(page))) await undo(page);
    expect(page.host.state(null)).toMatchObject({ images: [], containers: [] });
    expect(states).toHaveLength(4);
    expect(await page.says("docker ps -aq; docker images -q")).toBe("");
    for (const state of states.toReversed().slice(1)) {
      await redo(page);
      expect(lasting(page)).toEqual(state);
    }
    expect(page.host.history.redo).toBeNull();
  });

  it("is the same after a reload, when the line is run again on the side", async () => {
    const store = memoryStore();
    const before = await told(store);
    const whole = lasting(before);
    await undo(before);
    const undone = lasting(before);
    await redo(before);
    const after = await PracticePage.open({ store });
    after.now = before.now;
    expect(lasting(after)).toEqual(whole);
    await undo(after);
    expect(lasting(after)).toEqual(undone);
    const again = await PracticePage.open({ store });
    again.now = before.now;
    expect(lasting(again)).toEqual(undone);
    await redo(again);
    expect(lasting(again)).toEqual(whole);
    expect(await again.says("docker run --rm mine:1 ls /new")).toBe("/new\n");
  });

  it("opens terminals again that were closed, as they stood", async () => {
    const page = await told(memoryStore(), [
      "docker pull ubuntu:22.04",
      "docker run -it --name web ubuntu:22.04 bash",
      "cd /tmp; X=kept; greet() { echo hello $X; }",
      "touch made",
      "exit",
      "docker commit web mine:1",
    ]);
    await undo(page);
    expect((await undo(page)).terminal).toBe("session-1");
    expect(await page.says("pwd; greet; ls")).toBe("/tmp\nhello kept\nmade\n");
    expect((await move(page, 2)).terminal).toBe("session-1");
    expect(await page.says("pwd; ls")).toBe("/tmp\n");
    expect((await move(page, 0)).terminal).toBe("host");
    expect(page.host.terminals).toEqual([]);
    expect((await move(page, 5)).terminal).toBe("host");
    expect(await page.says("docker run --rm mine:1 ls /tmp")).toBe("made\n");
  });

  it("does not go on with what was half typed then", async () => {
    const page = await told(memoryStore(), [
      "docker pull alpine:3.20",
      "docker run -it --name web alpine:3.20",
      "cat > /root/f",
      "one",
      "two",
    ]);
    await move(page, 3);
    expect(page.host.prompt("session-1")).toBe("/ # ");
    await page.type("touch /root/g");
    expect(await page.says("ls /root; cat /root/f")).toMatch(/g\n/);
    expect(lasting(await visited(page))).toEqual(lasting(page));
  });
});

describe("a line that parts", () => {
  it("leaves the old one within reach, and both give the digests of their links", async () => {
    const store = memoryStore();
    const page = await told(store);
    const old = lasting(page);
    await undo(page);
    await undo(page);
    await page.type("docker run --name box alpine:3.20 touch /other");
    await page.type("docker commit box other:1");
    const branch = lasting(page);
    expect(page.host.history.lines).toEqual([
      { tip: 2, commands: 2, after: "docker pull alpine:3.20", last: "docker commit box mine:1" },
    ]);
    expect(page.host.scenario.entries.map(({ line }) => line)).toEqual([
      "docker pull alpine:3.20",
      "docker run --name box alpine:3.20 touch /other",
      "docker commit box other:1",
    ]);
    expect(lasting(await visited(page))).toEqual(branch);
    await move(page, 2);
    expect(lasting(page)).toEqual(old);
    expect(page.host.history.lines).toMatchObject([{ tip: 4, commands: 2, last: "docker commit box other:1" }]);
    const again = await PracticePage.open({ store });
    again.now = page.now;
    expect(lasting(again)).toEqual(old);
    await move(again, 4);
    expect(lasting(again)).toEqual(branch);
    expect(await again.says("docker run --rm other:1 ls /other")).toBe("/other\n");
  });

  it("is not followed by time that goes backwards", async () => {
    const page = await told();
    await undo(page);
    page.now -= 1e6;
    await page.type("docker commit box later:1");
    const times = page.host.scenario.entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("numbers its terminals as its link does", async () => {
    const page = await told(memoryStore(), [
      "docker pull alpine:3.20",
      "docker run -it --name web alpine:3.20",
      "exit",
    ]);
    await move(page, 0);
    expect((await page.type("docker run -it --name db alpine:3.20")).terminal).toBe("session-1");
    await page.type("touch /there");
    expect(lasting(await visited(page))).toEqual(lasting(page));
  });
});

describe("the story of a line", () => {
  it("is told again after a reload, step by step", async () => {
    const store = memoryStore();
    const before = await told(store);
    const frames = before.messages.flatMap((message) => (message.type === "frames" ? message.frames : []));
    const after = await PracticePage.open({ store });
    const { entries } = after.host.history;
    expect(entries.map(({ line }) => line)).toEqual(story);
    expect(entries.at(-1)?.to).toBe(frames.length);
    const recalled = (await Promise.all(entries.map(({ index }) => after.host.recall(index)))).flat();
    expect(recalled).toEqual(frames);
    const id = after.host.state(null).containers[0]?.id;
    if (!id) throw new Error("no container");
    const at = (step: number) =>
      after.host.view({ kind: "container", id }, "/", step, 50)?.columns.map(({ name }) => name);
    expect(at(entries[0]?.to ?? 0)).toBeUndefined();
    expect(at(entries[1]?.to ?? 0)).toContain("new");
  });
});

it("is brought back bit by bit before anybody asks, between the commands", async () => {
  const store = memoryStore();
  const before = await told(store, [
    "docker pull alpine:3.20",
    "docker run -it --name web alpine:3.20",
    "cat > /root/f",
    "one",
    "\x04",
    "exit",
    "docker commit web mine:1",
  ]);
  const after = await PracticePage.open({ store });
  after.now = before.now;
  expect(await after.host.prepare()).toBe(true);
  await after.type("docker tag mine:1 mine:2");
  for (let turns = 0; turns < 6; turns++) expect(await after.host.prepare()).toBe(true);
  expect(await after.host.prepare()).toBe(false);
  const id = after.host.state(null).containers[0]?.id;
  if (!id) throw new Error("no container");
  const [, , , , written] = after.host.history.entries;
  const view = after.host.view({ kind: "container", id }, "/root", written?.to ?? 0, 50);
  expect(view?.columns.map(({ name }) => name)).toEqual(["f"]);
});

describe("what was handed in", () => {
  async function archive(): Promise<Blob> {
    const page = await told();
    return page.host.exportImage("mine:1", "docker-archive");
  }

  it("is undone and done again, after a reload too, as long as it is here", async () => {
    const store = memoryStore();
    const page = await PracticePage.open({ store });
    await page.host.importImage(await archive());
    await page.host.putFile("notes.txt", new Blob(["x".repeat(1000)]));
    await page.type("docker run --name box mine:1 touch /more");
    const whole = lasting(page);
    const after = await PracticePage.open({ store });
    after.now = page.now;
    await undo(after);
    expect(await names(after)).toContain("mine:1");
    expect(await after.says("wc -c notes.txt")).toBe("1000 notes.txt\n");
    expect(after.host.history.undo?.line).toBe("/home/learner/notes.txt");
    await undo(after);
    await undo(after);
    expect(await names(after)).toBe("");
    await move(after, 2);
    expect(lasting(after)).toEqual(whole);
  });

  it("cannot be gone back to when its bytes are gone, and says which line that is", async () => {
    const store = memoryStore();
    const page = await PracticePage.open({ store });
    await page.host.importImage(await archive());
    await page.type("docker rmi mine:1");
    const after = await PracticePage.open({ store });
    expect(await after.host.move(0)).toMatchObject({ lost: { reason: "bytes", line: "docker load" } });
    expect(lasting(after).images).toEqual([]);
    // In the page that saw it, the bytes are still there.
    await move(page, 0);
    expect(await names(page)).toContain("mine:1");
  });
});

describe("two pages of one store", () => {
  it("follow each other's undo", async () => {
    const store = memoryStore();
    const one = await told(store);
    const two = await PracticePage.open({ store });
    two.now = one.now;
    const whole = lasting(one);
    await undo(two);
    await one.host.noticeChange();
    expect(lasting(one)).toEqual(lasting(two));
    expect(one.host.history.redo?.line).toBe("docker commit box mine:1");
    await redo(one);
    expect(lasting(one)).toEqual(whole);
    expect(await two.says("docker run --rm mine:1 ls /new")).toBe("/new\n");
  });

  it("take over a terminal that stands elsewhere now", async () => {
    const store = memoryStore();
    const one = await told(store, ["docker pull alpine:3.20", "docker run -it --name web alpine:3.20", "cd /tmp"]);
    const two = await PracticePage.open({ store });
    await move(two, 1);
    await one.host.noticeChange();
    expect(await one.says("pwd")).toBe("/\n");
  });
});

it("a host from before lines could part opens at its end, and its commands can be undone", async () => {
  const store = memoryStore();
  const page = await told(store);
  const stored = await store.load("default");
  if (!stored) throw new Error("nothing is stored");
  const { head: _head, tip: _tip, turn: _turn, ...record } = stored.records.get(PAGE) as Record<string, unknown>;
  const old = memoryStore();
  await old.commit("default", {
    from: 0,
    preferences: stored.preferences,
    put: new Map(stored.records).set(PAGE, record),
    append: stored.log.map((entry) => {
      const { steps: _steps, quiet: _quiet, ...rest } = entry as Record<string, unknown>;
      return rest;
    }),
    blobs: new Map(
      await Promise.all(
        (await store.blobs.keys()).map(async (key) => [key, (await store.blobs.get(key)) as Blob] as const),
      ),
    ),
    keep: await store.blobs.keys(),
  });
  const opened = await PracticePage.open({ store: old });
  opened.now = page.now;
  expect(lasting(opened)).toEqual(lasting(page));
  expect(opened.host.history).toMatchObject({ head: 2, entries: [], undo: { to: 1 }, redo: null, lines: [] });
  await undo(opened);
  expect(await names(opened)).not.toContain("mine");
  await redo(opened);
  expect(lasting(opened)).toEqual(lasting(page));
});
