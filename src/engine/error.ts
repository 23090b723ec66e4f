import { shortOf } from "../core/oci/short.ts";
import type { Digest, ImageId } from "../core/oci/digest.ts";
import type { ContainerId } from "./event.ts";

/** How far a process got before the OCI runtime gave up on it: decides docker's exit code. */
export type ProcessProblem =
  /** No such name on PATH. 127 */
  | "not-found"
  /** A path that does not exist. 127 */
  | "no-such-file"
  /** There, but not executable by this user. 126 */
  | "denied"
  /** 126 */
  | "directory";

/** Why the OCI runtime could not mount something: there is a file, or the root, or /proc; or no directory could be made. */
export type MountProblem = "over-file" | "root" | "proc" | "make";

/** Everything an operation can refuse, and what it tells about it. */
export interface EngineFailures {
  /** Not a reference by docker's grammar; `message` is the grammar's. */
  "invalid-reference": { readonly message: string };
  /** `reference`: familiar, with its tag. */
  "no-such-image": { readonly reference: string };
  "no-such-container": { readonly name: string };
  /** Several containers' ids start so. */
  "ambiguous-id": { readonly prefix: string };
  "empty-id": Record<never, never>;
  /** The registry has no such repository, or not for us. */
  "pull-denied": { readonly repository: string };
  "manifest-unknown": { readonly reference: string };
  "registry-unreachable": { readonly message: string };
  /** The registry answered something that cannot be used. */
  "registry-answer": { readonly message: string };
  /** The blob is not what its digest says. */
  "layer-verification": { readonly digest: Digest };
  /** The blob is what its digest says, but not the layer that the image's config names. */
  "layer-mismatch": Record<never, never>;
  /** The layer's tar cannot be read. */
  "layer-registration": { readonly message: string };
  "max-depth": Record<never, never>;
  "name-conflict": { readonly name: string; readonly container: ContainerId };
  "invalid-name": { readonly name: string };
  "no-command": Record<never, never>;
  "invalid-workdir": { readonly path: string };
  "no-such-user": { readonly user: string };
  "no-such-group": { readonly group: string };
  /** The container's own process (`exec: false`) or one started in it could not be run. */
  "process-failed": { readonly file: string; readonly problem: ProcessProblem; readonly exec: boolean };
  /** The working directory is missing (docker exec -w) or not a directory. */
  "bad-cwd": { readonly path: string; readonly exec: boolean; readonly problem: "missing" | "not-a-directory" };
  "not-running": { readonly container: ContainerId };
  "is-running": { readonly name: string };
  /** A port of the host cannot be had. `reason`: in dockerd's words; `endpoint`: an id made up for the message. */
  "port-taken": { readonly name: string; readonly endpoint: string; readonly reason: string };
  "not-a-change": { readonly instruction: string };
  "bad-change": { readonly message: string };
  /** Untagging would leave containers on an image without a name. */
  "image-name-in-use": { readonly reference: string; readonly container: ContainerId; readonly image: ImageId };
  "image-in-use": {
    readonly image: ImageId;
    readonly reason: "children" | "running" | "stopped" | "references";
    readonly container: ContainerId | null;
  };
  "digest-tag": { readonly reference: string };
  /** The file is no image archive, or what is in it does not fit together. */
  "bad-archive": { readonly message: string };
  /** `docker cp`; `container` as it was asked for. */
  "no-such-file": { readonly path: string; readonly container: string };
  /** A copy, an export or an import that went wrong; `message` is dockerd's. */
  "copy-failed": { readonly message: string };
  "no-such-volume": { readonly name: string };
  "invalid-volume-name": { readonly name: string };
  "volume-in-use": { readonly name: string; readonly containers: readonly ContainerId[] };
  "duplicate-mount": { readonly target: string };
  /** A mount that dockerd does not take; `message` is its own. */
  "bad-mount": { readonly message: string };
  /**
   * A volume cannot be mounted at `path` of the container to be: "over-file": the image's VOLUME or `-v PATH` where
   * there is a file; "source": a volume cannot be filled from a file; "lstat": a parent of the path is one.
   */
  "bad-mount-point": {
    readonly container: ContainerId;
    readonly path: string;
    readonly problem: "over-file" | "source" | "lstat";
  };
  /** The OCI runtime could not mount: the container was created and does not start. */
  "mount-failed": {
    readonly container: ContainerId;
    /** null: a tmpfs. */
    readonly volume: string | null;
    readonly target: string;
    readonly problem: MountProblem;
    /** The errno's words, for "make". */
    readonly reason: string;
  };
}

