import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { imageId } from "../core/oci/config.ts";
import type { ImageConfig } from "../core/oci/config.ts";
import { childConfigText, goTime } from "./child-config.ts";
import type { ContainerId } from "./event.ts";

/** The config of `docker commit -m "add data" -a "Jane Doe <j@x.y>" c1 my/app:1.0`, as a real dockerd wrote it. */
const recorded = readFileSync(new URL("testdata/docker-28.5-commit.txt", import.meta.url), "utf8");
const golden = JSON.parse(recorded) as ImageConfig;

test("an image committed here has the bytes, and so the id, that dockerd gave it", () => {
  const history = golden.history ?? [];
  const { diff_ids } = golden.rootfs;
  const parent: ImageConfig = {
    architecture: golden.architecture,
    os: golden.os,
    rootfs: { type: "layers", diff_ids: diff_ids.slice(0, -1) },
    history: history.slice(0, -1),
  };
  const text = childConfigText(parent, {
    container: golden["container"] as ContainerId,
    containerConfig: golden.config ?? {},
    config: golden.config ?? {},
    created: golden.created ?? "",
    author: "Jane Doe <j@x.y>",
    comment: "add data",
    diffId: diff_ids.at(-1) ?? null,
    dockerVersion: "28.5.2+dfsg4",
  });
  expect(text).toBe(recorded);
  expect(imageId(text)).toBe("sha256:9ae6af37c9c00e5c61984bc47cc96e9bd80f6a0e29f57db93c73875277f552fb");
});

test.each([
  ["2026-11-23T17:49:25.159112175Z", "2026-11-23T17:49:25.159112175Z"],
  ["2026-11-23T17:49:25.100Z", "2026-11-23T17:49:25.1Z"],
  ["2026-11-23T17:49:25.000Z", "2026-11-23T17:49:25Z"],
  ["2026-11-23T17:49:20Z", "2026-11-23T17:49:20Z"],
  ["2026-11-23T17:49:20.50+08:00", "2026-11-23T17:49:20.5+08:00"],
])("Go prints %s as %s", (text, printed) => {
  expect(goTime(text)).toBe(printed);
});
