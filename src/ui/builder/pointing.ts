import { isGenerated } from "../../engine/container-name.ts";
import type { Assertion, Stack, WritableEntry } from "../../engine/goal/assertion.ts";
import type { HostContainer, HostState } from "../../engine/host-state.ts";
import type { StackTarget, StackView } from "../../engine/stack-view.ts";

/** What is on the stage, as far as a goal can speak of it. */
export interface Staged {
  readonly host: HostState;
  /** Of the stack view; null in the host view. */
  readonly view: StackView | null;
}

/** The name of what was pointed at, and what may be asked of it: all of it holds in what the stage shows. */
export interface PointedAt {
  readonly name: string;
  readonly goals: readonly Assertion[];
}

/** `part`: as the stage names what it draws (`data-part`). Null for what no goal speaks of. */
export function pointedAt(part: string, { host, view }: Staged): PointedAt | null {
  const colon = part.indexOf(":");
  const [kind, rest] = [part.slice(0, colon), part.slice(colon + 1)];
  switch (kind) {
    case "tile": {
      const slash = rest.lastIndexOf("/");
      return view && entryAt(host, view, rest.slice(0, slash), rest.slice(slash + 1));
    }
    case "head":
      return view && entryAt(host, view, "merged", rest);
    case "row":
    case "title":
    case "lock":
      return view && rowAt(host, view, rest);
    case "plate":
    case "warmth":
      return layerAt(host, rest);
    case "container": {
      const container = host.containers.find(({ id }) => id === rest);
      return container ? { name: container.name, goals: containerGoals(host, container) } : null;
    }
    case "image":
      return imageAt(host, rest);
    case "volume":
      return host.volumes.some(({ name }) => name === rest)
        ? { name: rest, goals: [{ type: "volume", volume: rest }] }
        : null;
    default:
      return null;
  }
}

function entryAt(host: HostState, view: StackView, row: string, name: string): PointedAt | null {
  const of = stackOf(host, view.target);
  const column = view.columns.find((one) => one.name === name);
  const path = `${view.path === "/" ? "" : view.path}/${name}`;
  if (!of) return null;
  const inside = view.inside?.entries.some((one) => one.name === name);
  const goals: Assertion[] = [];
  if (inside || column?.mount != null) {
    const mount = view.mounts[view.inside?.mount ?? column?.mount ?? -1];
    if (mount?.volume && inside) {
      goals.push({ type: "volume", volume: mount.volume, path: path.slice(mount.target.length) });
    } else if (mount?.volume) goals.push({ type: "volume", volume: mount.volume });
    return { name: path, goals: [...goals, { type: "seen", of, path }] };
  }
  if (!column) return null;
  const writable =
    "container" in of ? column.cells.find((cell) => view.rows[cell.row]?.layer === "writable") : undefined;
  const seen: Assertion = { type: column.merged ? "seen" : "not-seen", of, path };
  // A directory comes up with whatever is changed in it: that nobody sets out to do.
  const has: WritableEntry | null =
    !writable || (writable.kind === "directory" && !writable.opaque)
      ? null
      : writable.kind === "whiteout"
        ? "whiteout"
        : writable.opaque
          ? "opaque"
          : column.cells.some((cell) => cell.row > writable.row && cell.kind !== "whiteout")
            ? "copy"
            : "new";
  if (has && "container" in of) goals.push({ type: "writable", container: of.container, path, has });
  else if ("container" in of && !writable)
    goals.push({ type: "writable", container: of.container, path, has: "nothing" });
  return { name: path, goals: row === "writable" ? [...goals, seen] : [seen, ...goals] };
}

function rowAt(host: HostState, view: StackView, row: string): PointedAt | null {
  if (row !== "writable" && row !== "merged" && row !== "next") return layerAt(host, row);
  const { target } = view;
  if (target.kind === "image") return imageAt(host, target.id);
  const container = host.containers.find(({ id }) => id === target.id);
  return container ? { name: container.name, goals: containerGoals(host, container) } : null;
}

function containerGoals(host: HostState, { name, image, imageName, running }: HostContainer): Assertion[] {
  const [ref = imageName] = host.images.find(({ id }) => id === image)?.refs ?? [];
  const any = { ofImage: ref };
  const own = { name };
  return [
    ...(isGenerated(name) ? [] : [own]).flatMap((container): Assertion[] => [
      { type: "container", container, running },
      { type: "container", container },
    ]),
    { type: "container", container: any, running },
  ];
}

function imageAt(host: HostState, id: string): PointedAt | null {
  const image = host.images.find((one) => one.id === id);
  const [name] = image?.refs ?? [];
  if (!image || name === undefined) return null;
  const base = host.images
    .filter(({ chain, refs }) => refs.length > 0 && chain.length < image.chain.length && isBelow(chain, image.chain))
    .toSorted((a, b) => b.chain.length - a.chain.length)[0];
  const [of] = base?.refs ?? [];
  const goals: Assertion[] = [{ type: "image", image: name }];
  if (base && of !== undefined) {
    goals.unshift({ type: "built-on", image: name, base: of, layers: image.chain.length - base.chain.length });
  }
  return { name, goals: [...goals, { type: "layers", image: name, layers: image.chain.length }] };
}

/** A read-only layer: what its images have of it. */
function layerAt(host: HostState, layer: string): PointedAt | null {
  const on = host.images.filter(({ chain, refs }) => refs.length > 0 && chain.includes(layer as never));
  const [first, second] = on;
  const top = on.find(({ chain }) => chain.at(-1) === layer) ?? first;
  if (!top) return null;
  const found = imageAt(host, top.id);
  const [a, b] = [first?.refs[0], second?.refs[0]];
  const layers = first ? first.chain.findIndex((one) => one === layer) + 1 : 0;
  const shared: Assertion[] = a !== undefined && b !== undefined ? [{ type: "shared", images: [a, b], layers }] : [];
  return found && { name: found.name, goals: [...shared, ...found.goals] };
}

const isBelow = (chain: readonly string[], above: readonly string[]): boolean =>
  chain.every((layer, index) => above[index] === layer);

function stackOf(host: HostState, target: StackTarget): Stack | null {
  if (target.kind === "image") {
    const [image] = host.images.find(({ id }) => id === target.id)?.refs ?? [];
    return image === undefined ? null : { image };
  }
  const container = host.containers.find(({ id }) => id === target.id);
  if (!container) return null;
  const [ref = container.imageName] = host.images.find(({ id }) => id === container.image)?.refs ?? [];
  return { container: isGenerated(container.name) ? { ofImage: ref } : { name: container.name } };
}
