import { machine } from "../host-machine.ts";
import { making } from "./making.ts";
import { aligned, human } from "./columns.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { absolute, child, lstatOrNull, reason, sortedNames, usageError } from "./walk.ts";

const df: Program = {
  names: ["df"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "haTkmPit:x:",
      long: { "human-readable": "h", all: "a", "print-type": "T" },
    });
    if (typeof options === "string") return usageError(context, "df", options);
    const wanted = options.operands.map((operand) => context.fs.mountOf(absolute(context, operand), context.who).at);
    const shown = context.fs.mounts.filter((mount) => {
      if (wanted.length > 0) return wanted.includes(mount.at);
      return options.has("a") || !["proc", "sysfs"].includes(mount.type);
    });
    const unit = options.has("m") ? 2 ** 20 : 1024;
    const size = (bytes: number) =>
      options.has("h") ? (bytes === 0 ? "0" : human(bytes)) : String(Math.floor(bytes / unit));
    const rows = shown.map((mount) => {
      const tmp = mount.type === "tmpfs";
      const total = tmp ? 64 * 2 ** 20 : mount.type === "overlay" || mount.type === "ext4" ? machine.disk : 0;
      const used = tmp || total === 0 ? 0 : machine.diskUsed;
      const percent = total === 0 ? "-" : `${Math.ceil((used / total) * 100)}%`;
      return [
        mount.source,
        ...(options.has("T") ? [mount.type] : []),
        size(total),
        size(used),
        size(total - used),
        percent,
        mount.at,
      ];
    });
    const head = [
      "Filesystem",
      ...(options.has("T") ? ["Type"] : []),
      options.has("h") ? "Size" : options.has("m") ? "1M-blocks" : "1K-blocks",
      "Used",
      options.has("h") ? "Avail" : "Available",
      "Use%",
      "Mounted on",
    ];
    if (context.busybox) {
      const line = ([source = "", ...rest]: readonly string[]) =>
        `${source.padEnd(20)} ${rest.map((cell, at) => (at === rest.length - 1 ? cell : cell.padStart(at === rest.length - 2 ? 4 : 9))).join(" ")}\n`;
      context.stdout([head, ...rows].map(line).join(""));
      return 0;
    }
    context.stdout(aligned([head, ...rows].map(spaced), options.has("T") ? "llrrrrl" : "lrrrrl"));
    return 0;
  },
};

/** GNU's least widths: 14 for the source, 5 for sizes. */
const spaced = ([source = "", ...rest]: readonly string[]): string[] => [
  source.padEnd(14),
  ...rest.map((cell, at) =>
    at === rest.length - 1 || cell.endsWith("%") || at >= rest.length - 2 ? cell : cell.padStart(5),
  ),
];

const mount: Program = {
  names: ["mount", "umount"],
  async run(argv, context) {
    if (argv[0] === "mount" && argv.slice(1).every((arg) => arg.startsWith("-"))) {
      for (const one of context.fs.mounts)
        context.stdout(`${one.source} on ${one.at} type ${one.type} (${one.options})\n`);
      return 0;
    }
    // A container has no CAP_SYS_ADMIN.
    const target = argv.at(-1) ?? "";
    context.stderr(
      argv[0] === "umount"
        ? `umount: ${target}: must be superuser to unmount.\n`
        : `mount: ${target}: permission denied.\n`,
    );
    return 32;
  },
};

const du: Program = {
  names: ["du"],
  async run(argv, context) {
    const long = {
      summarize: "s",
      "human-readable": "h",
      all: "a",
      bytes: "b",
      "max-depth=": "d",
      total: "c",
      "apparent-size": "A",
      "one-file-system": "x",
    };
    const options = parseOptions(argv.slice(1), { short: "shabkmcxd:", long });
    if (typeof options === "string") return usageError(context, "du", options);
    const apparent = options.has("b") || options.has("A");
    const depth = options.has("s") ? 0 : Number(options.value("d") ?? Number.POSITIVE_INFINITY);
    const show = (bytes: number) =>
      options.has("h")
        ? human(bytes)
        : String(options.has("b") ? bytes : Math.ceil(bytes / (options.has("m") ? 2 ** 20 : 1024)));
    const seen = new Set<string>();
    let code = 0;
    let total = 0;
    const measure = (path: string, shown: string, level: number): number => {
      const stat = lstatOrNull(context, path);
      if (stat === null) return 0;
      const { at } = context.fs.mountOf(path === "/" ? "/" : path.replace(/\/[^/]*$/, "") || "/", context.who);
      const key = `${at}:${stat.ino}`;
      if (stat.kind === "file" && stat.nlink > 1) {
        if (seen.has(key)) return 0;
        seen.add(key);
      }
      let bytes = apparent
        ? stat.size
        : stat.kind === "file"
          ? Math.ceil(stat.size / 4096) * 4096
          : stat.kind === "directory"
            ? 4096
            : 0;
      if (stat.kind === "directory") {
        try {
          for (const name of sortedNames(context, path))
            bytes += measure(child(path, name), child(shown, name), level + 1);
        } catch (error) {
          context.stderr(`du: cannot read directory '${shown}': ${reason(error)}\n`);
          code = 1;
        }
      }
      if (level <= depth && (stat.kind === "directory" || level === 0 || options.has("a")))
        context.stdout(`${show(bytes)}\t${shown}\n`);
      return bytes;
    };
    for (const operand of options.operands.length > 0 ? options.operands : ["."]) {
      const path = absolute(context, operand).replace(/(.)\/$/, "$1");
      if (lstatOrNull(context, path) === null) {
        context.stderr(
          context.busybox
            ? `du: ${operand}: No such file or directory\n`
            : `du: cannot access '${operand}': No such file or directory\n`,
        );
        code = 1;
      } else total += measure(path, operand, 0);
    }
    if (options.has("c")) context.stdout(`${show(total)}\ttotal\n`);
    return code;
  },
};

export const storage: readonly Program[] = [df, mount, du, ...making];
