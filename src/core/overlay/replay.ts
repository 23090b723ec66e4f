import { bytesContent, type Content } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import { type Credentials, type OpenFlags, root, type RenameFlag } from "../filesystem/filesystem.ts";
import { FileTree } from "../filesystem/file-tree.ts";
import { treeFromEntries } from "../filesystem/changeset.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { type Drivers, memoryDevices } from "./device.ts";
import { contentText, LETTER, NOW, statResult } from "./dump.ts";
import { emptyLower, type Lower, stackOn } from "./lower.ts";
import type { OpenFile } from "./open-file.ts";
import { OverlayFileSystem } from "./overlay.ts";
import type { Operation, Trace, TraceEntry } from "./trace.ts";

const LAYER_TIME = 1_000_000_000;

/**
 * What the kernel does and we leave out, by name, with the reason. A trace that meets one of these may
 * differ from there on; such a difference is told by its name and not counted with the others.
 */
export const CORNERS = {
  "stale name":
    "fchmod(2) on a directory, fifo or device of a lower layer that has lost its name copies it up over what has " +
    "the name by then, behind the back of the kernel's name cache: until the next mount the name shows the object " +
    "that is gone. Here there is no cache, and the name shows what the upper directory has, as after a mount.",
} as const;
export type Corner = keyof typeof CORNERS;

/** The recording machine's: a console that nobody looks at. */
const drivers: Drivers = { ...memoryDevices, "5:1": { write: () => {} } };

/** The mount of a trace, and the process whose calls it recorded (umask 022, no supplementary groups). */
export class Replay {
  readonly lower: Lower;
  readonly fs: OverlayFileSystem;
  private who: Credentials = root;
  private readonly files = new Map<number, OpenFile>();
  /** Met on the way. */
  corner: Corner | null = null;

  constructor(trace: Trace) {
    this.lower = trace.layers.reduce((lower, layer) => stackOn(lower, layerTree(layer)), emptyLower);
    this.fs = new OverlayFileSystem(this.lower, FileTree.fresh(LAYER_TIME), { now: () => NOW, drivers });
  }

  /** What the call gives, in the recording's form. */
  run(operation: Operation): unknown {
    try {
      return this.call(operation);
    } catch (error) {
      if (error instanceof FileSystemError) return error.code;
      throw error;
    }
  }

  private call([name, ...args]: Operation): unknown {
    const { fs, who } = this;
    const text = (at: number) => String(args[at]);
    const count = (at: number) => Number(args[at]);
    switch (name) {
      case "open":
        return this.open(text(0), openFlags(text(1)), count(2), args[3] === null ? null : text(3));
      case "truncate":
        return done(fs.truncate(text(0), count(1), who));
      case "unlink":
        return done(fs.unlink(text(0), who));
      case "rmdir":
        return done(fs.rmdir(text(0), who));
      case "mkdir":
        return done(fs.mkdir(text(0), count(1), who));
      case "mkfifo":
        return done(fs.mknod(text(0), "fifo", count(1), [0, 0], who));
      case "mknod":
        return done(fs.mknod(text(0), text(1) === "c" ? "character" : "block", count(2), [count(3), count(4)], who));
      case "rename":
        return done(fs.rename(text(0), text(1), who));
      case "rename2":
        return done(fs.rename(text(0), text(1), who, text(2).toLowerCase() as RenameFlag));
      case "link":
        return done(fs.link(text(0), text(1), who));
      case "symlink":
        return done(fs.symlink(text(0), text(1), who));
      case "readlink":
        return { to: fs.readlink(text(0), who) };
      case "chmod":
        return done(fs.chmod(text(0), count(1), who));
      case "chown":
        return done(fs.chown(text(0), count(1), count(2), who));
      case "lchown":
        return done(fs.chown(text(0), count(1), count(2), who, { follow: false }));
      case "utimes":
        return done(fs.utimes(text(0), count(1), who));
      case "lutimes":
        return done(fs.utimes(text(0), count(1), who, { follow: false }));
      case "stat":
        return statResult(fs.stat(text(0), who));
      case "lstat":
        return statResult(fs.lstat(text(0), who));
      case "readdir":
        return { ls: fs.readdir(text(0), who).map(({ name, kind }) => [name, listed(LETTER[kind])]) };
      case "access":
        return done(fs.access(text(0), text(1), who));
      case "su":
        this.who = { ...who, uid: count(0), gid: count(1) };
        return 0;
      default:
        return this.callOnFile(name, count(0), args);
    }
  }

