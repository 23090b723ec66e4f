import type { EngineEvent } from "../../engine/event.ts";
import type { HostState, HostVolume } from "../../engine/host-state.ts";
import type { StackMount, StackTarget, StackView } from "../../engine/stack-view.ts";

/** Something a container mounts: it stands beside the stack, not in it. */
export interface Outside extends StackMount {
  /** The same volume mounted twice is two things. */
  readonly key: string;
  readonly anonymous: boolean;
  /** False when it is left behind: the stack that is shown is an image committed just now. */
  readonly attached: boolean;
  /** Where a click on it leads. */
  readonly look: { readonly target: StackTarget; readonly path: string };
}

export const outsideKey = ({ volume, target }: Pick<StackMount, "volume" | "target">): string =>
  `${volume ?? "tmpfs"}@${target}`;

/** The column of the open directory `path` that leads to `target`, which is below it; null when none does. */
export function columnOf(path: string, target: string): string | null {
  const under = path === "/" ? "/" : `${path}/`;
  if (!target.startsWith(under) || target === under) return null;
  return target.slice(under.length).split("/")[0] ?? null;
}

/** What stands beside this stack; after a commit, what the commit has left where it was. */
export function outsideOf(view: StackView, host: HostState, event: EngineEvent | null): readonly Outside[] {
  const { target } = view;
  if (target.kind === "container") return view.mounts.map((mount) => standing(mount, host, target, true));
  if (event?.type !== "container.commit" || target.id !== event.image) return [];
  const container = host.containers.find((one) => one.id === event.container);
  return (container?.mounts ?? []).map((mount) => {
    const volume = volumeOf(host, mount.volume);
    const sizes = { size: volume?.size ?? 0, files: volume?.files ?? 0, hides: 0 };
    return standing({ ...mount, ...sizes }, host, { kind: "container", id: event.container }, false);
  });
}

function standing(mount: StackMount, host: HostState, target: StackTarget, attached: boolean): Outside {
  const anonymous = volumeOf(host, mount.volume)?.anonymous ?? false;
  return { ...mount, key: outsideKey(mount), anonymous, attached, look: { target, path: mount.target } };
}

export function volumeOf(host: HostState, name: string | null): HostVolume | undefined {
  return name === null ? undefined : host.volumes.find((volume) => volume.name === name);
}
