import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

test("a committed layer, read out of the browser's store, is a tar that GNU tar lists right", async ({ host }) => {
  for (const line of [
    "docker run -it --name web ubuntu:22.04 bash",
    "mkdir -p /srv/app/empty && chmod 2775 /srv/app && chown 33:33 /srv/app",
    "printf 'hello' > /srv/app/index.html && chmod 640 /srv/app/index.html && chown www-data:adm /srv/app/index.html",
    "ln -s index.html /srv/app/link && ln /srv/app/index.html /srv/app/hard",
    "echo 中文 > '/srv/名 字.txt'",
    `touch /srv/${"long-".repeat(40)}name`,
    "rm /etc/legal && rm -r /usr/share/doc/bash && mkdir /usr/share/doc/bash && touch /usr/share/doc/bash/new",
    "echo x >> /etc/bash.bashrc",
    "exit",
    'docker commit -m "tar" web mine:1',
  ]) {
    expect(await host.run(line), line).toMatchObject({ exitCode: 0 });
  }
  const state = await host.state();
  const image = imageOf(state, "mine:1");
  const layer = state.layers.find((one) => one.chainId === image.chain.at(-1));
  if (!layer) throw new Error("the image has no top layer");
  const blob = Buffer.from(
    await host.page.evaluate(async (digest) => {
      const opened = indexedDB.open("lamina");
      const database = await new Promise<IDBDatabase>((resolve) => {
        opened.onsuccess = () => resolve(opened.result);
      });
      const request = database.transaction("blobs").objectStore("blobs").get(digest);
      const found = await new Promise<Blob>((resolve) => {
        request.onsuccess = () => resolve(request.result as Blob);
      });
      database.close();
      const bytes = new Uint8Array(await found.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }, layer.digest),
    "base64",
  );
  expect(sha256(blob)).toBe(layer.digest);
  const bytes = gunzipSync(blob);
  expect(sha256(bytes)).toBe(layer.diffId);
  expect(image.layers.at(-1)).toBe(layer.diffId);

  const folder = mkdtempSync(join(tmpdir(), "lamina-tar-"));
  try {
    const file = join(folder, "layer.tar");
    writeFileSync(file, bytes);
    const listed = spawnSync("tar", ["--numeric-owner", "--quoting-style=literal", "-tvf", file], {
      encoding: "utf8",
      env: { ...process.env, TZ: "UTC", LC_ALL: "C.UTF-8" },
    });
    if (listed.error || !spawnSync("tar", ["--version"], { encoding: "utf8" }).stdout.includes("GNU tar")) {
      console.log("there is no GNU tar here: its listing is not compared");
      return;
    }
    expect(listed.stderr).toBe("");
    expect(listed.status).toBe(0);
    const lines = listed.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/ +/g, " ").replace(/ \d{4}-\d\d-\d\d \d\d:\d\d /, " "));
    for (const line of [
      "drwxrwsr-x 33/33 0 srv/app/",
      "drwxr-xr-x 0/0 0 srv/app/empty/",
      // The group comes from the setgid directory.
      "lrwxrwxrwx 0/33 0 srv/app/link -> index.html",
      "-rw-r--r-- 0/0 7 srv/名 字.txt",
      `-rw-r--r-- 0/0 0 srv/${"long-".repeat(40)}name`,
      "drwxr-xr-x 0/0 0 usr/share/doc/bash/",
      "-rw-r--r-- 0/0 0 usr/share/doc/bash/new",
    ]) {
      expect(lines).toContain(line);
    }
    const names = lines.map((line) => line.split(" ").slice(3).join(" "));
    expect(names).toContain("etc/.wh.legal");
    expect(names.filter((name) => name.startsWith("usr/share/doc/bash/.wh."))).toEqual([
      "usr/share/doc/bash/.wh..wh..opq",
    ]);
    expect(lines.find((line) => line.includes("etc/.wh.legal"))).toMatch(/^-\S+ 0\/0 0 /);
    // One of the two names holds the bytes, the other is a hard link to it.
    const pair = lines.filter((line) => /srv\/app\/(index\.html|hard)\b/.test(line) && !line.startsWith("l"));
    expect(pair.toSorted()).toEqual([
      "-rw-r----- 33/4 5 srv/app/hard",
      "hrw-r----- 33/4 0 srv/app/index.html link to srv/app/hard",
    ]);
    expect(names.filter((name) => name === "etc/bash.bashrc")).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
