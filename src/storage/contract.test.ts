import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { indexedDbStore } from "./indexeddb/store.ts";
import { memoryStore } from "./memory/store.ts";
import { RevisionConflict } from "./record-store.ts";
import type { HostChange, HostPreferences, RecordStore } from "./record-store.ts";

const preferences: HostPreferences = { seed: "abc", created: 1, catalogue: "0badcafe", title: "A class" };
const first = (change: Partial<HostChange> = {}): HostChange => ({ from: 0, preferences, keep: [], ...change });
const map = (entries: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(entries));
const blob = (text: string): Blob => new Blob([text]);

let databases = 0;
const stores: readonly (readonly [string, () => Promise<RecordStore>])[] = [
  ["memory", async () => memoryStore()],
  ["indexeddb", () => indexedDbStore(`contract ${(databases += 1)}`)],
];

describe.each(stores)("%s", (_, open) => {
  let store: RecordStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test("a host that is not there", async () => {
    expect([await store.load("x"), await store.revision("x"), await store.hosts()]).toEqual([null, 0, []]);
    expect(await store.blobs.get("x")).toBeNull();
  });

  test("records, log and preferences come back, the revision counts", async () => {
    const bytes = new Uint8Array([0, 1, 255]);
    expect(await store.commit("a", first({ put: map({ "layer/1": { bytes }, index: [1] }), append: ["one"] }))).toBe(1);
    const change = {
      from: 1,
      put: map({ index: [2], x: null }),
      removed: ["layer/1"],
      append: ["two", { three: 3 }],
      keep: [],
    };
    expect(await store.commit("a", change)).toBe(2);
    expect(await store.load("a")).toEqual({
      name: "a",
      revision: 2,
      preferences,
      records: map({ index: [2], x: null }),
      log: ["one", "two", { three: 3 }],
    });
    expect(await store.revision("a")).toBe(2);
    expect(await store.hosts()).toEqual([{ name: "a", revision: 2, preferences }]);
  });

  test("bytes are kept as bytes", async () => {
    await store.commit("a", first({ put: map({ x: { bytes: new Uint8Array([0, 1, 255]) } }) }));
    expect((await store.load("a"))?.records.get("x")).toEqual({ bytes: new Uint8Array([0, 1, 255]) });
  });

  test("what is handed in or out can be changed without harm", async () => {
    const value = { list: [1] };
    await store.commit("a", first({ put: map({ value }) }));
    value.list.push(2);
    const loaded = (await store.load("a"))?.records.get("value") as typeof value | undefined;
    loaded?.list.push(3);
    expect((await store.load("a"))?.records.get("value")).toEqual({ list: [1] });
  });

  test("a change made on an older revision is refused, and changes nothing", async () => {
    await store.commit("a", first({ put: map({ x: 1 }) }));
    const stale = store.commit("a", first({ put: map({ x: 2 }), blobs: new Map([["k", blob("b")]]), keep: ["k"] }));
    await expect(stale).rejects.toBeInstanceOf(RevisionConflict);
    await expect(stale).rejects.toMatchObject({ expected: 0, found: 1 });
    expect((await store.load("a"))?.records).toEqual(map({ x: 1 }));
    expect(await store.blobs.keys()).toEqual([]);
  });

  test("all or nothing: one value that cannot be stored undoes the whole change", async () => {
    await store.commit("a", first({ put: map({ x: 1 }), append: ["one"] }));
    const bad: HostChange = {
      from: 1,
      put: map({ x: 2, y: () => {} }),
      removed: ["x"],
      append: ["two"],
      blobs: new Map([["k", blob("b")]]),
      keep: ["k"],
    };
    await expect(store.commit("a", bad)).rejects.toThrow();
    expect(await store.load("a")).toMatchObject({ revision: 1, records: map({ x: 1 }), log: ["one"] });
    expect(await store.blobs.keys()).toEqual([]);
  });

  test("a new host needs preferences", async () => {
    await expect(store.commit("a", { from: 0, keep: [] })).rejects.toThrow(TypeError);
    expect(await store.hosts()).toEqual([]);
  });

  test("hosts do not see each other, whatever their names", async () => {
    for (const name of ["a", "a/b", "ab", "", "ä"]) {
      await store.commit(name, first({ put: map({ name }), append: [name, "more"] }));
    }
    for (const name of ["a", "a/b", "ab", "", "ä"]) {
      expect(await store.load(name)).toMatchObject({ records: map({ name }), log: [name, "more"] });
    }
    await store.remove("a");
    expect((await store.hosts()).map((host) => host.name)).toEqual(["", "a/b", "ab", "ä"]);
    expect((await store.load("a/b"))?.log).toEqual(["a/b", "more"]);
  });

  test("the log keeps its order past ten", async () => {
    await store.commit("a", first({ append: Array.from({ length: 9 }, (_, at) => at) }));
    await store.commit("a", { from: 1, append: [9, 10, 11], keep: [] });
    expect((await store.load("a"))?.log).toEqual(Array.from({ length: 12 }, (_, at) => at));
  });

  test("blobs are shared, and go with the last host that keeps them", async () => {
    const put = {
      blobs: new Map([
        ["base", blob("base")],
        ["a's", blob("a")],
        ["nobody's", blob("x")],
      ]),
      keep: ["base", "a's", "absent"],
    };
    await store.commit("a", first(put));
    expect(await store.blobs.keys()).toEqual(["a's", "base"]);
    await store.commit("b", first({ keep: ["base"] }));
    await store.commit("a", { from: 1, keep: ["base"] });
    expect(await store.blobs.keys()).toEqual(["base"]);
    await store.remove("a");
    expect(await (await store.blobs.get("base"))?.text()).toBe("base");
    await store.commit("b", { from: 1, keep: [] });
    expect(await store.blobs.keys()).toEqual([]);
  });

  test("two commits on one revision at the same time: one wins", async () => {
    await store.commit("a", first());
    const race = [1, 2].map((x) => store.commit("a", { from: 1, put: map({ x }), keep: [] }));
    const outcomes = await Promise.allSettled(race);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected"]);
    expect((await store.load("a"))?.records).toEqual(map({ x: 1 }));
  });
});

test("a second tab sees what the first one stored", async () => {
  const [one, two] = [await indexedDbStore("tabs"), await indexedDbStore("tabs")];
  await one.commit("a", first({ put: map({ x: 1 }), blobs: new Map([["k", blob("bytes")]]), keep: ["k"] }));
  expect(await two.revision("a")).toBe(1);
  await two.commit("a", { from: 1, put: map({ x: 2 }), keep: ["k"] });
  expect(await one.revision("a")).toBe(2);
  expect(await (await one.blobs.get("k"))?.text()).toBe("bytes");
  one.close();
  two.close();
});
