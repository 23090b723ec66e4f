import { normalize } from "../../core/filesystem/path.ts";
import { EngineError } from "../error.ts";
import { findContainer } from "../lookup.ts";
import type { Ports } from "../ports.ts";
import type { Container, ContainerMount, EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer } from "../update.ts";
import { fillVolume, mustBeDirectory } from "./volume-copy.ts";
import { type VolumeRequest, createVolume } from "./volumes.ts";

/** What -v, --mount or --tmpfs asks for. `target`: as it was written. */
export type MountRequest =
  | {
      readonly type: "volume";
      /** Its name; "": one of docker's making. */
      readonly source: string;
      readonly target: string;
      readonly readOnly: boolean;
      /** A volume with nothing in it is filled with what the image has at `target`; false: nocopy. */
      readonly copy: boolean;
      /** For a volume that is made now. */
      readonly labels?: Readonly<Record<string, string>>;
      readonly asked: "-v" | "--mount";
      /** As written after -v; "" otherwise. */
      readonly bind: string;
    }
  | {
      readonly type: "tmpfs";
      readonly target: string;
      readonly readOnly: boolean;
      readonly size: number | null;
      /** null: not said. */
      readonly mode: number | null;
      readonly asked: "--tmpfs" | "--mount";
      readonly options: string;
    };

type VolumeMount = Extract<ContainerMount, { type: "volume" }>;

export interface MountWishes {
  /** -v, --mount and --tmpfs, in the order of the command line. */
  readonly mounts: readonly MountRequest[];
  /** "NAME", "NAME:ro" */
  readonly volumesFrom: readonly string[];
  /** Paths of the config's Volumes: the image's, and those of `-v PATH`. */
  readonly volumes: readonly string[];
}

/** A -v of a path alone: it becomes one of the config's Volumes, and stays with an image that is committed. */
export const isPathOnly = (mount: MountRequest): boolean =>
  mount.type === "volume" && mount.asked === "-v" && mount.source === "";

function checkTarget(mount: MountRequest): void {
  const { target, type, asked, bind } = { bind: "", ...mount };
  const reason =
    target !== "" && normalize(target) === "/"
      ? "invalid specification: destination can't be '/'"
      : target.startsWith("/")
        ? mount.type === "volume" && mount.source === "" && mount.readOnly
          ? "must not set ReadOnly mode when using anonymous volumes"
          : null
        : `invalid mount path: '${target}' mount path must be absolute`;
  if (reason === null) return;
  const config = `invalid mount config for type "${type}": ${reason}`;
  const by = { "-v": `invalid volume specification: '${bind}': ${config}`, "--mount": config, "--tmpfs": reason };
  throw new EngineError("bad-mount", { message: by[asked] });
}

/** What another container mounts, but for its tmpfs. */
function mountsFrom(tx: Transaction, text: string): VolumeMount[] {
  if (text === "") {
    throw new EngineError("bad-mount", { message: "volumes-from specification cannot be an empty string" });
  }
  const [name = "", ...rest] = text.split(":");
  const mode = rest.join(":");
  if (!["", "ro", "rw"].includes(mode)) throw new EngineError("bad-mount", { message: `invalid mode: ${mode}` });
  return findContainer(tx.state, name)
    .mounts.filter((mount): mount is VolumeMount => mount.type === "volume")
    .map((mount) => ({ ...mount, readOnly: mount.readOnly || mode === "ro", asked: "--volumes-from", bind: "" }));
}

/**
 * Resolves what is mounted over a new container, makes the volumes that are missing and fills those with nothing
 * in them. Answers the container with its mounts. (moby, daemon/volumes.go `registerMountPoints`, daemon/create_unix.go)
 */
export function mountVolumes(
  tx: Transaction,
  ports: Pick<Ports, "clock" | "random">,
  container: Container,
  { mounts: requests, volumesFrom, volumes }: MountWishes,
): Container {
  const found = new Map<string, ContainerMount>();
  const filled: VolumeMount[] = [];
  for (const text of volumesFrom) for (const mount of mountsFrom(tx, text)) found.set(mount.target, mount);

  const withMounts = (state: EngineState, mounts: Iterable<ContainerMount>): EngineState =>
    withContainer(state, container.id, { mounts: [...mounts] });
  const make = (volume: VolumeRequest, mountOf: (name: string) => VolumeMount): VolumeMount => {
    const mount = (state: EngineState, name: string) => withMounts(state, [...found.values(), mountOf(name)]);
    return mountOf(createVolume(tx, ports, { ...volume, container: container.id, mount }).name);
  };

  const claimed = new Set<string>();
  const inOrder = ["-v", "--mount", "--tmpfs"].flatMap((asked) => requests.filter((each) => each.asked === asked));
  for (const request of inOrder.filter((each) => !isPathOnly(each))) {
    checkTarget(request);
    const target = normalize(request.target);
    // A tmpfs asked for both ways is one.
    if (request.asked === "--tmpfs" && found.get(target)?.type === "tmpfs") continue;
    if (claimed.has(target)) throw new EngineError("duplicate-mount", { target });
    claimed.add(target);
    if (request.type === "tmpfs") {
      found.set(target, { ...request, target });
      continue;
    }
    const { source, labels = {}, readOnly, asked, bind } = request;
    const said = asked === "--mount" && (!request.copy || request.labels !== undefined);
    const options = said ? { options: { copy: request.copy, labels } } : {};
    const rest = { target, readOnly, asked, bind, ...options };
    const mount = make({ name: source, labels }, (volume) => ({ type: "volume", volume, ...rest }));
    found.set(target, mount);
    if (request.copy) filled.push(mount);
  }

  const own = new Set(requests.filter(isPathOnly).map((mount) => normalize(mount.target)));
  for (const path of volumes) {
    const target = normalize(path);
    if (found.has(target)) continue;
    mustBeDirectory(tx.state, container, target);
    const asked = own.has(target) ? "-v" : "image";
    const mount = make({}, (volume) => ({ type: "volume", volume, target, readOnly: false, asked, bind: "" }));
    found.set(target, mount);
    filled.push(mount);
  }
  const mounted = { ...container, mounts: [...found.values()] };
  if (found.size > 0) tx.update(withMounts(tx.state, mounted.mounts));
  for (const mount of filled) fillVolume(tx, ports, container, mount);
  return mounted;
}
