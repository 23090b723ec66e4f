import { gunzipSync, gzipSync } from "fflate";
import { basename } from "../../core/filesystem/path.ts";
import { bytesContent, slice } from "../../core/filesystem/content.ts";
import type { Content } from "../../core/filesystem/content.ts";
import type { DiffId } from "../../core/oci/digest.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { readTarContent } from "../../core/tar/read.ts";
import { tarContent, tarName } from "../../core/tar/write.ts";
import { type Accounts, accounts } from "./accounts.ts";
import { modeText } from "./mode.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, attempt, child, lstatOrNull, reason, sortedNames, statOrNull, usageError } from "./walk.ts";
import { strftime } from "./when.ts";

/** Level and time fixed: the same input gives the same bytes. */
const compress = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 6, mtime: 0 });
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const gzip: Program = {
  names: ["gzip", "gunzip", "zcat"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "gzip");
    const long = {
      decompress: "d",
      uncompress: "d",
      stdout: "c",
      keep: "k",
      force: "f",
      best: "9",
      fast: "1",
      "no-name": "n",
    };
    const options = parseOptions(argv.slice(1), { short: "dckfnNqv123456789", long });
    if (typeof options === "string") return usageError(context, called, options);
    const open = called !== "gzip" || options.has("d");
    const toOutput = called === "zcat" || options.has("c");
    let code = 0;
    const fail = (text: string) => {
      context.stderr(`${called}: ${text}\n`);
      code = 1;
    };
    const turn = (bytes: Uint8Array): Uint8Array => (open ? gunzipSync(bytes) : compress(bytes));
    for (const file of options.operands.length > 0 ? options.operands : ["-"]) {
      try {
        if (file === "-") {
          context.stdout(turn(context.stdin));
          continue;
        }
        const path = absolute(context, file);
        const bytes = await context.bytes(context.fs.read(path, context.who));
        if (open && !isGzip(bytes)) {
          fail(`${file}: not in gzip format`);
          continue;
        }
        const target = open ? path.replace(/\.(gz|tgz)$/, (end) => (end === ".tgz" ? ".tar" : "")) : `${path}.gz`;
        if (toOutput) context.stdout(turn(bytes));
        else if (target === path) fail(`${file}: unknown suffix -- ignored`);
        else if (statOrNull(context, target) && !options.has("f")) fail(`${basename(target)} already exists`);
        else {
          const { mode } = context.fs.stat(path, context.who);
          context.fs.write(
            target,
            bytesContent(turn(bytes)),
            { write: true, create: true, truncate: true },
            mode,
            context.who,
          );
          if (!options.has("k")) context.fs.unlink(path, context.who);
        }
      } catch (error) {
        fail(
          error instanceof Error && error.name !== "FileSystemError"
            ? `${file}: ${error.message}`
            : `${file}: ${reason(error)}`,
        );
      }
    }
    return code;
  },
};

/** What `path` is as an entry of an archive, and everything below it. */
function entriesOf(
  context: ProgramContext,
  path: string,
  shown: string,
  how: { readonly known: Accounts; readonly excluded: (name: string) => boolean },
): LayerEntry[] {
  const { known, excluded } = how;
  const stat = lstatOrNull(context, path);
  if (stat === null || excluded(shown)) return [];
  const name = shown.replace(/^\/+/, "").replace(/\/+$/, "");
  const { mode, uid, gid, mtime } = stat;
  const names = { user: known.user(uid)?.name ?? "", group: known.group(gid)?.name ?? "" };
  const owned = { path: name, mode, uid, gid, mtime: Math.floor(mtime), ...(names.user !== "" && { names }) };
  switch (stat.kind) {
    case "directory":
      return [
        { ...owned, kind: "directory" },
        ...sortedNames(context, path).flatMap((entry) =>
          entriesOf(context, child(path, entry), child(shown, entry), how),
        ),
      ];
    case "symlink":
      return [{ ...owned, kind: "symlink", target: context.fs.readlink(path, context.who) }];
    case "file":
      return [{ ...owned, kind: "file", content: context.fs.read(path, context.who) }];
    case "fifo":
      return [{ ...owned, kind: "fifo" }];
    default:
      return [{ ...owned, kind: stat.kind, rdev: stat.rdev ?? [0, 0] }];
  }
}

