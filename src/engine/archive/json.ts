import * as v from "valibot";
import type { ImageConfig } from "../../core/oci/config.ts";
import { isDigest } from "../../core/oci/digest.ts";
import type { Digest } from "../../core/oci/digest.ts";
import { refuse } from "./files.ts";

const digest = v.custom<Digest>((value) => typeof value === "string" && isDigest(value), "invalid digest");

const descriptor = v.looseObject({
  mediaType: v.string(),
  digest,
  size: v.number(),
  annotations: v.nullish(v.record(v.string(), v.string())),
  platform: v.nullish(v.looseObject({ architecture: v.optional(v.string(), ""), os: v.optional(v.string(), "") })),
});

/** index.json, or an index within it; docker 25 wrote null for an empty one. (image-spec, image-index.md) */
export const index = v.looseObject({ manifests: v.nullish(v.array(descriptor)) });

/** (image-spec, manifest.md) */
export const manifest = v.looseObject({
  config: descriptor,
  layers: v.array(descriptor),
  annotations: v.nullish(v.record(v.string(), v.string())),
});

/** Docker's manifest.json. (moby, image/tarexport/tarexport.go, `manifestItem`) */
export const dockerManifest = v.array(
  v.looseObject({
    Config: v.string(),
    RepoTags: v.nullish(v.array(v.string())),
    Layers: v.nullish(v.array(v.string())),
  }),
);

const config = v.looseObject({
  os: v.optional(v.string(), "linux"),
  rootfs: v.looseObject({ diff_ids: v.nullish(v.array(digest)) }),
});

/** The value, when it has the shape; `name` is the file's, for the refusal. */
export function parsed<S extends v.GenericSchema>(text: string, name: string, shape: S): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`invalid ${name}: ${(error as SyntaxError).message}`);
  }
  const result = v.safeParse(shape, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  return refuse(`invalid ${name}: ${path === null ? "" : `${path}: `}${issue.message}`);
}

/** An image config that a Linux host can use. */
export function parsedConfig(text: string): ImageConfig {
  const { os, rootfs } = parsed(text, "image config", config);
  if (os !== "" && os !== "linux") refuse(`cannot load ${os} image on linux`);
  const value = JSON.parse(text) as ImageConfig;
  return rootfs.diff_ids ? value : { ...value, rootfs: { type: "layers", diff_ids: [] } };
}
