import { concat, resize, slice, textContent, zeros } from "../../core/filesystem/content.ts";
import { isErrno } from "../../core/filesystem/mount-namespace.ts";
import { changeMode } from "./mode.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { absolute, attempt, reason, statOrNull, usageError } from "./walk.ts";

/** "64k", "1M", "2G", "1kB": bytes. */
function bytesOf(text: string): number | null {
  const parts = /^(\d+)([a-zA-Z]*)$/.exec(text);
  if (!parts) return null;
  const units: Readonly<Record<string, number>> = {
    "": 1,
    c: 1,
    w: 2,
    b: 512,
    k: 1024,
    K: 1024,
    kB: 1000,
    KB: 1000,
    M: 2 ** 20,
    MB: 1e6,
    G: 2 ** 30,
    GB: 1e9,
    T: 2 ** 40,
  };
  const unit = units[parts[2] ?? ""];
  return unit === undefined ? null : Number(parts[1]) * unit;
}

const truncate: Program = {
  names: ["truncate", "fallocate"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "cs:r:l:",
      long: { "size=": "s", "no-create": "c", "reference=": "r", "length=": "l" },
    });
    if (typeof options === "string") return usageError(context, "truncate", options);
    const wish = options.value("s") ?? options.value("l") ?? "";
    const amount = bytesOf(wish.replace(/^[-+]/, ""));
    if (amount === null)
      return usageError(
        context,
        "truncate",
        wish === "" ? "you must specify either '--size' or '--reference'" : `Invalid number: '${wish}'`,
      );
    let code = 0;
    for (const operand of options.operands) {
      const path = absolute(context, operand);
      const words = (why: string) => `truncate: cannot open '${operand}' for writing: ${why}`;
      const call = () => {
        const known = statOrNull(context, path);
        if (known === null && options.has("c")) return;
        if (known === null) context.fs.write(path, textContent(""), { write: true, create: true }, 0o666, context.who);
        const before = known?.size ?? 0;
        const size = wish.startsWith("+")
          ? before + amount
          : wish.startsWith("-")
            ? Math.max(0, before - amount)
            : amount;
        context.fs.truncate(path, size, context.who);
      };
      if (!attempt(context, call, words)) code = 1;
    }
    return code;
  },
};

/** What dd says at the end: whole and partial blocks in and out, and how much that was. */
function copied(full: number, part: number, fullOut: number, partOut: number, bytes: number, short: boolean): string {
  const units: readonly (readonly [number, string])[] = [
    [1e9, "GB"],
    [1e6, "MB"],
    [1000, "kB"],
  ];
  const unit = units.find(([least]) => bytes >= least);
  const size = unit ? `${(bytes / unit[0]).toFixed(1)} ${unit[1]}` : `${bytes} B`;
  const records = `${full}+${part} records in\n${fullOut}+${partOut} records out\n`;
  return short ? records : `${records}${bytes} bytes (${size}) copied, 0.01 s\n`;
}

const dd: Program = {
  names: ["dd"],
  async run(argv, context) {
    const operands = new Map(
      argv.slice(1).map((arg) => [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)]),
    );
    const block = bytesOf(operands.get("bs") ?? operands.get("ibs") ?? "512");
    const count = operands.has("count") ? bytesOf(operands.get("count") ?? "") : null;
    if (block === null) return usageError(context, "dd", `invalid number: '${operands.get("bs")}'`);
    const input = operands.get("if");
    const output = operands.get("of");
    const { fs, who } = context;
    let name = input ?? "";
    try {
      const stat = input === undefined ? null : fs.stat(absolute(context, input), who);
      const device = stat?.rdev?.join(":");
      let content =
        input === undefined
          ? textContent(new TextDecoder().decode(context.stdin))
          : fs.read(absolute(context, input), who);
      if (device === "1:5") {
        if (count === null) {
          context.stderr(`dd: error writing '${output ?? "standard output"}': No space left on device\n`);
          return 1;
        }
        content = zeros(block * count);
      } else if (device === "1:8" || device === "1:9") {
        let random = content;
        while (random.size < block * (count ?? 1)) random = concat(random, content);
        content = slice(random, 0, block * (count ?? 1));
      }
      const skip = Number(operands.get("skip") ?? 0) * block;
      const data = slice(
        content,
        Math.min(skip, content.size),
        count === null ? content.size : Math.min(content.size, skip + block * count),
      );
      name = output ?? "";
      if (output === undefined) context.stdout(await context.bytes(data));
      else {
        const seek = Number(operands.get("seek") ?? 0) * block;
        const keep = operands.get("conv")?.includes("notrunc") ?? false;
        const path = absolute(context, output);
        const known = statOrNull(context, path);
        if (seek > 0 && known) {
          const before = resize(fs.read(path, who), seek);
          fs.write(path, concat(before, data), { write: true }, 0o666, who);
        } else
          fs.write(
            path,
            seek > 0 ? concat(zeros(seek), data) : data,
            { write: true, create: true, truncate: !keep },
            0o666,
            who,
          );
      }
      const [full, part] = [Math.floor(data.size / block), data.size % block === 0 ? 0 : 1];
      if (operands.get("status") !== "none") context.stderr(copied(full, part, full, part, data.size, false));
      return 0;
    } catch (error) {
      if (output !== undefined && isErrno(error, "ENOSPC")) {
        const size = statOrNull(context, absolute(context, output))?.size ?? 0;
        context.stderr(`dd: error writing '${output}': ${reason(error)}\n`);
        if (operands.get("status") !== "none")
          context.stderr(
            copied(
              Math.floor(size / block) + 1,
              0,
              Math.floor(size / block),
              size % block === 0 ? 0 : 1,
              size,
              context.busybox,
            ),
          );
        return 1;
      }
      context.stderr(
        context.busybox
          ? `dd: can't open '${name}': ${reason(error)}\n`
          : `dd: failed to open '${name}': ${reason(error)}\n`,
      );
      return 1;
    }
  },
};

