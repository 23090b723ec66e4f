import type { HistoryEntry, ImageConfig, ImageRunConfig } from "../core/oci/config.ts";
import type { DiffId } from "../core/oci/digest.ts";
import { goJson } from "../core/oci/json.ts";
import type { ContainerId } from "./event.ts";
import { orderedConfig } from "./run-config.ts";
import { DOCKER_VERSION } from "./dockerd.ts";

/** RFC 3339 as Go prints it: no zeros at the end of the fraction. (time.RFC3339Nano) */
export function goTime(text: string): string {
  return text.replace(/(\.\d*?)0+(?=Z|[+-])/, "$1").replace(/\.(?=Z|[+-])/, "");
}

/** As Go marshals it. */
export function goHistory(entry: HistoryEntry): HistoryEntry {
  return {
    ...(entry.created ? { created: goTime(entry.created) } : {}),
    ...(entry.created_by ? { created_by: entry.created_by } : {}),
    ...(entry.author ? { author: entry.author } : {}),
    ...(entry.comment ? { comment: entry.comment } : {}),
    ...(entry.empty_layer ? { empty_layer: true } : {}),
  };
}

export interface Child {
  readonly container: ContainerId;
  readonly containerConfig: ImageRunConfig;
  readonly config: ImageRunConfig;
  /** RFC 3339. */
  readonly created: string;
  readonly author: string;
  readonly comment: string;
  /** null: nothing had changed. */
  readonly diffId: DiffId | null;
  /** As dockerd's own, unless a recorded config of another build is to be met. */
  readonly dockerVersion?: string;
}

/** The config of an image committed from a container on `parent`, byte for byte as dockerd writes it. (moby, image.go `NewChildImage`) */
export function childConfigText(parent: ImageConfig, child: Child): string {
  const history: HistoryEntry = {
    created: child.created,
    created_by: (child.containerConfig.Cmd ?? []).join(" "),
    author: child.author,
    comment: child.comment,
    empty_layer: child.diffId === null,
  };
  const osFeatures = parent["os.features"];
  const osVersion = parent["os.version"];
  // Go marshals the image as a map: keys sorted.
  return goJson({
    architecture: parent.architecture,
    ...(child.author ? { author: child.author } : {}),
    config: orderedConfig(child.config),
    container: child.container,
    container_config: orderedConfig(child.containerConfig),
    created: goTime(child.created),
    docker_version: child.dockerVersion ?? DOCKER_VERSION,
    history: [...(parent.history ?? []), history].map(goHistory),
    os: parent.os,
    ...(osFeatures ? { "os.features": osFeatures } : {}),
    ...(osVersion ? { "os.version": osVersion } : {}),
    rootfs: {
      type: "layers",
      diff_ids: child.diffId === null ? parent.rootfs.diff_ids : [...parent.rootfs.diff_ids, child.diffId],
    },
    ...(parent.variant ? { variant: parent.variant } : {}),
  });
}
