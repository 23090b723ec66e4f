import { readContent, zeros } from "../core/filesystem/content.ts";
import { textContent } from "../core/filesystem/content.ts";
import { emptyTree, treeFromEntries, treeSize } from "../core/filesystem/tree.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import type { ChainId, DiffId, ImageId } from "../core/oci/digest.ts";
import { emptyLower, stackOn } from "../core/overlay/lower.ts";
import type { ContainerId } from "../engine/event.ts";
import type { Clock, ProcessSpec, Random } from "../engine/ports.ts";
import { makeDirectories } from "../engine/mount.ts";
import { changeMounted, mountPoint } from "../engine/mounted-view.ts";
import { emptyState } from "../engine/state.ts";
import type { Container, ContainerMount, Image, Layer, Volume } from "../engine/state.ts";
import { Transaction } from "../engine/transaction.ts";
import { ContainerMemory } from "./container-memory.ts";
import type { ShellDependencies } from "./machine.ts";
import { openSession } from "./open.ts";
import { createRuntime } from "./runtime.ts";
import type { EditRequest } from "./command.ts";
import type { SessionStep, ShellSession } from "./session.ts";

export { ALPINE, GNU } from "./testing-images.ts";

/**
 * A small image from one line a path: "etc/" a directory, "bin/ls *1234" a modelled program of that
 * size, "sh -> busybox" a link, "etc/motd = text\n" a file; "0600:1:2 " in front sets mode and owner.
 */
function imageEntries(lines: string): LayerEntry[] {
  const entries: LayerEntry[] = [];
  for (const line of lines
    .split("\n")
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, attributes, rest = ""] = /^(?:(\d{4}(?::\d+:\d+)?) )?(.*)$/.exec(line) ?? [];
    const [mode, uid = "0", gid = "0"] = attributes?.split(":") ?? [];
    const owned = (fallback: number) => ({
      mode: mode ? Number.parseInt(mode, 8) : fallback,
      uid: Number(uid),
      gid: Number(gid),
      mtime: 1_700_000_000,
    });
    const [path = "", text] = rest.split(/ = (.*)/s);
    if (text !== undefined) {
      entries.push({ kind: "file", path, ...owned(0o644), content: textContent(text.replaceAll("\\n", "\n")) });
    } else if (rest.includes(" -> ")) {
      const [name = "", target = ""] = rest.split(" -> ");
      entries.push({ kind: "symlink", path: name, ...owned(0o777), target });
    } else if (rest.includes(" *")) {
      const [name = "", size] = rest.split(" *");
      entries.push({ kind: "file", path: name, ...owned(0o755), content: zeros(Number(size)) });
    } else entries.push({ kind: "directory", path: rest.replace(/\/$/, ""), ...owned(0o755) });
  }
  return entries;
}

/** A clock that jumps when something sleeps, and a seed. */
class TestClock implements Clock {
  ms = 1_763_900_000_000;
  now(): number {
    return this.ms;
  }
  /** Sleeping that never ends, to be interrupted. */
  stuck = false;
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.stuck) await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    this.ms += ms;
  }
}

function seeded(seed = 1): Random {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state;
  };
  return {
    hex: (bytes) => Array.from({ length: bytes }, () => ((next() >> 8) & 0xff).toString(16).padStart(2, "0")).join(""),
    integer: (below) => next() % below,
  };
}

export interface TestHost {
  tx: Transaction;
  readonly id: ContainerId;
  readonly deps: ShellDependencies;
  readonly clock: TestClock;
  readonly edits: EditRequest[];
  /** Begins the next transaction on the state of the last. */
  commit(): void;
}

const emptyVolume = (name: string, createdAt: number): Volume => ({
  name,
  anonymous: false,
  labels: {},
  createdAt,
  tree: emptyTree,
});

/** `-v NAME:TARGET[:ro]` */
export function volumeAt(volume: string, target: string, readOnly = false): ContainerMount {
  return { type: "volume", volume, target, readOnly, asked: "-v", bind: `${volume}:${target}` };
}

/** `--tmpfs TARGET[:OPTIONS]` with the size that the options ask for. */
export function tmpfsAt(
  target: string,
  size: number | null = null,
  options = "",
  mode: number | null = null,
): ContainerMount {
  return { type: "tmpfs", target, readOnly: false, size, mode, asked: "--tmpfs", options };
}

const CHAIN = `sha256:${"a".repeat(64)}` as ChainId;
const ID = "c0ffee".padEnd(64, "0") as ContainerId;