  private callOnFile(name: string, slot: number, args: readonly (string | number | null)[]): unknown {
    if (name === "fopen") {
      const opened = this.fs.open(String(args[1]), openFlags(String(args[2])), Number(args[3] ?? 0o666), this.who);
      this.files.get(slot)?.close();
      this.files.set(slot, opened);
      return 0;
    }
    const file = this.files.get(slot);
    if (!file) throw new FileSystemError("EBADF", String(slot));
    switch (name) {
      case "fread":
        return { c: contentText(file.read()) };
      case "fwrite":
        return done(file.write(latin1(String(args[1])), this.who));
      case "ftruncate":
        return done(file.truncate(Number(args[1]), this.who));
      case "fstat":
        return statResult(file.stat());
      case "fchmod":
        return this.chmod(file, Number(args[1]));
      case "fclose":
        this.files.delete(slot);
        return done(file.close());
      default:
        throw new RangeError(`unknown operation ${name}`);
    }
  }

  private chmod(file: OpenFile, mode: number): 0 {
    const { named } = file;
    file.chmod(mode, this.who);
    if (!named && file.named) this.corner = "stale name";
    return 0;
  }

  private open(path: string, flags: OpenFlags, mode: number, data: string | null): unknown {
    const file = this.fs.open(path, flags, mode, this.who);
    try {
      if (file.kind === "directory") return { dir: 1 };
      if (data !== null) file.write(latin1(data), this.who);
      if (flags.write && !flags.read) return 0;
      return file.kind === "file" ? { c: contentText(file.read()) } : { special: 1 };
    } finally {
      file.close();
    }
  }
}

function layerTree(layer: readonly TraceEntry[]): FileTree {
  const rootEntry: LayerEntry = { path: "", kind: "directory", mode: 0o755, uid: 0, gid: 0, mtime: LAYER_TIME };
  return treeFromEntries([rootEntry, ...layer.flatMap(layerEntries)]);
}

function layerEntries(entry: TraceEntry): LayerEntry[] {
  const mode = entry.m ?? (entry.t === "d" ? 0o755 : 0o644);
  const common = { path: entry.p.slice(1), mode, uid: entry.u ?? 0, gid: entry.g ?? 0, mtime: entry.mt ?? LAYER_TIME };
  switch (entry.t) {
    case "d": {
      const directory: LayerEntry = { ...common, kind: "directory" };
      return entry.o ? [directory, { ...common, kind: "opaque" }] : [directory];
    }
    case "f":
      return [{ ...common, kind: "file", content: latin1(entry.c ?? "") }];
    case "l":
      return [{ ...common, mode: 0o777, kind: "symlink", target: entry.to ?? "" }];
    case "h":
      return [{ ...common, kind: "hardlink", target: (entry.to ?? "").slice(1) }];
    case "w":
      return [{ ...common, kind: "whiteout" }];
    case "p":
      return [{ ...common, kind: "fifo" }];
  }
}

function openFlags(text: string): OpenFlags {
  const has = new Set(text.split("|"));
  return {
    read: !has.has("WRONLY"),
    write: has.has("WRONLY") || has.has("RDWR"),
    create: has.has("CREAT"),
    exclusive: has.has("EXCL"),
    truncate: has.has("TRUNC"),
    append: has.has("APPEND"),
    noFollow: has.has("NOFOLLOW"),
    directory: has.has("DIRECTORY"),
  };
}

/** A call that gives nothing. */
function done(_result: void): 0 {
  return 0;
}

function latin1(text: string): Content {
  return bytesContent(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

function listed(letter: string): string {
  return "dfl".includes(letter) ? letter : "x";
}
