import { hexOf } from "../../core/oci/digest.ts";
import { imageSize } from "../../engine/host-state.ts";
import { tagsOf } from "../../engine/layer-story.ts";
import type { EngineState, Image } from "../../engine/state.ts";
import { digestsOf } from "../images.ts";
import { nilMap, nilSlice, type Value } from "../template/value.ts";
import { goMap, layerDirectory } from "./storage.ts";

/** What `docker image inspect` shows of an image, fields in dockerd's order. */
export function inspectImage(state: EngineState, image: Image): Value {
  const { config } = image;
  const run = config.config ?? {};
  return {
    Id: image.id,
    RepoTags: tagsOf(state, image),
    RepoDigests: digestsOf(state, image),
    Parent: image.parent ?? "",
    Comment: config.history?.at(-1)?.comment ?? "",
    Created: config.created ?? "",
    DockerVersion: text(config["docker_version"]),
    Author: config.author ?? "",
    Architecture: config.architecture,
    ...(config.variant ? { Variant: config.variant } : {}),
    Os: config.os,
    Size: imageSize(state, image),
    GraphDriver: { Data: drivers(image), Name: "overlay2" },
    RootFS: { Type: "layers", ...(image.layers.length > 0 ? { Layers: [...config.rootfs.diff_ids] } : {}) },
    Metadata: { LastTagTime: "0001-01-01T00:00:00Z" },
    Config: {
      ...(run["ArgsEscaped"] === true ? { ArgsEscaped: true } : {}),
      Cmd: run.Cmd ?? nilSlice,
      Entrypoint: run.Entrypoint ?? nilSlice,
      Env: run.Env ?? nilSlice,
      ...(run.ExposedPorts ? { ExposedPorts: goMap(run.ExposedPorts) } : {}),
      ...(run.Healthcheck === undefined ? {} : { Healthcheck: run.Healthcheck as Value }),
      Labels: run.Labels ? goMap(run.Labels) : nilMap,
      OnBuild: run.OnBuild ?? nilSlice,
      ...(run.Shell ? { Shell: run.Shell } : {}),
      ...(run.StopSignal ? { StopSignal: run.StopSignal } : {}),
      User: run.User ?? "",
      Volumes: run.Volumes ? goMap(run.Volumes) : nilMap,
      WorkingDir: run.WorkingDir ?? "",
    },
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Top layer as the upper directory, the layers below it as a list, top first. */
function drivers({ layers }: Image): Value {
  const [top, ...below] = layers.toReversed().map((chain) => layerDirectory(hexOf(chain)));
  if (top === undefined) return nilMap;
  return new Map<string, Value>([
    ...(below.length > 0 ? [["LowerDir", below.map((directory) => `${directory}/diff`).join(":")] as const] : []),
    ["MergedDir", `${top}/merged`],
    ["UpperDir", `${top}/diff`],
    ["WorkDir", `${top}/work`],
  ]);
}
