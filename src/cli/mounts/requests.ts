import { EngineError } from "../../engine/error.ts";
import type { MountRequest } from "../../engine/operations/mounts.ts";
import type { Flags } from "../flags/parse.ts";
import { NotSimulatedError } from "../verb.ts";
import { type MountFlag, parseMount } from "./mount.ts";
import { parseTmpfs } from "./tmpfs.ts";
import { parseVolume } from "./volume.ts";

/** What -v, --mount and --tmpfs of `docker run` ask for, each in the order of the command line. */
export function mountRequests(flags: Flags): MountRequest[] {
  // The same -v twice is one; of two --tmpfs of one path the last counts.
  const volumes = [...new Set(flags.list("volume"))].map(fromVolume);
  const tmpfs = new Map(flags.list("tmpfs").map((spec) => [spec.split(":")[0], spec]));
  const mounts = flags.list("mount").map((text) => fromMount(parseMount(text)));
  return [...volumes, ...mounts, ...[...tmpfs.values()].map(parseTmpfs)];
}

function fromVolume(spec: string): MountRequest {
  const { type, source, target, mode } = parseVolume(spec);
  if (type === "bind") throw bindMount(source, target);
  const words = mode.split(",");
  return {
    type,
    source,
    target,
    readOnly: words.includes("ro"),
    copy: !words.includes("nocopy"),
    asked: "-v",
    bind: source === "" ? "" : spec,
  };
}

function fromMount({ type, source, target, readOnly, volume, tmpfs }: MountFlag): MountRequest {
  switch (type) {
    case "volume": {
      const [other] = volume?.others ?? [];
      if (other) throw new NotSimulatedError(`the option ${other} of --mount`, "the same mount without it");
      if (volume && !["", "local"].includes(volume.driver))
        throw new NotSimulatedError(`the volume driver ${volume.driver}`, "the driver local, which needs no option");
      const { copy, labels } = volume ?? { copy: true };
      return { type, source, target, readOnly, copy, asked: "--mount", bind: "", ...(labels ? { labels } : {}) };
    }
    case "tmpfs":
      if (source !== "") throw refused(type, "field Source must not be specified");
      return { type, target, readOnly, size: null, mode: null, ...tmpfs, asked: "--mount", options: "" };
    case "bind":
      throw bindMount(source, target);
    case "image":
      throw new NotSimulatedError("mounting an image", "`docker create IMAGE`, which gives the image a container");
    default:
      throw refused(type, "mount type unknown");
  }
}

function refused(type: string, reason: string): EngineError {
  return new EngineError("bad-mount", { message: `invalid mount config for type "${type}": ${reason}` });
}

function bindMount(source: string, target: string): NotSimulatedError {
  return new NotSimulatedError(
    `mounting ${source} of the host`,
    `a volume, which lies outside the layers too, as in \`-v NAME:${target}\``,
  );
}
