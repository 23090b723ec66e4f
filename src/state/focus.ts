import type { EngineEvent } from "../engine/event.ts";
import type { HostState } from "../engine/host-state.ts";
import type { StackTarget } from "../engine/stack-view.ts";

/** What the stage looks at: a stack, and the directory that is open in it. */
export interface Focus {
  readonly target: StackTarget;
  readonly path: string;
}

const parent = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));

/** Where an event is best seen; null when it is seen from anywhere (a pull that is still under way). */
export function focusOf(event: EngineEvent, current: Focus | null): Focus | null {
  switch (event.type) {
    case "image.pulled":
    case "image.tag":
    case "image.import":
      return { target: { kind: "image", id: event.image }, path: "/" };
    // A process sees all of it from the root, whatever has been made ready for it before.
    case "container.create":
    case "container.start":
      return { target: { kind: "container", id: event.container }, path: "/" };
    case "container.exec": {
      const same = current?.target.kind === "container" && current.target.id === event.container;
      return { target: { kind: "container", id: event.container }, path: same ? current.path : "/" };
    }
    case "container.commit":
      return { target: { kind: "image", id: event.image }, path: current?.path ?? "/" };
    case "fs.copy-up":
    case "fs.create":
    case "fs.write":
    case "fs.attributes":
    case "fs.whiteout":
    case "fs.remove":
    case "fs.opaque":
    case "fs.exdev":
      return { target: { kind: "container", id: event.container }, path: parent(event.path) };
    case "volume.create":
      return event.container && { target: { kind: "container", id: event.container }, path: "/" };
    case "volume.change": {
      const path = event.count > 1 ? event.path : parent(event.path);
      return { target: { kind: "container", id: event.container }, path };
    }
    case "volume.copy":
    case "container.copy":
      return { target: { kind: "container", id: event.container }, path: parent(event.path) };
    case "container.export":
      return { target: { kind: "container", id: event.container }, path: "/" };
    case "fs.rename":
    case "fs.read":
    case "fs.link":
      return { target: { kind: "container", id: event.container }, path: parent(event.to) };
    case "fs.burst":
      return { target: { kind: "container", id: event.container }, path: event.path || "/" };
    default:
      return null;
  }
}

/** From where the moment before an event is seen, when the one after is seen from `after`. */
export function focusBefore(event: EngineEvent, after: Focus | null): Focus | null {
  if (event.type !== "container.commit" && event.type !== "container.remove") return after;
  const target = { kind: "container", id: event.container } as const;
  const same = event.type === "container.commit" || after?.target.id === event.container;
  return { target, path: (same && after?.path) || "/" };
}

/** `focus` while its target is there; else the newest container, else the newest image, else nothing. */
export function focusIn(state: HostState, focus: Focus | null): Focus | null {
  if (focus) {
    const { kind, id } = focus.target;
    const there = kind === "container" ? state.containers : state.images;
    if (there.some((one) => one.id === id)) return focus;
  }
  const container = state.containers.at(-1);
  if (container) return { target: { kind: "container", id: container.id }, path: "/" };
  const image = state.images.at(-1);
  return image ? { target: { kind: "image", id: image.id }, path: "/" } : null;
}

export function sameFocus(a: Focus | null, b: Focus | null): boolean {
  return a?.path === b?.path && a?.target.kind === b?.target.kind && a?.target.id === b?.target.id;
}