/** A rope as long as it is not compressed: then nothing is read. */
async function packed(context: ProgramContext, entries: readonly LayerEntry[], gz: boolean): Promise<Content> {
  const tar = tarContent(entries);
  return gz ? bytesContent(compress(await context.bytes(tar))) : tar;
}

async function unpacked(context: ProgramContext, archive: Content): Promise<LayerEntry[]> {
  const head = await context.bytes(slice(archive, 0, 2));
  const tar = isGzip(head) ? bytesContent(gunzipSync(await context.bytes(archive))) : archive;
  const read = (layer: DiffId, offset: number, size: number) =>
    context.bytes({ size, segments: [{ kind: "stored", layer, offset, size }] });
  return readTarContent(tar, read, { asWritten: true });
}

/** Puts one entry below `directory`; as root with its owner, as anybody else with their own. */
function extract(context: ProgramContext, entry: LayerEntry, directory: string, path: string): void {
  const { fs, who } = context;
  const at = absolute(context, child(directory, path));
  const known = lstatOrNull(context, at);
  if (known && known.kind !== "directory") fs.unlink(at, who);
  if (entry.kind === "directory") {
    if (known === null) fs.mkdir(at, entry.mode, who);
  } else if (entry.kind === "file")
    fs.write(at, entry.content, { write: true, create: true, truncate: true }, entry.mode, who);
  else if (entry.kind === "symlink") fs.symlink(entry.target, at, who);
  else if (entry.kind === "hardlink") fs.link(absolute(context, child(directory, entry.target)), at, who);
  else if (entry.kind === "fifo") fs.mknod(at, "fifo", entry.mode, [0, 0], who);
  else if (entry.kind === "character" || entry.kind === "block") fs.mknod(at, entry.kind, entry.mode, entry.rdev, who);
  if (entry.kind === "hardlink" || entry.kind === "whiteout" || entry.kind === "opaque") return;
  if (who.uid === 0) fs.chown(at, entry.uid, entry.gid, who, { follow: false });
  if (entry.kind !== "symlink") fs.chmod(at, entry.mode, who);
  fs.utimes(at, entry.mtime, who, { follow: false });
}

const tar: Program = {
  names: ["tar"],
  async run(argv, context) {
    const [first = "", ...rest] = argv.slice(1);
    const args = /^[a-zA-Z]+$/.test(first) ? oldStyle(first, rest) : [first, ...rest];
    const long = {
      create: "c",
      extract: "x",
      get: "x",
      list: "t",
      "file=": "f",
      gzip: "z",
      verbose: "v",
      "directory=": "C",
      "strip-components=": "s",
      "exclude=": "e",
      "preserve-permissions": "p",
      "no-same-owner": "o",
      "same-owner": "k",
      version: "V",
    };
    const options = parseOptions(args, { short: "cxtf:zvC:pokjJmPS", long });
    if (typeof options === "string") return usageError(context, "tar", options, 64);
    const file = options.value("f") ?? "-";
    const directory = options.value("C") ?? ".";
    if (options.has("j") || options.has("J"))
      return usageError(context, "tar", "only gzip is simulated, not bzip2 or xz", 2);
    if (options.has("c")) {
      const excluded = (name: string) =>
        options.values("e").some((one) => name === one || name.startsWith(`${one}/`) || basename(name) === one);
      const how = { known: await accounts(context), excluded };
      const entries: LayerEntry[] = [];
      let code = 0;
      for (const operand of options.operands) {
        const path = absolute(context, operand.startsWith("/") ? operand : child(directory, operand));
        if (lstatOrNull(context, path) === null) {
          context.stderr(`tar: ${operand}: Cannot stat: No such file or directory\n`);
          code = 2;
        } else if (operand.startsWith("/")) context.stderr("tar: Removing leading `/' from member names\n");
        entries.push(...entriesOf(context, path, operand, how));
      }
      if (options.operands.length === 0)
        return usageError(context, "tar", "Cowardly refusing to create an empty archive", 2);
      if (options.has("v"))
        context.stdout(entries.map((entry) => `${entry.path}${entry.kind === "directory" ? "/" : ""}\n`).join(""));
      const archive = await packed(context, entries, options.has("z"));
      if (file === "-") context.stdout(await context.bytes(archive));
      else {
        const write = () =>
          context.fs.write(
            absolute(context, file),
            archive,
            { write: true, create: true, truncate: true },
            0o666,
            context.who,
          );
        if (
          !attempt(
            context,
            write,
            (why) => `tar: ${file}: Cannot open: ${why}\ntar: Error is not recoverable: exiting now`,
          )
        )
          return 2;
      }
      if (code !== 0) context.stderr("tar: Exiting with failure status due to previous errors\n");
      return code;
    }
    if (!options.has("x") && !options.has("t"))
      return usageError(
        context,
        "tar",
        "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
        2,
      );
    let entries: LayerEntry[];
    try {
      const archive =
        file === "-" ? bytesContent(context.stdin) : context.fs.read(absolute(context, file), context.who);
      entries = await unpacked(context, archive);
    } catch (error) {
      const why = error instanceof Error && error.name !== "FileSystemError" ? null : reason(error);
      context.stderr(
        why === null
          ? "tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n"
          : `tar: ${file}: Cannot open: ${why}\ntar: Error is not recoverable: exiting now\n`,
      );
      return 2;
    }
    return options.has("t")
      ? list(context, entries, options.has("v"))
      : unpack(context, entries, directory, Number(options.value("s") ?? 0), options.has("v"));
  },
};

