import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesContent, concat, readContent, textContent, zeros } from "../filesystem/content.ts";
import { decodeName, encodeName } from "../filesystem/name.ts";
import { deserializeTree, entriesFromTree, serializeTree, treeFromEntries } from "../filesystem/tree.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { readTar, readTarContent } from "./read.ts";
import { tarContent, writeTar } from "./write.ts";

const nothingStored = () => Promise.reject(new Error("nothing is stored"));

async function written(entries: readonly LayerEntry[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeTar(entries, nothingStored)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Hands the bytes over in chunks of `size`. */
async function* chunked(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function inMemory() {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk: Uint8Array) => void chunks.push(chunk.slice()),
    end: () => bytesContent(Buffer.concat(chunks)),
  };
}

async function roundTrip(entries: readonly LayerEntry[], size = 700): Promise<LayerEntry[]> {
  return readTar(chunked(await written(entries), size), inMemory);
}

const own = { mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000 };
const long = `${"d/".repeat(20)}${"n".repeat(120)}`;

const samples: LayerEntry[] = [
  { ...own, path: "etc", kind: "directory", mode: 0o1755 },
  { ...own, path: "etc", kind: "opaque", mode: 0o755, mtime: 0 },
  { ...own, path: "etc/motd", kind: "file", content: textContent("hello\n"), uid: 3_000_000_000, mode: 0o4755 },
  { ...own, path: "etc/link", kind: "hardlink", target: "etc/motd" },
  { ...own, path: "etc/symlink", kind: "symlink", target: "/a/ü", mode: 0o777 },
  { ...own, path: "etc/gone", kind: "whiteout", mode: 0o600 },
  { ...own, path: "dev/null", kind: "character", rdev: [1, 3] },
  { ...own, path: "dev/sda", kind: "block", rdev: [8, 0] },
  { ...own, path: "fifo", kind: "fifo" },
  { ...own, path: `${"p/".repeat(60)}name`, kind: "file", content: zeros(1000) },
  { ...own, path: long, kind: "file", content: zeros(512) },
  { ...own, path: decodeName(Uint8Array.of(0x66, 0xff, 0xfe)), kind: "file", content: textContent("x") },
  {
    ...own,
    path: "cap",
    kind: "file",
    content: textContent("x"),
    xattrs: { "security.capability": "\x01\x00\x00\x02\xff" },
  },
  { ...own, path: "old", kind: "file", content: textContent("x"), mtime: -5 },
];

test.each(samples.map((entry) => [`${entry.kind} ${entry.path.slice(0, 20)}`, entry] as const))(
  "%s survives writing and reading",
  async (_, entry) => {
    const [read] = await roundTrip([entry]);
    if (read?.kind !== "file" || entry.kind !== "file") return expect(read).toEqual(entry);
    expect({ ...read, content: null }).toEqual({ ...entry, content: null });
    expect(await readContent(read.content, nothingStored)).toEqual(
      Buffer.from(await readContent(entry.content, nothingStored)),
    );
  },
);

test("the header is Go's, byte for byte: USTAR, no names, zero device numbers, blank-ended checksum", async () => {
  const bytes = await written([{ ...own, path: "a", kind: "directory", mode: 0o755 }]);
  const text = Buffer.from(bytes.subarray(0, 512)).toString("latin1");
  expect(text.slice(0, 3)).toBe("a/\0");
  expect(text.slice(100, 148)).toBe("0000755\x000000000\x000000000\x0000000000000\x0014524770400\0");
  expect(text.slice(148, 157)).toMatch(/^[0-7]{6}\0 5$/);
  expect(text.slice(257, 265)).toBe("ustar\x0000");
  expect(text.slice(329, 345)).toBe("0000000\x000000000\0");
  expect(bytes).toHaveLength(512 + 1024);
});

test("an empty layer is 1024 zero bytes, the diffID everybody knows", async () => {
  expect(await written([])).toEqual(Buffer.alloc(1024));
});

test("random trees come back as they were, in chunks of any size", async () => {
  const name = fc.oneof(
    fc.constantFrom("a", "b", "ü", "文件", "n".repeat(200)),
    fc
      .uint8Array({ minLength: 1, maxLength: 5 })
      .map((bytes) => `_${decodeName(bytes.map((b) => (b === 0 || b === 47 ? 1 : b)))}`),
  );
  const entry: fc.Arbitrary<LayerEntry> = fc
    .record({
      path: fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/")),
      text: fc.string(),
      n: fc.nat(4),
    })
    .map(({ path, text, n }): LayerEntry => {
      if (n === 0) return { ...own, path, kind: "directory" };
      if (n === 1) return { ...own, path, kind: "symlink", target: `t${text.replaceAll("\0", "")}` };
      if (n === 2) return { ...own, path, kind: "whiteout" };
      return { ...own, path, kind: "file", content: concat(textContent(text), zeros(n * 300)) };
    });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 12 }), fc.integer({ min: 1, max: 3000 }), async (entries, size) => {
      const tree = treeFromEntries(entries);
      const bytes = await written(entriesFromTree(tree));
      const again = treeFromEntries(await readTar(chunked(bytes, size), inMemory));
      expect(Buffer.compare(await written(entriesFromTree(again)), bytes)).toBe(0);
      const saved = deserializeTree(structuredClone(serializeTree(tree)));
      expect(entriesFromTree(saved)).toEqual(entriesFromTree(tree));
    }),
    { numRuns: 150 },
  );
});

