import type { Mount } from "../../core/filesystem/mount.ts";
import { machine } from "../host-machine.ts";
import { aligned, human } from "./columns.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, reason, statOrNull, usageError } from "./walk.ts";

/** Both lie on one device: what is bound from the host's disk, and one filesystem mounted twice. */
export function sameDevice(one: Mount, two: Mount): boolean {
  return one.fs === two.fs || (one.source.startsWith("/") && one.source === two.source);
}

/** Bytes, as statfs(2) tells them; 0 for a filesystem of the kernel's. */
export function usageOf(mount: Mount): { readonly size: number; readonly used: number } {
  if (mount.usage) return mount.usage();
  const onDisk = mount.type === "overlay" || mount.type === "ext4";
  return onDisk ? { size: machine.disk, used: machine.diskUsed } : { size: 0, used: 0 };
}

/** One mount a device: the nearest to the root, unless it shows less of the device. (coreutils, df.c, filter_mount_list) */
function oneADevice(mounts: readonly Mount[]): Mount[] {
  const kept: Mount[] = [];
  for (const mount of mounts) {
    const at = kept.findIndex((known) => sameDevice(known, mount));
    const known = kept[at];
    if (known === undefined) kept.push(mount);
    else if (mount.at.length < known.at.length && (mount.root ?? "/").length <= (known.root ?? "/").length) {
      kept.splice(at, 1);
      kept.push(mount);
    }
  }
  return mounts.filter((mount) => kept.includes(mount));
}

const df: Program = {
  names: ["df"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "haTkmPit:x:",
      long: { "human-readable": "h", all: "a", "print-type": "T", "type=": "t", "exclude-type=": "x" },
    });
    if (typeof options === "string") return usageError(context, "df", options);
    const { fs, who, busybox } = context;
    let code = 0;
    const wanted: Mount[] = [];
    for (const operand of options.operands) {
      try {
        fs.stat(absolute(context, operand), who);
        wanted.push(fs.mountOf(absolute(context, operand), who));
      } catch (error) {
        context.stderr(busybox ? `df: ${operand}: can't find mount point\n` : `df: ${operand}: ${reason(error)}\n`);
        code = 1;
      }
    }
    const listed = options.has("a") ? fs.mounts : fs.mounts.filter((mount) => usageOf(mount).size > 0);
    const all = busybox || options.has("a") ? listed : oneADevice(listed);
    const shown = (options.operands.length > 0 ? wanted : all).filter(
      ({ type }) =>
        (!options.has("t") || options.values("t").includes(type)) &&
        !(options.has("x") && options.values("x").includes(type)),
    );
    if (shown.length === 0) {
      if (code === 0 && !busybox) context.stderr("df: no file systems processed\n");
      if (!busybox) return 1;
    }
    const unit = options.has("m") ? 2 ** 20 : 1024;
    const size = (bytes: number) => {
      if (options.has("h")) return bytes === 0 ? "0" : busybox ? tenths(bytes) : human(bytes);
      return String(Math.floor(bytes / unit));
    };
    const rows = shown.map((mount) => {
      const { size: total, used } = usageOf(mount);
      const percent = total === 0 ? (busybox ? "0%" : "-") : `${Math.ceil((used / total) * 100)}%`;
      const type = options.has("T") ? [mount.type] : [];
      return [mount.source, ...type, size(total), size(used), size(total - used), percent, mount.at];
    });
    const head = [
      "Filesystem",
      ...(options.has("T") ? ["Type"] : []),
      options.has("h") ? "Size" : options.has("m") ? (busybox ? "1M-blocks" : "1M-blocks") : "1K-blocks",
      "Used",
      options.has("h") && !busybox ? "Avail" : "Available",
      "Use%",
      "Mounted on",
    ];
    if (busybox) {
      const line = ([source = "", ...rest]: readonly string[]) =>
        `${source.padEnd(20)} ${rest.map((cell, at) => (at === rest.length - 1 ? cell : cell.padStart(at === rest.length - 2 ? 4 : 9))).join(" ")}\n`;
      context.stdout([head, ...rows].map(line).join(""));
      return code;
    }
    context.stdout(aligned([head, ...rows].map(spaced), options.has("T") ? "llrrrrl" : "lrrrrl"));
    return code;
  },
};

