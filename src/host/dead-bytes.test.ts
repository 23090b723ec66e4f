import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { ImageId } from "../core/oci/digest.ts";
import type { DeadBytes } from "../engine/insight/dead-bytes.ts";
import type { FileRead } from "../engine/insight/file.ts";
import { PracticePage } from "./practice.ts";

const LONG = 120_000;

async function deadBytesOf(page: PracticePage, ref: string): Promise<DeadBytes> {
  const image = page.host.state(null).images.find(({ refs }) => refs.includes(ref));
  const target = { kind: "image", id: image?.id as ImageId } as const;
  return (await page.host.insight({ about: "dead-bytes", step: null, target })) as DeadBytes;
}

/** Each part is made in one layer and dies, or not, in the next; all sizes are known. */
const MAKE =
  "mkdir -p /d/over /d/meta /d/gone/deep /d/again /d/file /d/dir && cd /d && " +
  "truncate -s 100000 over/a && truncate -s 20000 meta/a && truncate -s 3000 gone/a && " +
  "truncate -s 400 gone/deep/b && truncate -s 50 again/a && truncate -s 6 file/a && " +
  "truncate -s 700000 dir/a && truncate -s 8000000 kept && ln kept name && truncate -s 9000000 once";
const END =
  "cd /d && echo x > over/a && chmod 600 meta/a && rm -r gone again file dir/a && mkdir again dir/a && echo y > again/b && " +
  "echo z > file && rm name once";

describe("an image built in the page", () => {
  let page: PracticePage;
  beforeAll(async () => {
    page = await PracticePage.open();
    for (const line of [
      `docker run --name one alpine:3.20 sh -c '${MAKE}'`,
      "docker commit one my/made",
      `docker run --name two my/made sh -c '${END}'`,
      "docker commit two my/ended",
    ]) {
      expect(await page.type(line)).toMatchObject({ exitCode: 0 });
    }
  }, LONG);

  test("each file that no path reaches, with its reason and its size, and no other", async () => {
    const { groups, dead, files } = await deadBytesOf(page, "my/ended:latest");
    const told = groups.flatMap(({ first, reason, whole, directory }) =>
      first.map(({ path, size }) => `${path} ${size} ${reason}${whole ? ` with ${directory}` : ""}`),
    );
    expect(told.toSorted()).toEqual([
      "/d/again/a 50 opaque with /d/again",
      "/d/dir/a 700000 replaced",
      "/d/file/a 6 replaced with /d/file",
      "/d/gone/a 3000 deleted with /d/gone",
      "/d/gone/deep/b 400 deleted with /d/gone",
      "/d/meta/a 20000 metadata",
      "/d/once 9000000 deleted",
      "/d/over/a 100000 overwritten",
    ]);
    // One name of /d/kept went, its bytes live on under the other.
    expect([files, dead]).toEqual([8, 9_823_456]);
  });

  test("what lives and what is dead are all the bytes of the layers", async () => {
    const { total, dead } = await deadBytesOf(page, "my/ended:latest");
    await page.type("docker create --name three my/ended");
    const listing = await page.says("docker export three | tar -tv");
    // Hard links are listed as such, without bytes of their own.
    const files = listing.split("\n").filter((line) => line.startsWith("-"));
    const live = files.reduce((sum, line) => sum + Number(line.split(/\s+/)[2]), 0);
    // dockerd puts empty files of its own over these.
    const image = page.host.state(null).images.find(({ refs }) => refs.includes("my/ended:latest"));
    const target = { kind: "image", id: image?.id as ImageId } as const;
    let covered = 0;
    for (const path of ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"]) {
      const question = { about: "file", step: null, target, layer: null, path, limit: 0 } as const;
      covered += ((await page.host.insight(question)) as FileRead | null)?.size ?? 0;
    }
    expect(total - dead).toBe(live + covered);
  });
});

interface Recorded {
  readonly archives: readonly { readonly file: string; readonly total: number; readonly dead: number }[];
}

test("archives made by others: as recorded with the kernel's overlayfs", { timeout: LONG }, async () => {
  const { archives } = JSON.parse(
    readFileSync(new URL("testdata/dead-bytes.json", import.meta.url), "utf8"),
  ) as Recorded;
  const folder = new URL("../../../shared/images/", import.meta.url);
  const here = archives.filter(({ file }) => existsSync(new URL(file, folder)));
  console.log(`dead bytes: ${here.length} archives read, ${archives.length - here.length} are not here`);
  for (const { file, total, dead } of here) {
    const page = await PracticePage.open();
    const [name = ""] = await page.host.importImage(new Blob([readFileSync(new URL(file, folder))]));
    const found = await deadBytesOf(page, name);
    expect({ file, total: found.total, dead: found.dead }).toEqual({ file, total, dead });
  }
});
