import { sha256 } from "./digest.ts";
import type { DiffId, ImageId } from "./digest.ts";

/** The part of an image config that says how to run it. Keys as in the JSON. (image-spec, config.md "config") */
export interface ImageRunConfig {
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>> | null;
  readonly Env?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>> | null;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly StopSignal?: string;
  readonly OnBuild?: readonly string[] | null;
  readonly Shell?: readonly string[];
  readonly Healthcheck?: unknown;
  readonly [docker: string]: unknown;
}

/** One line of `docker history`. (image-spec, config.md "history") */
export interface HistoryEntry {
  /** RFC 3339. */
  readonly created?: string;
  readonly created_by?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** application/vnd.oci.image.config.v1+json, or docker's own of the same shape. */
export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly created?: string;
  readonly author?: string;
  readonly config?: ImageRunConfig;
  readonly rootfs: { readonly type: "layers"; readonly diff_ids: readonly DiffId[] };
  readonly history?: readonly HistoryEntry[];
  readonly [docker: string]: unknown;
}

/** Reads a config's JSON. One without layers may say null. */
export function parseConfig(text: string): ImageConfig {
  const config = JSON.parse(text) as ImageConfig;
  if (!config.rootfs || config.rootfs.diff_ids) return config;
  return { ...config, rootfs: { ...config.rootfs, diff_ids: [] } };
}

/** Digest of the config's bytes, whatever wrote them. (image-spec, config.md "ImageID") */
export function imageId(configText: string): ImageId {
  return sha256<ImageId>(new TextEncoder().encode(configText));
}
