import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lock from "../src/content/catalogue.lock.json" with { type: "json" };
import { expect, test } from "@playwright/test";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

interface Manifest {
  readonly mediaType: string;
  readonly config: { readonly digest: string; readonly size: number };
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

/** `vite` as `npm run dev` starts it, on a port of its own. */
async function developmentServer(): Promise<{ readonly address: string; readonly process: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, ["node_modules/vite/bin/vite.js", "--port", String(port), "--strictPort"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const address = `http://127.0.0.1:${port}/`;
  await expect
    .poll(() =>
      fetch(`${address}v2/`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  return { address, process: child };
}

async function answersAsARegistry(base: string): Promise<void> {
  const version = await fetch(`${base}v2/`);
  expect([version.status, await version.text()]).toEqual([200, "{}"]);
  const unknown = await fetch(`${base}v2/library/ubuntu/manifests/nosuch`);
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { errors: [{ code: "MANIFEST_UNKNOWN", message: expect.any(String) as unknown }] },
  ]);
  for (const reference of Object.keys(lock.images)) {
    await test.step(reference, async () => {
      const [name = "", tag = ""] = reference.split(":");
      const answer = await fetch(`${base}v2/${name}/manifests/${tag}`, { headers: { Accept: MANIFEST } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe(MANIFEST);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const byDigest = await fetch(`${base}v2/${name}/manifests/${sha256(bytes)}`);
      expect(byDigest.headers.get("content-type")).toBe(MANIFEST);
      expect(new Uint8Array(await byDigest.arrayBuffer())).toEqual(bytes);
      const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
      expect(manifest.mediaType).toBe(MANIFEST);
      for (const { digest, size } of [manifest.config, ...manifest.layers]) {
        const blob = new Uint8Array(await (await fetch(`${base}v2/${name}/blobs/${digest}`)).arrayBuffer());
        expect([sha256(blob), blob.length]).toEqual([digest, size]);
      }
    });
  }
}

function copiedBySkopeo(base: string): void {
  const host = new URL(base).host;
  const folder = mkdtempSync(join(tmpdir(), "lamina-skopeo-"));
  try {
    const copied = spawnSync(
      "skopeo",
      [
        "copy",
        "--insecure-policy",
        "--src-tls-verify=false",
        `docker://${host}/library/ubuntu:22.04`,
        `oci:${folder}/out:1`,
      ],
      { encoding: "utf8" },
    );
    if (copied.error) {
      console.log("there is no skopeo here: what it makes of the catalogue is not tried");
      return;
    }
    expect(copied.stderr).toBe("");
    expect(copied.status).toBe(0);
    const index = JSON.parse(readFileSync(join(folder, "out/index.json"), "utf8")) as {
      manifests: { digest: string }[];
    };
    const digest = index.manifests[0]?.digest.slice("sha256:".length) ?? "";
    const manifest = JSON.parse(readFileSync(join(folder, "out/blobs/sha256", digest), "utf8")) as Manifest;
    for (const blob of [manifest.config, ...manifest.layers]) {
      expect(sha256(readFileSync(join(folder, "out/blobs/sha256", blob.digest.slice("sha256:".length))))).toBe(
        blob.digest,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the built page's server answers as a registry, to fetch and to skopeo", async ({ baseURL }) => {
  if (!baseURL) throw new Error("the configuration has no address");
  await answersAsARegistry(baseURL);
  copiedBySkopeo(baseURL);
});

test("the development server does, too", async () => {
  const server = await developmentServer();
  try {
    await answersAsARegistry(server.address);
    copiedBySkopeo(server.address);
  } finally {
    server.process.kill();
  }
});