const mktemp: Program = {
  names: ["mktemp", "tempfile"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "dqutp:",
      long: { directory: "d", quiet: "q", "dry-run": "u", "tmpdir?": "p", "suffix=": "x" },
    });
    if (typeof options === "string") return usageError(context, "mktemp", options);
    const [template = "tmp.XXXXXXXXXX"] = options.operands;
    const base =
      options.operands.length === 0 || options.has("p") || options.has("t")
        ? `${options.value("p") || context.env.get("TMPDIR") || "/tmp"}/`
        : "";
    const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const name = template.replace(/X{3,}(?=[^X]*$)/, (marks) =>
      Array.from(marks, () => letters.charAt(context.random.integer(letters.length))).join(""),
    );
    const path = base + name + (options.value("x") ?? "");
    const at = absolute(context, path);
    const call = () => {
      if (options.has("u")) return;
      if (options.has("d")) context.fs.mkdir(at, 0o700, context.who);
      else context.fs.write(at, textContent(""), { write: true, create: true, exclusive: true }, 0o600, context.who);
    };
    if (
      !attempt(
        context,
        call,
        (why) =>
          `mktemp: failed to create ${options.has("d") ? "directory" : "file"} via template '${base}${template}': ${why}`,
      )
    )
      return 1;
    context.stdout(`${path}\n`);
    return 0;
  },
};

const install: Program = {
  names: ["install"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "dDvpscCo:g:m:t:T",
      long: { directory: "d", "mode=": "m", "owner=": "o", "group=": "g", verbose: "v", "target-directory=": "t" },
    });
    if (typeof options === "string") return usageError(context, "install", options);
    const made = options.has("d") ? [...options.operands] : options.operands.slice(-1);
    const mode = changeMode(options.value("m") ?? "755", 0, options.has("d"), 0) ?? 0o755;
    const owner = [options.value("o") ?? "", options.value("g") ? `:${options.value("g")}` : ""].join("");
    if (options.has("d")) {
      const code = await context.spawn(["mkdir", "-p", ...made]);
      if (code !== 0) return code;
    } else {
      const target = options.value("t") ?? made[0] ?? "";
      if (options.has("D")) await context.spawn(["mkdir", "-p", target.replace(/\/[^/]*$/, "") || "/"]);
      const code = await context.spawn([
        "cp",
        "-f",
        ...(options.value("t") ? options.operands : options.operands.slice(0, -1)),
        target,
      ]);
      if (code !== 0) return code;
      const directory = statOrNull(context, absolute(context, target))?.kind === "directory";
      if (directory)
        made.splice(
          0,
          made.length,
          ...options.operands
            .slice(0, options.value("t") ? undefined : -1)
            .map((file) => `${target}/${file.split("/").pop()}`),
        );
    }
    for (const file of made) {
      if (
        !attempt(
          context,
          () => context.fs.chmod(absolute(context, file), mode, context.who),
          (why) => `install: cannot change permissions of '${file}': ${why}`,
        )
      )
        return 1;
      if (owner !== "") await context.spawn(["chown", owner, file]);
    }
    return 0;
  },
};

/** Programs that make files of a wanted size, name or mode. */
export const making: readonly Program[] = [truncate, dd, mktemp, install];
