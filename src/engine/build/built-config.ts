import type { HistoryEntry, ImageConfig, ImageRunConfig } from "../../core/oci/config.ts";
import type { DiffId } from "../../core/oci/digest.ts";
import { goJson, sortedKeys } from "../../core/oci/json.ts";
import { goHistory } from "../child-config.ts";

export const COMMENT = "buildkit.dockerfile.v0";

/** What a build makes an image of. */
export interface Built {
  readonly platform: Pick<ImageConfig, "architecture" | "os" | "variant">;
  readonly author: string;
  readonly config: ImageRunConfig;
  /** Lines of the base first; without `created` where no layer says when. */
  readonly history: readonly HistoryEntry[];
  readonly diffIds: readonly DiffId[];
}

/** The config of a built image, byte for byte as BuildKit's exporter writes it. (exporter/containerimage, patchImageConfig) */
export function builtConfigText({ platform, author, config, history, diffIds }: Built): string {
  const dated = withTimes(history);
  const created = dated.findLast((entry) => entry.created !== undefined)?.created ?? null;
  // Go marshals it as a map: keys sorted.
  return goJson({
    architecture: platform.architecture,
    ...(author ? { author } : {}),
    config: ociConfig(config),
    created,
    history: dated.map(goHistory),
    os: platform.os,
    rootfs: { type: "layers", diff_ids: diffIds.length > 0 ? diffIds : null },
    ...(platform.variant ? { variant: platform.variant } : {}),
  });
}

/** A line without a layer has the time of the last layer below it; one below the first new layer that layer's. (normalizeLayersAndHistory) */
function withTimes(history: readonly HistoryEntry[]): HistoryEntry[] {
  let created: string | undefined;
  let missing = false;
  for (const entry of history) {
    if (entry.created === undefined) missing = true;
    else {
      created = entry.created;
      if (missing) break;
    }
  }
  missing = false;
  return history.map((entry) => {
    if (entry.created !== undefined) {
      if (missing) created = entry.created;
      return entry;
    }
    missing = true;
    return created === undefined ? entry : { ...entry, created };
  });
}

const filled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && (typeof value !== "object" || Object.keys(value).length > 0);

/** In the order of the image-spec's struct, docker's own keys last; empty ones are left out. */
function ociConfig(config: ImageRunConfig): Record<string, unknown> {
  const { ExposedPorts, Volumes, Labels } = config;
  const ordered = {
    User: config.User,
    ExposedPorts: ExposedPorts && sortedKeys(ExposedPorts),
    Env: config.Env,
    Entrypoint: config.Entrypoint,
    Cmd: config.Cmd,
    Volumes: Volumes && sortedKeys(Volumes),
    WorkingDir: config.WorkingDir,
    Labels: Labels && sortedKeys(Labels),
    StopSignal: config.StopSignal,
    ArgsEscaped: config["ArgsEscaped"] === true ? true : undefined,
    Healthcheck: config.Healthcheck,
    OnBuild: config.OnBuild,
    Shell: config.Shell,
  };
  return Object.fromEntries(Object.entries(ordered).filter(([, value]) => filled(value)));
}