export type EngineFailure = keyof EngineFailures;

const PROCESS: Readonly<Record<ProcessProblem, (file: string) => string>> = {
  "not-found": (file) => `exec: "${file}": executable file not found in $PATH`,
  "no-such-file": (file) => `exec: "${file}": stat ${file}: no such file or directory`,
  denied: (file) => `exec: "${file}": permission denied`,
  directory: (file) => `exec: "${file}": is a directory`,
};

const CREATE =
  "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";
const EXEC = "OCI runtime exec failed: exec failed: unable to start container process: ";

const IN_USE = {
  children: ["cannot be forced", () => "image has dependent child images"],
  running: ["cannot be forced", (id: string) => `image is being used by running container ${id}`],
  references: ["must be forced", () => "image is referenced in multiple repositories"],
  stopped: ["must be forced", (id: string) => `image is being used by stopped container ${id}`],
} as const;

const short = (id: ContainerId): string => id.slice(0, 12);

/** Where dockerd has the merged view of a container. */
const mergedDirectory = (id: ContainerId): string => `/var/lib/docker/overlay2/${id}/merged`;

const MOUNT_POINT = {
  "over-file": (path: string) => `cannot mount volume over existing file, file exists ${path}`,
  source: (path: string) => `source ${path} is not directory`,
  lstat: (path: string) => `lstat ${path}: not a directory`,
};

type FailedMount = EngineFailures["mount-failed"];

