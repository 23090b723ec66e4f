/**
 * Builds the catalogue: `src/content/images/*.ts` and `src/content/packages/` become a static OCI registry in
 * `public/v2/`, package bundles in `public/packages/`, and `public/_headers`.
 *
 *     npm run catalogue                 build, and compare every digest with src/content/catalogue.lock.json
 *     npm run catalogue -- --update     build and rewrite the lock, after a change of content
 *     npm run catalogue -- --force      build even if nothing changed since the last time
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentRoot } from "./catalogue/facts.ts";
import { type BuiltImage, ImageBuilder } from "./catalogue/image.ts";
import { differences, type Lock, readLock, writeLock } from "./catalogue/lock.ts";
import { writePackages } from "./catalogue/packages.ts";
import { writeRegistry } from "./catalogue/registry.ts";
import { imageSources } from "./catalogue/sources.ts";

const projectRoot = new URL("..", import.meta.url).pathname;
const publicRoot = join(projectRoot, "public");
const stampFile = join(publicRoot, "v2", ".stamp");

async function main(): Promise<void> {
  const update = process.argv.includes("--update");
  const stamp = inputStamp();
  if (
    !update &&
    !process.argv.includes("--force") &&
    existsSync(stampFile) &&
    readFileSync(stampFile, "utf8") === stamp
  ) {
    console.log("catalogue: unchanged");
    return;
  }
  const started = performance.now();
  const builder = new ImageBuilder();
  const images: BuiltImage[] = [];
  for (const source of await imageSources()) images.push(await builder.build(source));

  // Built beside and then moved, so that a server never sees half a catalogue.
  const scratch = join(projectRoot, "node_modules", ".cache", `catalogue-${process.pid}`);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(join(scratch, "v2"), { recursive: true });
  writeRegistry(images, scratch);
  const packages: Record<string, string> = {};
  for (const name of distributions()) packages[name] = writePackages(name, scratch);

  const lock = lockOf(images, packages);
  const changed = differences(readLock(), lock);
  if (update) writeLock(lock);
  else if (changed.length > 0) {
    rmSync(scratch, { recursive: true, force: true });
    console.error(`catalogue: not what src/content/catalogue.lock.json says:\n  ${changed.join("\n  ")}`);
    console.error("If the content was meant to change: npm run catalogue -- --update, and commit the lock.");
    process.exitCode = 1;
    return;
  }
  mkdirSync(publicRoot, { recursive: true });
  for (const part of ["v2", "packages", "_headers"]) {
    if (!existsSync(join(scratch, part))) continue;
    rmSync(join(publicRoot, part), { recursive: true, force: true });
    renameSync(join(scratch, part), join(publicRoot, part));
  }
  rmSync(scratch, { recursive: true, force: true });
  writeFileSync(stampFile, stamp);
  report(images);
  console.log(`catalogue: ${images.length} images in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function distributions(): string[] {
  const folder = join(contentRoot, "packages");
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "archive.json")))
    .sort();
}

function lockOf(images: readonly BuiltImage[], packages: Record<string, string>): Lock {
  const locked: Record<string, Lock["images"][string]> = {};
  for (const { source, manifest, config, layers } of images) {
    locked[`${source.repository}:${source.tags[0]}`] = {
      manifest: manifest.digest,
      config: config.digest,
      layers: layers.map((layer) => layer.digest),
      diffIds: layers.map((layer) => layer.diffId),
    };
  }
  return { images: locked, packages };
}

function report(images: readonly BuiltImage[]): void {
  for (const { source, layers } of images) {
    const unpacked = layers.reduce((sum, layer) => sum + layer.unpacked, 0);
    const compressed = layers.reduce((sum, layer) => sum + layer.bytes.length, 0);
    const real = source.realUnpackedSize;
    const off = ((unpacked / real - 1) * 100).toFixed(1);
    console.log(
      `${`${source.repository}:${source.tags[0]}`.padEnd(28)} ${layers.length} layers, ` +
        `real ${megabytes(real)}, ours ${megabytes(unpacked)} (${off} %), ${megabytes(compressed)} to fetch`,
    );
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`;
}

/** One digest over all that the result depends on: content, scripts, the tar writer, the gzip library's version. */
function inputStamp(): string {
  const hash = createHash("sha256");
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else if (!path.endsWith(".test.ts")) {
      hash
        .update(`${path.slice(projectRoot.length)}\n`)
        .update(readFileSync(path))
        .update("\n");
    }
  };
  for (const part of ["scripts/catalogue", "scripts/catalogue.ts", "src/content/images", "src/content/packages"]) {
    visit(join(projectRoot, part));
  }
  for (const part of ["src/content/catalogue.lock.json", "src/core/tar", "src/core/oci", "package-lock.json"]) {
    if (existsSync(join(projectRoot, part))) visit(join(projectRoot, part));
  }
  return hash.digest("hex");
}

await main();
