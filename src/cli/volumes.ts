import { EngineError } from "../engine/error.ts";
import type { EngineState, Volume } from "../engine/state.ts";
import { CommandError } from "./verb.ts";

/** By its whole name; the client itself does not ask for an empty one. */
export function findVolume(state: EngineState, name: string): Volume {
  checkVolumeName(name);
  const volume = state.volumes.get(name);
  if (volume === undefined) throw new EngineError("no-such-volume", { name });
  return volume;
}

export function checkVolumeName(name: string): void {
  if (name === "") throw new CommandError("invalid volume name or ID: value is empty");
}