/** runc's words. (libcontainer/rootfs_linux.go) */
const MOUNT: Readonly<Record<MountProblem, (data: FailedMount, source: string) => string>> = {
  "over-file": ({ target }, source) =>
    `mount src=${source}, dst=${target}, dstFd=/proc/thread-self/fd/11, flags=${source === "tmpfs" ? "MS_NOSUID|MS_NODEV|MS_NOEXEC" : "MS_BIND|MS_REC"}: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
  root: ({ container }) => {
    const rootfs = mergedDirectory(container);
    return `create mountpoint for / mount: mountpoint "${rootfs}" is on the top of rootfs "${rootfs}"`;
  },
  proc: ({ container }) =>
    `create mountpoint for /proc mount: check proc-safety of /proc mount: "${mergedDirectory(container)}/proc" cannot be mounted because it is not of type proc`,
  make: ({ container, target, reason }) =>
    `create mountpoint for ${target} mount: make mountpoint "${target}": mkdirat ${mergedDirectory(container)}${target}: ${reason}`,
};

const VOLUME_NAME = '"[a-zA-Z0-9][a-zA-Z0-9_.-]"';

/** dockerd's words (28.5), without the "Error response from daemon: " that the command line puts before them. */
const words: { readonly [C in EngineFailure]: (data: EngineFailures[C]) => string } = {
  "invalid-reference": ({ message }) => message,
  "no-such-image": ({ reference }) => `No such image: ${reference}`,
  "no-such-container": ({ name }) => `No such container: ${name}`,
  "ambiguous-id": ({ prefix }) => `multiple IDs found with provided prefix: ${prefix}`,
  "empty-id": () => `invalid name or ID supplied: ""`,
  "pull-denied": ({ repository }) =>
    `pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  "manifest-unknown": ({ reference }) => `manifest for ${reference} not found: manifest unknown: manifest unknown`,
  "registry-unreachable": ({ message }) => message,
  "registry-answer": ({ message }) => message,
  "layer-verification": ({ digest }) => `filesystem layer verification failed for digest ${digest}`,
  "layer-mismatch": () => "layers from manifest don't match image configuration",
  "layer-registration": ({ message }) => `failed to register layer: ${message}`,
  "max-depth": () => "max depth exceeded",
  "name-conflict": ({ name, container }) =>
    `Conflict. The container name "/${name}" is already in use by container "${container}". You have to remove (or rename) that container to be able to reuse that name.`,
  "invalid-name": ({ name }) => `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
  "no-command": () => "no command specified",
  "invalid-workdir": ({ path }) => `the working directory '${path}' is invalid, it needs to be an absolute path`,
  "no-such-user": ({ user }) => `unable to find user ${user}: no matching entries in passwd file`,
  "no-such-group": ({ group }) => `unable to find group ${group}: no matching entries in group file`,
  "process-failed": ({ file, problem, exec }) =>
    (exec ? EXEC : `${CREATE}error during container init: `) + PROCESS[problem](file),
  "bad-cwd": ({ path, exec, problem }) =>
    `${exec ? EXEC : `${CREATE}error during container init: `}chdir to cwd ("${path}") set in config.json failed: ${problem === "missing" ? "no such file or directory" : "not a directory"}`,
  "not-running": ({ container }) => `container ${container} is not running`,
  "is-running": ({ name }) =>
    `cannot remove container "${name}": container is running: stop the container before removing or force remove`,
  "port-taken": ({ name, endpoint, reason }) =>
    `failed to set up container networking: driver failed programming external connectivity on endpoint ${name} (${endpoint}): ${reason}`,
  "not-a-change": ({ instruction }) => `${instruction} is not a valid change command`,
  "bad-change": ({ message }) => message,
  "image-name-in-use": ({ reference, container, image }) =>
    `conflict: unable to remove repository reference "${reference}" (must force) - container ${short(container)} is using its referenced image ${shortOf(image)}`,
  "image-in-use": ({ image, reason, container }) =>
    `conflict: unable to delete ${shortOf(image)} (${IN_USE[reason][0]}) - ${IN_USE[reason][1](container === null ? "" : short(container))}`,
  "bad-archive": ({ message }) => message,
  "no-such-file": ({ path, container }) => `Could not find the file ${path} in container ${container}`,
  "copy-failed": ({ message }) => message,
  "no-such-volume": ({ name }) => `get ${name}: no such volume`,
  "invalid-volume-name": ({ name }) =>
    name.length === 1
      ? `create ${name}: volume name is too short, names should be at least two alphanumeric characters`
      : `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only ${VOLUME_NAME} are allowed. If you intended to pass a host directory, use absolute path`,
  "volume-in-use": ({ name, containers }) => `remove ${name}: volume is in use - [${containers.join(", ")}]`,
  "duplicate-mount": ({ target }) => `Duplicate mount point: ${target}`,
  "bad-mount": ({ message }) => message,
  "bad-mount-point": ({ container, path, problem }) => MOUNT_POINT[problem](`${mergedDirectory(container)}${path}`),
  "mount-failed": (data) => {
    const source = data.volume === null ? "tmpfs" : `/var/lib/docker/volumes/${data.volume}/_data`;
    return `${CREATE}error during container init: error mounting "${source}" to rootfs at "${data.target}": ${MOUNT[data.problem](data, source)}`;
  },
  "digest-tag": () => "refusing to create a tag with a digest reference",
};

/**
 * An operation that was refused. `code` and `data` are what callers decide on; the message is dockerd's.
 * {@link exitCode} is what `docker run`, `start` or `exec` end with because of it.
 */
export class EngineError<C extends EngineFailure = EngineFailure> extends Error {
  override readonly name = "EngineError";
  constructor(
    readonly code: C,
    readonly data: EngineFailures[C],
  ) {
    super(words[code](data));
  }

  /** Narrows to one failure, with its data. */
  is<D extends EngineFailure>(code: D): this is EngineError<D> {
    return (this.code as EngineFailure) === code;
  }

  /** 126 found but not runnable, 127 not found, 125 everything else. */
  get exitCode(): number {
    if (this.is("process-failed")) return ["denied", "directory"].includes(this.data.problem) ? 126 : 127;
    // The command line goes by the words.
    return this.is("bad-cwd") || (this.is("mount-failed") && this.message.includes("no such file")) ? 127 : 125;
  }
}