/** Owners by their names, when the tar has them; the numbers of docker's tars stay numbers. */
function list(context: ProgramContext, entries: readonly LayerEntry[], verbose: boolean): number {
  // GNU tar's column for owner and size grows with what it has to hold.
  let width = context.busybox ? 0 : 19;
  for (const entry of entries) {
    const name = tarName(entry);
    if (!verbose) {
      context.stdout(`${name}\n`);
      continue;
    }
    const size = String(entry.kind === "file" ? entry.content.size : 0);
    const owner = `${entry.names?.user ?? entry.uid}/${entry.names?.group ?? entry.gid}`;
    const link =
      entry.kind === "symlink" ? ` -> ${entry.target}` : entry.kind === "hardlink" ? ` link to ${entry.target}` : "";
    width = Math.max(width, owner.length + 1 + size.length);
    const column = context.busybox ? ` ${size.padStart(9)}` : size.padStart(width - owner.length);
    const time = strftime("%F %R", entry.mtime * 1000);
    const plain =
      entry.kind === "whiteout" || entry.kind === "opaque" || (context.busybox && entry.kind === "hardlink");
    context.stdout(`${modeText(plain ? "file" : entry.kind, entry.mode)} ${owner}${column} ${time} ${name}${link}\n`);
  }
  return 0;
}

function unpack(
  context: ProgramContext,
  entries: readonly LayerEntry[],
  directory: string,
  strip: number,
  verbose: boolean,
): number {
  let code = 0;
  for (const entry of entries) {
    const path = entry.path.split("/").slice(strip).join("/");
    if (path === "") continue;
    if (verbose) context.stdout(`${entry.path}${entry.kind === "directory" ? "/" : ""}\n`);
    if (
      !attempt(
        context,
        () => extract(context, entry, directory, path),
        (why) => `tar: ${path}: Cannot open: ${why}`,
      )
    )
      code = 2;
  }
  if (code !== 0) context.stderr("tar: Exiting with failure status due to previous errors\n");
  return code;
}

/** "xzf FILE": letters without a dash, whose values follow in their order. */
function oldStyle(letters: string, rest: readonly string[]): string[] {
  const values = [...rest];
  const args = [...letters].flatMap((letter) =>
    letter === "f" || letter === "C" ? [`-${letter}`, values.shift() ?? ""] : [`-${letter}`],
  );
  return [...args, ...values];
}

export const archives: readonly Program[] = [gzip, tar];
