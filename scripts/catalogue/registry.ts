import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mediaType } from "../../src/core/oci/manifest.ts";
import type { Blob, BuiltImage } from "./image.ts";

/** Writes images as the files that answer a registry's GETs. (distribution-spec, "Pull") */
export function writeRegistry(images: readonly BuiltImage[], publicRoot: string): void {
  const tags = new Map<string, string[]>();
  for (const { source, manifest, config, layers } of images) {
    const name = join(publicRoot, "v2", source.repository);
    for (const blob of [config, ...layers]) put(join(name, "blobs", blob.digest), blob);
    put(join(name, "manifests", manifest.digest), manifest);
    for (const tag of source.tags) put(join(name, "manifests", tag), manifest);
    tags.set(source.repository, [...(tags.get(source.repository) ?? []), ...source.tags]);
  }
  for (const [name, list] of tags) {
    const repeated = list.find((tag, index) => list.indexOf(tag) !== index);
    if (repeated !== undefined) throw new Error(`${name}:${repeated} is claimed by two images`);
    const file = join(publicRoot, "v2", name, "tags", "list");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ name, tags: list.sort() }));
  }
  writeFileSync(join(publicRoot, "v2", "_catalog"), JSON.stringify({ repositories: [...tags.keys()].sort() }));
  writeFileSync(join(publicRoot, "_headers"), headers([...tags.keys()].sort()));
}

function put(file: string, blob: Blob): void {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || !file.includes("/blobs/")) writeFileSync(file, blob.bytes);
}

/**
 * For static hosts that read `_headers`: a manifest must go out with its own media type or no client
 * accepts it. One rule for each repository, because hosts allow one asterisk in a rule.
 */
function headers(repositories: readonly string[]): string {
  const rules = repositories.flatMap((name) => [
    `/v2/${name}/manifests/*\n  Content-Type: ${mediaType.ociManifest}`,
    `/v2/${name}/blobs/*\n  Content-Type: application/octet-stream\n  Cache-Control: public, max-age=31536000, immutable`,
    `/v2/${name}/tags/list\n  Content-Type: application/json`,
  ]);
  const all = "/v2/*\n  Access-Control-Allow-Origin: *\n  Docker-Distribution-Api-Version: registry/2.0";
  // A module of another origin runs only with leave.
  const element = "/lamina-scene.js\n  Access-Control-Allow-Origin: *";
  return `${[all, ...rules, element].join("\n")}\n`;
}