/** A host with one running container of an image made of `lines`. */
export function testHost(
  lines: string,
  options: {
    argv?: readonly string[];
    edit?: (request: EditRequest) => void;
    mounts?: readonly ContainerMount[];
    readOnly?: boolean;
  } = {},
): TestHost {
  const tree = treeFromEntries(imageEntries(lines));
  const layer: Layer = {
    chainId: CHAIN,
    parent: null,
    diffId: CHAIN as unknown as DiffId,
    blob: { digest: CHAIN, size: 0, mediaType: "" },
    tarSize: 0,
    size: treeSize(tree),
    tree,
    lower: stackOn(emptyLower, tree),
  };
  const image = {
    id: CHAIN as unknown as ImageId,
    configText: "",
    config: {},
    layers: [CHAIN],
    parent: null,
    modelled: true,
  } as unknown as Image;
  const clock = new TestClock();
  const container = {
    id: ID,
    name: "web",
    image: image.id,
    imageName: "ubuntu:22.04",
    createdAt: clock.now(),
    argv: options.argv ?? ["bash"],
    config: { Hostname: ID.slice(0, 12) },
    layers: [CHAIN],
    tty: true,
    interactive: true,
    autoRemove: false,
    ipAddress: "172.17.0.2",
    status: { kind: "running", startedAt: clock.now(), pid: 1234, endsAt: null },
    mounts: options.mounts ?? [],
    readOnly: options.readOnly ?? false,
    upper: emptyTree,
    log: [],
  } as unknown as Container;
  const edits: EditRequest[] = [];
  const deps: ShellDependencies = {
    clock,
    random: seeded(),
    layers: { readStored: async () => new Uint8Array() },
    packages: { text: async () => "" },
    editor: {
      edit: async (request) => {
        edits.push(request);
        options.edit?.(request);
      },
    },
    memory: new ContainerMemory(),
  };
  const state = {
    ...emptyState,
    layers: new Map([[CHAIN, layer]]),
    images: new Map([[image.id, image]]),
    containers: new Map([[ID, container]]),
    volumes: new Map(
      (options.mounts ?? []).flatMap((mount) =>
        mount.type === "volume" ? [[mount.volume, emptyVolume(mount.volume, clock.now())] as const] : [],
      ),
    ),
  };
  const tx = new Transaction(state);
  changeMounted(
    tx,
    ID,
    clock.now(),
    () => {},
    (fs, { target }) => makeDirectories(fs, mountPoint(fs, target)),
  );
  const host: TestHost = {
    tx: new Transaction(tx.state),
    id: ID,
    deps,
    clock,
    edits,
    commit() {
      host.tx = new Transaction(host.tx.state);
    },
  };
  return host;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export function processOf(argv: readonly string[], more: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    argv,
    env: [`PATH=${PATH}`, `HOSTNAME=${ID.slice(0, 12)}`, "TERM=xterm", "HOME=/root"],
    cwd: "/",
    user: "",
    tty: true,
    columns: 80,
    ...more,
  };
}

/** A person at a terminal: each line answers what it printed. */
export class Typist {
  last: SessionStep = { kind: "prompt", exitCode: 0 };
  private constructor(
    readonly host: TestHost,
    readonly session: ShellSession,
    readonly greeting: string,
  ) {}

  static async open(host: TestHost, process: ProcessSpec): Promise<Typist> {
    let greeting = "";
    const output = {
      stdout: (text: string) => void (greeting += text),
      stderr: (text: string) => void (greeting += text),
    };
    const session = await openSession(host.tx, { container: host.id, process, output }, host.deps);
    return new Typist(host, session, greeting);
  }

  async type(line: string, interruptAfter?: number): Promise<string> {
    let text = "";
    const output = { stdout: (more: string) => void (text += more), stderr: (more: string) => void (text += more) };
    const control = new AbortController();
    if (interruptAfter !== undefined) setTimeout(() => control.abort(), interruptAfter);
    this.last = await this.session.run(this.host.tx, line, output, control.signal);
    return text;
  }

  /** Types a transcript: "$ line" and below it what must come. Answers the transcript as it really was. */
  async transcript(script: string): Promise<string> {
    let real = "";
    for (const line of script.split("\n").filter((one) => one.startsWith("$ ") || one.startsWith("> "))) {
      real += `${line}\n${await this.type(line.slice(2))}`;
    }
    return real;
  }
}

/** `docker run IMAGE ARGV` without a terminal. */
export async function runDetached(host: TestHost, argv: readonly string[], more: Partial<ProcessSpec> = {}) {
  let stdout = "";
  let stderr = "";
  const output = { stdout: (text: string) => void (stdout += text), stderr: (text: string) => void (stderr += text) };
  const process = processOf(argv, { tty: false, ...more });
  const outcome = await createRuntime(host.deps).start(host.tx, host.id, process, output, new AbortController().signal);
  return { stdout, stderr, outcome };
}

export async function fileOf(host: TestHost, path: string): Promise<string> {
  const container = host.tx.state.containers.get(host.id);
  if (!container) return "";
  const { viewOf } = await import("../engine/mount.ts");
  const { root } = await import("../core/filesystem/filesystem.ts");
  const content = viewOf(host.tx.state, container).read(path, root);
  return new TextDecoder().decode(await readContent(content, host.deps.layers.readStored));
}
