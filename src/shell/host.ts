import { hostFileSystem, learner } from "../engine/host-files.ts";
import type { FileSystem } from "../core/filesystem/filesystem.ts";
import type { Mount } from "../core/filesystem/mount.ts";
import { MountedFileSystem } from "../core/filesystem/mounted.ts";
import type { ProcessSpec } from "../engine/ports.ts";
import { emptyState } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";
import { withFiles } from "../engine/update.ts";
import { bundledPrograms } from "./bash/just-bash.ts";
import { containerDrivers, deviceTree, tmpfs } from "./filesystem/devices.ts";
import { SyntheticFileSystem, type SyntheticNode } from "./filesystem/synthetic.ts";
import { machine } from "./host-machine.ts";
import { Machine, type ShellDependencies, type Sink } from "./machine.ts";
import { programs } from "./programs/table.ts";
import { runProcess } from "./runtime.ts";
import { withScenarioGlobals } from "./scenario-globals.ts";

/** What the host has of the programs that containers have: those for files and text. */
const NAMES =
  "awk base64 basename cat chgrp chmod chown clear cmp column comm cp cut date dd df diff dirname du egrep env expand expr fgrep file find fold free getent grep groups gunzip gzip head hostname id join jq less ln ls md5sum mkdir mktemp more mv nano nl nproc od paste printenv printf readlink rev rm rmdir sed seq sha1sum sha256sum sleep sort split stat strings sync tac tail tar tee time touch tr tree truncate tty uname unexpand uniq uptime vi vim wc which whoami xxd yes zcat";

let names: readonly string[] | null = null;

/** The names of the files in the host's /usr/bin. */
export function hostProgramNames(): readonly string[] {
  names ??= NAMES.split(" ").filter((name) => programs().has(name) || bundledPrograms().has(name));
  return names;
}

const BIN = "/usr/bin";

function binNode(path: string): SyntheticNode | null {
  if (path === "/") return { kind: "directory", names: hostProgramNames };
  return hostProgramNames().includes(path.slice(1)) ? { kind: "file", text: () => "", mode: 0o755 } : null;
}

/** The machine that runs docker, as a program typed in its terminal sees it. */
class HostMachine extends Machine {
  readonly hostname = machine.name;
  readonly ipAddress = "192.168.65.3";
  readonly services = [];
  readonly lookups = null;
  readonly image: FileSystem = hostFileSystem(emptyState.files, () => 0);

  protected mounted(tx: Transaction): MountedFileSystem {
    const { clock, random, layers } = this.deps;
    const now = () => clock.now();
    const disk = hostFileSystem(tx.state.files, now);
    const drivers = containerDrivers({
      terminal: (bytes) => this.sink.stdout(bytes),
      random: (bytes) => random.hex(bytes),
      readStored: layers.readStored,
    });
    const mounts: Mount[] = [
      { at: "/", fs: disk, source: "/dev/vda1", type: "ext4", options: "rw,relatime" },
      { at: "/dev", fs: tmpfs(deviceTree(now), now, drivers), source: "udev", type: "devtmpfs", options: "rw,nosuid" },
      {
        at: BIN,
        fs: new SyntheticFileSystem(binNode, () => emptyState.files.root.mtime),
        source: "/dev/vda1",
        type: "ext4",
        options: "rw,relatime",
      },
    ];
    return new MountedFileSystem(mounts, () => {
      if (tx.state.files !== disk.upper) tx.update(withFiles(tx.state, disk.upper));
    });
  }

  /** Nothing goes on here when its command has ended. */
  startService(): void {}
  endService(): void {}
}

export interface HostRun {
  readonly sink: Sink;
  /** What it reads; none: nobody types. */
  readonly input: Uint8Array;
  readonly signal: AbortSignal;
}

/** Runs one program on the host's own files, to its end. `process.user`: "learner", or "root" by sudo. */
export function runHostProgram(
  deps: ShellDependencies,
  tx: Transaction,
  process: ProcessSpec,
  { sink, input, signal }: HostRun,
): Promise<number> {
  const host = new HostMachine(tx, { deps, sink, tty: process.tty, main: false }, 1000 + learner.uid);
  return withScenarioGlobals(deps.clock, deps.random, () =>
    runProcess(host, process, { signal, input, open: () => {} }),
  );
}
