import { accounts } from "./accounts.ts";
import { modeText } from "./mode.ts";
import { parseOptions } from "./options.ts";
import { usageOf } from "./mounts.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, reason, usageError } from "./walk.ts";
import { strftime } from "./when.ts";

const KINDS = {
  file: "regular file",
  directory: "directory",
  symlink: "symbolic link",
  character: "character special file",
  block: "block special file",
  fifo: "fifo",
} as const;

/** Names of filesystems as stat knows them by their magic. */
const TYPES: Readonly<Record<string, string>> = { overlay: "overlayfs", ext4: "ext2/ext3", cgroup2: "cgroup2fs" };

/** `stat -f`: the filesystem that holds it. Block counts are those of 4096 bytes. */
function filesystem(context: ProgramContext, path: string, shown: string, format: string | undefined): string {
  context.fs.stat(path, context.who);
  const mount = context.fs.mountOf(path, context.who);
  const { size, used } = usageOf(mount);
  const [total, free] = [Math.floor(size / 4096), Math.floor((size - used) / 4096)];
  const type = TYPES[mount.type] ?? mount.type;
  const values: Readonly<Record<string, string | number>> = {
    n: shown,
    T: type,
    s: 4096,
    S: 4096,
    b: total,
    f: free,
    a: free,
    l: 255,
    "%": "%",
  };
  if (format !== undefined)
    return `${format.replace(/%([a-zA-Z%])/g, (_, letter: string) => String(values[letter] ?? "?"))}\n`;
  const line = (title: string, value: string | number) => `${title}: ${String(value).padEnd(10)}`;
  return (
    `  File: "${shown}"\n    ID: 0        Namelen: 255     Type: ${type}\n` +
    `${line("Block size", 4096)} Fundamental block size: 4096\n` +
    `Blocks: ${line("Total", total)} ${line("Free", free)} Available: ${free}\n` +
    `Inodes: ${line("Total", 0)} Free: 0\n`
  );
}

export const stat: Program = {
  names: ["stat"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "Lftc:",
      long: { dereference: "L", "format=": "c", "printf=": "p", "file-system": "f", terse: "t" },
    });
    if (typeof options === "string") return usageError(context, "stat", options);
    if (options.operands.length === 0) return usageError(context, "stat", "missing operand");
    const known = await accounts(context);
    let code = 0;
    for (const operand of options.operands) {
      const path = absolute(context, operand);
      try {
        if (options.has("f")) {
          context.stdout(filesystem(context, path, operand, options.value("p") ?? options.value("c")));
          continue;
        }
        const found = options.has("L") ? context.fs.stat(path, context.who) : context.fs.lstat(path, context.who);
        const link = found.kind === "symlink" ? context.fs.readlink(path, context.who) : null;
        const kind = found.kind === "file" && found.size === 0 ? "regular empty file" : KINDS[found.kind];
        const blocks = found.kind === "file" ? Math.ceil(found.size / 4096) * 8 : found.kind === "directory" ? 8 : 0;
        const time = `${strftime("%F %T", found.mtime * 1000)}.000000000 +0000`;
        const mode = modeText(found.kind, found.mode);
        const format = options.value("p") ?? options.value("c");
        const one = (letter: string): string => {
          const values: Readonly<Record<string, string | number>> = {
            a: found.mode.toString(8),
            A: mode,
            b: blocks,
            B: 512,
            F: kind,
            g: found.gid,
            G: known.groupName(found.gid),
            h: found.nlink,
            i: found.ino,
            n: operand,
            N: link === null ? `'${operand}'` : `'${operand}' -> '${link}'`,
            o: 4096,
            s: found.size,
            u: found.uid,
            U: known.userName(found.uid),
            x: time,
            y: time,
            z: time,
            X: Math.floor(found.mtime),
            Y: Math.floor(found.mtime),
            Z: Math.floor(found.mtime),
            d: 54,
            m: context.fs.mountOf(path, context.who, { follow: options.has("L") }).at,
            t: "0",
            T: "0",
            w: "-",
            W: 0,
            f: (
              (found.kind === "directory" ? 0o040000 : found.kind === "symlink" ? 0o120000 : 0o100000) | found.mode
            ).toString(16),
            "%": "%",
          };
          return String(values[letter] ?? "?");
        };
        if (format !== undefined) {
          const text = format.replace(/%([a-zA-Z%])/g, (_, letter: string) => one(letter));
          context.stdout(options.has("p") ? text.replaceAll("\\n", "\n").replaceAll("\\t", "\t") : `${text}\n`);
          continue;
        }
        const owner = (id: number, name: string) => `(${String(id).padStart(5)}/${name.padStart(8)})`;
        context.stdout(
          `  File: ${context.busybox ? operand : operand}${link === null ? "" : ` -> ${link}`}\n` +
            `  Size: ${String(found.size).padEnd(10)}\tBlocks: ${String(blocks).padEnd(10)} IO Block: 4096   ${kind}\n` +
            `Device: ${context.busybox ? "36h/54d" : "0,54"}\tInode: ${String(found.ino).padEnd(11)} Links: ${found.nlink}\n` +
            `Access: (${found.mode.toString(8).padStart(4, "0")}/${mode})  Uid: ${owner(found.uid, known.userName(found.uid))}   Gid: ${owner(found.gid, known.groupName(found.gid))}\n` +
            `Access: ${time}\nModify: ${time}\nChange: ${time}\n${context.busybox ? "" : " Birth: -\n"}`,
        );
      } catch (error) {
        context.stderr(
          context.busybox
            ? `stat: can't stat '${operand}': ${reason(error)}\n`
            : `stat: cannot statx '${operand}': ${reason(error)}\n`,
        );
        code = 1;
      }
    }
    return code;
  },
};
