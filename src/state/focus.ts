import type { ImageId } from "../core/oci/digest.ts";
import type { EngineEvent } from "../engine/event.ts";
import type { HostImage, HostState } from "../engine/host-state.ts";
import type { StackTarget } from "../engine/stack-view.ts";

/** What the stage looks at: a stack, and the directory that is open in it. */
export interface Focus {
  readonly target: StackTarget;
  readonly path: string;
}

const parent = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));

/**
 * Where an event is best seen; null when it is seen from anywhere (a pull that is still under way).
 * `host`: as it was before.
 */
export function focusOf(event: EngineEvent, current: Focus | null, host: HostState): Focus | null {
  switch (event.type) {
    case "image.pulled":
    case "image.tag":
    case "image.import":
    case "build.image":
      return { target: { kind: "image", id: event.image }, path: "/" };
    case "image.untag":
      return { target: { kind: "image", id: event.image }, path: pathIn(event.image, current) };
    // What is left is seen: the image that a container stood on, or one that shares layers.
    case "container.remove": {
      const image = host.containers.find(({ id }) => id === event.container)?.image;
      return image ? { target: { kind: "image", id: image }, path: "/" } : null;
    }
    case "image.delete": {
      const id = relativeOf(event.image, host);
      return id && { target: { kind: "image", id }, path: pathIn(event.image, current) };
    }
    // A process sees all of it from the root, whatever has been made ready for it before.
    case "container.create":
    case "container.start":
    case "build.from":
    case "build.step":
      return { target: { kind: "container", id: event.container }, path: "/" };
    case "build.layer":
    case "build.cached":
    case "build.config":
      return { target: { kind: "container", id: event.container }, path: current?.path ?? "/" };
    case "container.exec":
      return { target: { kind: "container", id: event.container }, path: pathIn(event.container, current) };
    case "container.commit":
      return { target: { kind: "image", id: event.image }, path: event.path };
    case "fs.copy-up":
    case "fs.create":
    case "fs.write":
    case "fs.attributes":
    case "fs.whiteout":
    case "fs.remove":
    case "fs.opaque":
    case "fs.exdev":
    case "fs.read":
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
    case "image.save":
      return { target: { kind: "image", id: event.image }, path: "/" };
    case "container.export":
      return { target: { kind: "container", id: event.container }, path: "/" };
    case "fs.rename":
    case "fs.link":
      return { target: { kind: "container", id: event.container }, path: parent(event.to) };
    case "fs.burst": {
      // Of what only went there is nothing to be seen where it was.
      const leftSomething = event.created + event.copiedUp + event.changed + event.whiteouts > 0;
      const path = leftSomething ? event.path : pathIn(event.container, current);
      return { target: { kind: "container", id: event.container }, path };
    }
    default:
      return null;
  }
}

/** From where the moment before an event is seen, when the one after is seen from `after`. */
export function focusBefore(event: EngineEvent, after: Focus | null): Focus | null {
  const path = after?.path ?? "/";
  switch (event.type) {
    case "container.create":
    case "image.delete":
      return { target: { kind: "image", id: event.image }, path };
    case "container.commit":
    case "container.remove":
      return { target: { kind: "container", id: event.container }, path };
    default:
      return after;
  }
}

/** The directory that is open in it. */
function pathIn(id: Focus["target"]["id"], current: Focus | null): string {
  return current?.target.id === id ? current.path : "/";
}

/** The image that shares most layers with another. */
function relativeOf(image: ImageId, { images }: HostState): ImageId | null {
  const chain = images.find(({ id }) => id === image)?.chain ?? [];
  const shared = (other: HostImage): number => chain.filter((layer, at) => other.chain[at] === layer).length;
  const others = images.filter((other) => other.id !== image && shared(other) > 0);
  return others.toSorted((a, b) => shared(b) - shared(a))[0]?.id ?? null;
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
