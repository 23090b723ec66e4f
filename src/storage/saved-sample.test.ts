import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { openDB } from "idb";
import { expect, test } from "vitest";
import { readContent } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import type { FileSystem } from "../core/filesystem/filesystem.ts";
import { filesOf } from "../engine/build/source-files.ts";
import { hostFileSystem } from "../engine/host-files.ts";
import { hostState } from "../engine/host-state.ts";
import { findContainer } from "../engine/lookup.ts";
import { viewOf } from "../engine/mount.ts";
import { mountedViewOf } from "../engine/mounted-view.ts";
import { loadState, migrated } from "../engine/records.ts";
import { indexedDbStore } from "./indexeddb/store.ts";
import { layerStore } from "./layer-store.ts";

interface Sample {
  readonly hosts: readonly { readonly name: string }[];
  readonly records: readonly (readonly [[string, string], unknown])[];
  readonly log: readonly (readonly [[string, number], unknown])[];
  /** base64 */
  readonly blobs: readonly (readonly [string, string])[];
}

/** Bytes are written {"$bytes": base64}. */
function sample(name: string): Sample {
  const text = readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8");
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "object" && value !== null && "$bytes" in value
      ? Uint8Array.from(Buffer.from(String(value.$bytes), "base64"))
      : value,
  ) as Sample;
}

/** What version 1 of the database was, kept as it was; not the schema of today. */
async function writeDatabase1(name: string, { hosts, records, log, blobs }: Sample): Promise<void> {
  const database = await openDB(name, 1, {
    upgrade(opened) {
      opened.createObjectStore("hosts", { keyPath: "name" });
      for (const store of ["records", "log", "blobs"]) opened.createObjectStore(store);
    },
  });
  for (const host of hosts) await database.put("hosts", host);
  for (const [key, value] of records) await database.put("records", value, key);
  for (const [key, value] of log) await database.put("log", value, key);
  for (const [key, text] of blobs) await database.put("blobs", new Blob([Buffer.from(text, "base64")]), key);
  database.close();
}

/** A host as it is read today from what was kept then: one sample a version of the records. */
async function opened(version: 1 | 2 | 3) {
  const name = `version ${version}`;
  await writeDatabase1(name, sample(`lamina-v${version}.txt`));
  return indexedDbStore(name);
}

test("a host that version 1 kept opens as it was", async () => {
  const store = await opened(1);
  expect(await store.hosts()).toMatchObject([{ name: "my host", revision: 3, preferences: { seed: "c0ffee" } }]);
  const stored = await store.load("my host");
  expect(stored?.log).toEqual(["docker run base:1 put /root/hello.txt hello", "docker commit brave_wu mine:1"]);
  const state = loadState(stored?.records ?? new Map());
  const seen = hostState(state, Date.UTC(2026, 10, 23, 18), { changes: true });
  expect(seen.images.map(({ id, refs, layers }) => [id, refs, layers])).toMatchSnapshot();
  expect(seen.containers.map(({ status, upper }) => [status, upper.changes])).toEqual([
    [
      "Exited (0) 10 minutes ago",
      [
        ["C", "/root"],
        ["A", "/root/hello.txt"],
      ],
    ],
  ]);
  const container = findContainer(state, seen.containers[0]?.id ?? "");
  const view = viewOf(state, container);
  const read = async (path: string) =>
    new TextDecoder().decode(await readContent(view.read(path, root), layerStore(store.blobs).readStored));
  expect(await read("/root/hello.txt")).toBe("hello");
  expect(await read("/etc/big.txt")).toBe("0123456789abcdef\n".repeat(1000));
  store.close();
});

test("a host that version 2 kept opens as it was: volumes, mounts, the host's own files", async () => {
  const store = await opened(2);
  const stored = await store.load("my host");
  const state = loadState(stored?.records ?? new Map());
  const seen = hostState(state, Date.UTC(2026, 10, 23, 18), { changes: true });
  expect(seen.volumes).toMatchObject([
    { name: "data", anonymous: false, size: 17_011, files: 3, usedBy: [seen.containers[0]?.id] },
    { anonymous: true, size: 0, files: 0, usedBy: [seen.containers[0]?.id] },
  ]);
  const [anonymous = ""] = [...state.volumes.keys()].slice(-1);
  expect([...state.volumes.values()].map(({ labels }) => labels)).toEqual([
    { tier: "web" },
    { "com.docker.volume.anonymous": "" },
  ]);
  const container = findContainer(state, "second");
  expect([container.readOnly, container.mounts]).toEqual([
    true,
    [
      { type: "volume", volume: "data", target: "/d", readOnly: true, asked: "--mount", bind: "" },
      {
        type: "tmpfs",
        target: "/t",
        readOnly: false,
        size: 1_048_576,
        mode: 0o700,
        asked: "--tmpfs",
        options: "size=1m,mode=700",
      },
      { type: "volume", volume: anonymous, target: "/anon", readOnly: false, asked: "image", bind: "" },
    ],
  ]);
  const { readStored } = layerStore(store.blobs);
  const text = async (fs: { read: FileSystem["read"] }, path: string) =>
    new TextDecoder().decode(await readContent(fs.read(path, root), readStored));
  const view = mountedViewOf(state, container);
  expect([await text(view, "/d/mine"), await text(view, "/d/greeting")]).toEqual(["mine\n", "hello\n"]);
  // Of an image that is gone.
  expect(await text(view, "/d/big.txt")).toBe("0123456789abcdef\n".repeat(1000));
  expect(
    await text(
      hostFileSystem(state.files, () => 0),
      "/home/learner/notes",
    ),
  ).toBe("a note\n");
  store.close();
});

test("a host that version 3 kept opens as it was: what builds need not do again, and the layers it keeps", async () => {
  const store = await opened(3);
  const stored = await store.load("my host");
  const state = loadState(stored?.records ?? new Map());
  const seen = hostState(state, Date.UTC(2026, 10, 23, 18), { changes: true });
  expect(seen.images.map(({ refs, chain }) => [refs, chain.length])).toEqual([[["kept:1"], 2]]);
  expect(seen.layers.map(({ createdBy, cached }) => [createdBy, cached])).toEqual([
    ["RUN step 0", false],
    ["RUN one", false],
    ["RUN two", true],
  ]);
  expect([...state.buildCache.values()].map(({ createdBy, uses }) => [createdBy, uses])).toEqual([
    ["pulled from docker.io/library/base:1", 1],
    ["RUN /bin/sh -c one # buildkit", 1],
    ["RUN /bin/sh -c two # buildkit", 0],
  ]);
  const top = [...state.layers.values()].at(-1);
  const made = top && filesOf(top.lower).read("/made", root);
  const { readStored } = layerStore(store.blobs);
  expect(made && new TextDecoder().decode(await readContent(made, readStored))).toBe("two\n");
  store.close();
});

test("records of a newer Lamina are not touched", () => {
  expect(() => loadState(new Map([["index", { version: 99 }]]))).toThrow(RangeError);
});

test("migrations run in turn from the version that is there", () => {
  const step = (name: string) => ({
    name,
    run: (records: ReadonlyMap<string, unknown>) => new Map([...records, [name, records.size]]),
  });
  const steps = [step("2 one"), step("3 two")];
  expect(migrated(new Map(), 1, steps)).toEqual(
    new Map([
      ["2 one", 0],
      ["3 two", 1],
    ]),
  );
  expect(migrated(new Map(), 2, steps)).toEqual(new Map([["3 two", 0]]));
  expect(migrated(new Map(), 3, steps)).toEqual(new Map());
});
