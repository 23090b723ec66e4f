import { expect, test } from "vitest";
import { parseEntries } from "../../src/content/packages/format.ts";
import { comparePaths, type Node, Root } from "./root.ts";

function rootOf(lines: string, lower: ReadonlyMap<string, Node> = new Map()): Root {
  const root = new Root(lower);
  for (const entry of parseEntries(lines)) root.put(entry, 7, {});
  return root;
}
const layer = (root: Root): string[] =>
  [...root.layer()].map(([path, node]) => `${node.kind === "symlink" ? "l" : node.kind[0]} ${path}`);

test("what a layer holds comes with the directories above it, parents first", () =>
  expect(layer(rootOf("f0644 1 b/c/d\nf0644 1 a"))).toEqual(["f a", "d b", "d b/c", "f b/c/d"]));

test("a package's path goes through the links that are there", () => {
  const root = rootOf("d0755 usr/bin\nl bin -> usr/bin\nd0755 bin\nf0755 9 bin/sh");
  expect(layer(root)).toEqual(["l bin", "d usr", "d usr/bin", "f usr/bin/sh"]);
  expect(rootOf("l var/run -> /run\nf0644 1 var/run/x/y").get("run/x/y")).toMatchObject({ kind: "file" });
});

test("links that go in a circle are refused", () =>
  expect(() => rootOf("l a -> b\nl b -> a\nf0644 1 a/x")).toThrow("too many levels of symbolic links"));

test("the first package to ship a directory decides on its mode", () =>
  expect(rootOf("d1777 tmp\nd0755 tmp").get("tmp")).toMatchObject({ mode: 0o1777 }));

test("an upper layer repeats the directories of the lower one as they are, and hides what is removed", () => {
  const lower = rootOf("d0700 root\nf0644 1 root/a\nf0644 2 etc/b").merged();
  const root = new Root(lower);
  root.remove("etc");
  for (const entry of parseEntries("f0644 3 root/c")) root.put(entry, 9, {});
  expect(layer(root)).toEqual(["d root", "f root/c"]);
  expect(root.layer().get("root")).toMatchObject({ mode: 0o700, mtime: 7 });
  expect(root.removed).toEqual(["etc", "etc/b"]);
  expect([...root.merged().keys()].sort()).toEqual(["root", "root/a", "root/c"]);
  expect(() => root.remove("nothing")).toThrow("nothing to hide");
});

test("paths are ordered as a walk meets them", () =>
  expect(["a-b", "a/c", "a", "a/b/z", "b"].sort(comparePaths)).toEqual(["a", "a/b/z", "a/c", "a-b", "b"]));
