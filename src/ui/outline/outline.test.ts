import { expect, test } from "vitest";
import { en } from "../../content/locales/en.ts";
import { zhCN } from "../../content/locales/zh-CN.ts";
import {
  containerFixture,
  digestOf,
  hostFixture,
  imageFixture,
  layerFixture,
  mountFixture,
  viewFixture,
} from "../fixture.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { hostOutline } from "./host-outline.ts";
import { type OutlineItem, atMost } from "./outline-item.ts";
import { stackOutline, stackTitle } from "./stack-outline.ts";

const host = hostFixture({
  layers: [layerFixture("a", null, { name: "debian:12", usedBy: [digestOf("redis"), digestOf("nginx")] as never })],
  images: [
    imageFixture("redis", ["a"], { refs: ["redis:7"] }),
    imageFixture("nginx", ["a", "b"], { refs: ["nginx:1"] }),
  ],
  containers: [containerFixture("c".repeat(64), "redis", { name: "web", mounts: [] })],
});

/** As indented lines. */
const written = (items: readonly OutlineItem[], depth = 0): string[] =>
  items.flatMap(({ words, items: inside }) => [`${"  ".repeat(depth)}${words}`, ...written(inside, depth + 1)]);

const stack = viewFixture(["writable", "init", "a"], { fresh: "0", copied: "0 2", gone: "0w 2", plain: "2" });
const view: StackView = {
  ...stack,
  columns: stack.columns.map((column) =>
    column.name === "copied"
      ? { ...column, cells: column.cells.map((cell) => (cell.row === 0 ? { ...cell, copiedUp: true } : cell)) }
      : column,
  ),
  folded: [{ row: 2, count: 285 }],
};

test("a stack is told from the top down, with what becomes of every entry", () => {
  expect(stackTitle(view, host, en)).toBe("Container web of redis:1, directory /");
  expect(written(stackOutline(view, host, null, en))).toEqual([
    "Merged view, what the container sees: 10 B from 3 layers",
    "  fresh, file, 3 B, from the writable layer of web",
    "  copied, file, 3 B, from the writable layer of web",
    "  gone: deleted, hidden by a whiteout in the writable layer of web",
    "  plain, file, 3 B, from debian:12",
    "  285 more entries",
    "Layer 3 of 3: the writable layer of web, 10 B at rest, 10 B merged up to here, 1 added",
    "  fresh, file, 3 B, new",
    "  copied, file, 3 B, copied up from debian:12",
    "  gone, whiteout, hides that of debian:12",
    "Layer 2 of 3: init layer, read-only, put there by dockerd, 10 B at rest, 10 B merged up to here, 1 added",
    "Layer 1 of 3: debian:12, read-only, ADD rootfs.tar, 10 B at rest, 10 B merged up to here, 1 added",
    "  copied, file, 3 B, hidden by the writable layer of web",
    "  gone, file, 3 B, hidden by the whiteout in the writable layer of web",
    "  plain, file, 3 B",
  ]);
});

test("the same in Chinese", () => {
  const lines = written(stackOutline(view, host, null, zhCN));
  expect(stackTitle(view, host, zhCN)).toBe("容器 web（镜像 redis:1），目录 /");
  expect(lines).toContain("  copied，文件，3 B，从 debian:12 向上复制而来");
  expect(lines).toContain("  gone：已删除，被 web 的可写层中的白障遮住");
  expect(lines.join("")).not.toMatch(/undefined|null|NaN/);
});

test("what is mounted is told apart from the layers, and hides what they have there", () => {
  const mounts = [mountFixture("data:/data", { hides: 2, files: 1, size: 5 }), mountFixture(":/run")];
  const columns = viewFixture(["writable", "init", "a"], { data: "2", run: "2" }).columns.map((column, mount) => ({
    ...column,
    mount,
  }));
  const lines = written(stackOutline({ ...view, columns, folded: [], mounts }, host, null, en));
  expect(lines[1]).toBe(
    "  data, mount point, What is seen here is the volume data, not the layers. 2 entries that they have here are hidden.",
  );
  expect(lines).toContain("  data, file, 3 B, hidden by the mount");
  expect(lines.slice(-3)).toEqual([
    "outside the layers",
    "  volume data, mounted at /data, 1 file, 5 B",
    "  tmpfs, mounted at /run, in memory",
  ]);
});

test("a host is told by images with their containers, layers with their users, and the disk", () => {
  expect(written(hostOutline(host, en))).toEqual([
    "Images: 2",
    "  redis:7, 1 kB, 1 layer",
    "    container web, running, its writable layer has 0 B",
    "  nginx:1, 2 kB, 2 layers, stands on debian:12",
    "read-only layers, each stored once: 1",
    "  debian:12, ADD rootfs.tar, 1 kB, used by redis:7 and nginx:1",
    "Disk: images together 0 B · really stored 0 B · sharing saves 0 B",
  ]);
});

test("long lists are cut, and say how much is left out", () => {
  const items = Array.from({ length: 100 }, (_, n): OutlineItem => ({ key: `${n}`, words: `${n}`, items: [] }));
  const cut = atMost(items, (n) => `${n} more`, 5);
  expect(cut).toHaveLength(61);
  expect(cut.at(-1)?.words).toBe("45 more");
  expect(atMost(items.slice(0, 3), String)).toHaveLength(3);
});