/** GNU's least widths: 14 for the source, 5 for sizes. */
const spaced = ([source = "", ...rest]: readonly string[]): string[] => [
  source.padEnd(14),
  ...rest.map((cell, at) =>
    at === rest.length - 1 || cell.endsWith("%") || at >= rest.length - 2 ? cell : cell.padStart(5),
  ),
];

/** "64.0K", "11.8G": busybox always shows a tenth. */
function tenths(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? String(bytes) : value.toFixed(1) + "KMGTPE".charAt(unit - 1);
}

const mount: Program = {
  names: ["mount", "umount"],
  async run(argv, context) {
    const [name = "mount", ...args] = argv;
    const type = args[0] === "-t" ? args[1] : undefined;
    if (name === "mount" && (type ? args.length === 2 : args.every((arg) => arg.startsWith("-")))) {
      for (const one of context.fs.mounts)
        if (type === undefined || one.type === type)
          context.stdout(`${one.source} on ${one.at} type ${one.type} (${one.options})\n`);
      return 0;
    }
    // A container has no CAP_SYS_ADMIN.
    const target = argv.at(-1) ?? "";
    if (context.busybox)
      context.stderr(
        `${name}: ${name === "mount" ? "permission denied (are you root?)" : `can't unmount ${target}: Operation not permitted`}\n`,
      );
    else
      context.stderr(
        name === "umount"
          ? `umount: ${target}: must be superuser to unmount.\n`
          : `mount: ${target}: permission denied.\n`,
      );
    return context.busybox ? 1 : 32;
  },
};

const mountpoint: Program = {
  names: ["mountpoint"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "qdnx", long: { quiet: "q" } });
    if (typeof options === "string") return usageError(context, "mountpoint", options);
    const [operand = ""] = options.operands;
    const path = absolute(context, operand);
    if (statOrNull(context, path) === null) {
      if (!options.has("q")) context.stderr(`mountpoint: ${operand}: No such file or directory\n`);
      return 1;
    }
    const is = context.fs.isMountPoint(context.fs.realpath(path, context.who), context.who);
    if (!options.has("q")) context.stdout(`${operand} is ${is ? "" : "not "}a mountpoint\n`);
    return is ? 0 : context.busybox ? 1 : 32;
  },
};

/** The mounts with what is mounted in them below, as a tree. (util-linux, findmnt) */
function mountTree(mounts: readonly Mount[]): [drawn: string, mount: Mount][] {
  const under = (outer: Mount, inner: Mount) =>
    inner !== outer && inner.at.startsWith(outer.at === "/" ? "/" : `${outer.at}/`);
  const parentOf = (mount: Mount) =>
    mounts.filter((one) => under(one, mount)).toSorted((a, b) => b.at.length - a.at.length)[0];
  const below = (parent: Mount | undefined, indent: string): [string, Mount][] => {
    const children = mounts.filter((one) => parentOf(one) === parent);
    return children.flatMap((one, at): [string, Mount][] => {
      const last = at === children.length - 1;
      const drawn = parent === undefined ? one.at : `${indent}${last ? "└─" : "├─"}${one.at}`;
      return [[drawn, one], ...below(one, parent === undefined ? "" : `${indent}${last ? "  " : "│ "}`)];
    });
  };
  return below(undefined, "");
}

const findmnt: Program = {
  names: ["findmnt"],
  async run(argv, context: ProgramContext) {
    const options = parseOptions(argv.slice(1), { short: "nlt:", long: { noheadings: "n", list: "l", "types=": "t" } });
    if (typeof options === "string") return usageError(context, "findmnt", options);
    const [operand] = options.operands;
    const types = options.values("t").flatMap((text) => text.split(","));
    const chosen = context.fs.mounts.filter(
      ({ at, source, type }) =>
        (operand === undefined || at === absolute(context, operand) || source === operand) &&
        (types.length === 0 || types.includes(type)),
    );
    if (chosen.length === 0) return 1;
    const flat = operand !== undefined || options.has("l") || types.length > 0;
    const rows = flat ? chosen.map((one) => [one.at, one] as const) : mountTree(chosen);
    const source = (one: Mount) => (one.root && one.root !== "/" ? `${one.source}[${one.root}]` : one.source);
    const head = options.has("n") ? [] : [["TARGET", "SOURCE", "FSTYPE", "OPTIONS"]];
    context.stdout(aligned([...head, ...rows.map(([at, one]) => [at, source(one), one.type, one.options])], "llll"));
    return 0;
  },
};

/** Programs that show the mount table. */
export const mounts: readonly Program[] = [df, mount, mountpoint, findmnt];
