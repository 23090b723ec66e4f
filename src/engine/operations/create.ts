import type { ImageRunConfig } from "../../core/oci/config.ts";
import type { ImageId } from "../../core/oci/digest.ts";
import { FileTree } from "../../core/filesystem/tree.ts";
import { claimedName, generatedName } from "../container-name.ts";
import { EngineError } from "../error.ts";
import type { ContainerId } from "../event.ts";
import type { Ports } from "../ports.ts";
import type { PortBinding } from "../published.ts";
import { mergedConfig } from "../run-config.ts";
import type { Container, EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withEntry, withVolume } from "../update.ts";
import { type MountRequest, isPathOnly, mountVolumes } from "./mounts.ts";

export type { MountRequest } from "./mounts.ts";

/** What `docker create` and `docker run` say; everything left out is the image's. */
export interface CreateRequest {
  readonly image: ImageId;
  /** As the user wrote it. */
  readonly imageName: string;
  readonly name?: string;
  /** Words after the image: replaces the image's Cmd. */
  readonly command?: readonly string[];
  /** Replaces the image's Entrypoint and drops its Cmd; [""] clears it. */
  readonly entrypoint?: readonly string[];
  /** "KEY=value". */
  readonly env?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly hostname?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly interactive?: boolean;
  /** docker run -d: nothing is attached. */
  readonly detach?: boolean;
  /** --rm */
  readonly autoRemove?: boolean;
  /** -p */
  readonly publish?: readonly PortBinding[];
  /** -P */
  readonly publishAll?: boolean;
  /** -v, --mount, --tmpfs */
  readonly mounts?: readonly MountRequest[];
  /** --volumes-from: "NAME" or "NAME:ro". */
  readonly volumesFrom?: readonly string[];
  /** --read-only */
  readonly readOnly?: boolean;
}

/** A published port is an exposed one, also in an image committed from the container. */
const exposed = (bindings: readonly PortBinding[]): Record<string, Record<string, never>> =>
  Object.fromEntries(bindings.map(({ port }) => [port, {}]));

function requestedConfig(request: CreateRequest): ImageRunConfig {
  const attached = !request.detach;
  const stdin = attached && request.interactive === true;
  const volumes = (request.mounts ?? []).filter(isPathOnly).map(({ target }) => [target, {}] as const);
  return {
    Hostname: request.hostname ?? "",
    User: request.user ?? "",
    AttachStdin: stdin,
    AttachStdout: attached,
    AttachStderr: attached,
    ExposedPorts: exposed(request.publish ?? []),
    Tty: request.tty ?? false,
    OpenStdin: request.interactive ?? false,
    StdinOnce: stdin,
    Env: request.env ?? [],
    Cmd: request.command ?? [],
    Image: request.imageName,
    Volumes: Object.fromEntries(volumes),
    WorkingDir: request.workdir ?? "",
    Entrypoint: request.entrypoint ?? null,
    Labels: request.labels ?? {},
  };
}

/** Makes a container with an empty writable layer on the image. (moby, daemon/create.go) */
export function create(tx: Transaction, ports: Ports, request: CreateRequest): Container {
  const image = tx.state.images.get(request.image);
  if (image === undefined) throw new EngineError("no-such-image", { reference: request.imageName });
  if (request.workdir && !request.workdir.startsWith("/")) {
    throw new EngineError("invalid-workdir", { path: request.workdir });
  }
  const merged = mergedConfig(requestedConfig(request), image.config.config ?? {});
  const cleared = merged.Entrypoint?.length === 1 && merged.Entrypoint[0] === "";
  const entrypoint = cleared ? null : (merged.Entrypoint ?? null);
  const argv = [...(entrypoint ?? []), ...(merged.Cmd ?? [])];
  if (argv.length === 0) throw new EngineError("no-command", {});

  const id = ports.random.hex(32) as ContainerId;
  const name =
    request.name === undefined || request.name === ""
      ? generatedName(tx.state, ports.random, id.slice(0, 12))
      : claimedName(tx.state, request.name);
  const now = ports.clock.now();
  const bindings = request.publish ?? [];
  const all = request.publishAll ?? false;
  const container: Container = {
    id,
    name,
    image: image.id,
    layers: image.layers,
    imageName: request.imageName,
    createdAt: now,
    argv,
    config: { ...merged, Entrypoint: entrypoint, Hostname: merged.Hostname || id.slice(0, 12) },
    tty: request.tty ?? false,
    interactive: request.interactive ?? false,
    autoRemove: request.autoRemove ?? false,
    ipAddress: "",
    ...(bindings.length > 0 || all ? { published: { bindings, all, open: [] } } : {}),
    status: { kind: "created" },
    mounts: [],
    ...(request.volumesFrom?.length ? { volumesFrom: request.volumesFrom } : {}),
    readOnly: request.readOnly ?? false,
    upper: FileTree.fresh(Math.floor(now / 1000)),
    log: [],
  };
  const before = tx.state;
  const told = tx.story.length;
  tx.update(
    { ...before, containers: withEntry(before.containers, id, container) },
    { type: "container.create", container: id, name, image: image.id },
  );
  const wishes = {
    mounts: request.mounts ?? [],
    volumesFrom: request.volumesFrom ?? [],
    volumes: Object.keys(container.config.Volumes ?? {}),
  };
  try {
    // After id and name: what is drawn for a volume's name changes neither.
    return mountVolumes(tx, ports, container, wishes);
  } catch (error) {
    takeBack(tx, before, told);
    throw error;
  }
}

/** As it was before, but for new volumes with a name: dockerd leaves those. (moby, daemon/create.go) */
function takeBack(tx: Transaction, before: EngineState, told: number): void {
  const made = [...tx.state.volumes.values()].filter(({ name, anonymous }) => !anonymous && !before.volumes.has(name));
  tx.story.length = told;
  tx.update(before);
  for (const volume of made) {
    const { name, anonymous } = volume;
    tx.update(withVolume(tx.state, volume), { type: "volume.create", volume: name, anonymous, container: null });
  }
}