test("names of any bytes survive", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => void expect(encodeName(decodeName(bytes))).toEqual(bytes)),
  );
});

const hasTar = spawnSync("tar", ["--version"]).stdout?.toString().includes("GNU tar") ?? false;

test.runIf(hasTar)("GNU tar lists it with the right names, modes, owners and kinds", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lamina-tar-"));
  try {
    const path = join(folder, "layer.tar");
    writeFileSync(path, await written(samples));
    const listing = execFileSync("tar", ["--numeric-owner", "-tvf", path], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    });
    const rows = listing.trimEnd().split("\n");
    expect(rows).toHaveLength(samples.length);
    expect(rows[0]).toMatch(/^drwxr-xr-t 0\/0 +0 2023-11-14 22:13 etc\/$/);
    expect(rows[1]).toMatch(/^-rwxr-xr-x 0\/0 +0 1970-01-01 00:00 etc\/\.wh\.\.wh\.\.opq$/);
    expect(rows[2]).toMatch(/^-rwsr-xr-x 3000000000\/0 +6 /);
    expect(rows[3]).toMatch(/^h.* etc\/link link to etc\/motd$/);
    expect(rows[5]).toMatch(/^-rw------- .* etc\/\.wh\.gone$/);
    expect(rows[6]).toMatch(/^c.* 1,3 .* dev\/null$/);
    expect(rows[10]).toContain(long);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.runIf(hasTar).each([["gnu"], ["pax"], ["ustar"]])("reads what GNU tar writes as %s", async (format) => {
  const folder = mkdtempSync(join(tmpdir(), "lamina-tar-"));
  try {
    const name = "n".repeat(format === "ustar" ? 90 : 150);
    writeFileSync(join(folder, name), "content");
    const path = join(folder, "a.tar");
    execFileSync("tar", [
      `--format=${format}`,
      "--owner=7",
      "--group=8",
      "--mtime=@1000",
      "-cf",
      path,
      "-C",
      folder,
      name,
    ]);
    const [entry] = await readTar(chunked(readFileSync(path), 1000), inMemory);
    expect(entry).toMatchObject({ path: name, kind: "file", uid: 7, gid: 8, mtime: 1000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["cut in a file", (bytes: Uint8Array) => bytes.subarray(0, 600), "unexpected EOF"],
  ["no tar at all", () => new TextEncoder().encode("x".repeat(600)), "invalid tar header"],
])("%s is refused", async (_, spoil, message) => {
  const bytes = await written([{ ...own, path: "a", kind: "file", content: textContent("y".repeat(400)) }]);
  await expect(readTar(chunked(spoil(bytes), 512), inMemory)).rejects.toThrow(message);
});

test("a tar as a rope has the bytes of the tar that is written out, and its files are slices of it", async () => {
  const stored = {
    size: 5000,
    segments: [{ kind: "stored" as const, layer: `sha256:${"a".repeat(64)}`, offset: 7, size: 5000 }],
  };
  const read = async (_: string, offset: number, size: number) => new Uint8Array(size).fill(offset % 251);
  const entries = [
    { ...own, kind: "directory", path: "d" },
    { ...own, kind: "file", path: "d/zeros", content: zeros(50_000_000) },
    { ...own, kind: "file", path: "d/stored", content: stored },
    { ...own, kind: "file", path: long, content: textContent("long name") },
    { ...own, kind: "hardlink", path: "e", target: "d/zeros" },
  ] as readonly LayerEntry[];
  const rope = tarContent(entries);
  const held = rope.segments.reduce((sum, one) => sum + (one.kind === "bytes" ? one.bytes.length : 0), 0);
  expect(held).toBeLessThan(8192);
  const small = entries.filter((entry) => entry.path !== "d/zeros");
  const bytes: Uint8Array[] = [];
  for await (const chunk of writeTar(small, read)) bytes.push(chunk);
  expect(Buffer.concat(bytes).equals(await readContent(tarContent(small), read))).toBe(true);
  const again = await readTarContent(rope, read);
  expect(again.map(({ path, kind }) => [path, kind])).toEqual(entries.map(({ path, kind }) => [path, kind]));
  expect(again.flatMap((entry) => (entry.kind === "file" ? [entry.content.size] : []))).toEqual([50_000_000, 5000, 9]);
  expect(again[2]).toEqual(entries[2]);
});
