import { basename } from "../../core/filesystem/path.ts";
import { runBundledWith } from "./bundled-call.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { absolute, reason, usageError } from "./walk.ts";

const cat: Program = {
  names: ["cat"],
  async run(argv, context) {
    const long = {
      number: "n",
      "number-nonblank": "b",
      "show-all": "A",
      "show-ends": "E",
      "show-tabs": "T",
      "squeeze-blank": "s",
      "show-nonprinting": "v",
    };
    const options = parseOptions(argv.slice(1), { short: "nbAEeTtsvu", long });
    if (typeof options === "string") return usageError(context, "cat", options);
    if (options.order.some((letter) => letter !== "u")) return runBundledWith(context, "cat", argv.slice(1));
    const files = options.operands.length === 0 ? ["-"] : options.operands;
    let code = 0;
    for (const file of files) {
      try {
        const bytes =
          file === "-" ? context.stdin : await context.bytes(context.fs.read(absolute(context, file), context.who));
        context.stdout(bytes);
      } catch (error) {
        const why = reason(error);
        context.stderr(
          context.busybox && why !== "Is a directory"
            ? `cat: can't open '${file}': ${why}\n`
            : context.busybox
              ? `cat: read error: ${why}\n`
              : `cat: ${file}: ${why}\n`,
        );
        code = 1;
      }
    }
    return code;
  },
};

/** One count of one file is taken of its bytes, however many; the rest is just-bash's. */
const wc: Program = {
  names: ["wc"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "lc", long: { bytes: "c", lines: "l" } });
    if (typeof options === "string" || options.order.length !== 1 || options.operands.length > 1) {
      return runBundledWith(context, "wc", argv.slice(1));
    }
    const [file = "-"] = options.operands;
    let bytes = context.stdin;
    try {
      if (file !== "-") bytes = await context.bytes(context.fs.read(absolute(context, file), context.who));
    } catch (error) {
      reason(error);
      return runBundledWith(context, "wc", argv.slice(1));
    }
    let count = bytes.length;
    if (options.has("l")) {
      count = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
    }
    context.stdout(`${count}${options.operands.length > 0 ? ` ${file}` : ""}\n`);
    return 0;
  },
};

/** A pager in a terminal that scrolls by itself: everything at once. */
const pager: Program = {
  names: ["less", "more", "most", "pager", "zless"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "less");
    const files = argv.slice(1).filter((arg) => !/^[-+]/.test(arg));
    if (files.length === 0 && context.stdin.length === 0) {
      context.stderr(called === "more" ? "more: bad usage\n" : 'Missing filename ("less --help" for help)\n');
      return 1;
    }
    if (files.length === 0) context.stdout(context.stdin);
    let code = 0;
    for (const file of files) {
      try {
        context.stdout(await context.bytes(context.fs.read(absolute(context, file), context.who)));
      } catch (error) {
        context.stderr(`${file}: ${reason(error)}\n`);
        code = 1;
      }
    }
    return code;
  },
};

/** tail -f waits for more, which never comes: files change only while a command runs. */
const tail: Program = {
  names: ["tail"],
  async run(argv, context) {
    const follow = argv
      .slice(1)
      .some((arg) => arg === "-f" || arg === "-F" || arg === "--follow" || /^-[qvsn\d]*[fF]$/.test(arg));
    if (!follow) return runBundledWith(context, "tail", argv.slice(1));
    const rest = argv.slice(1).flatMap((arg) => {
      if (arg === "--follow" || /^-[fF]$/.test(arg)) return [];
      return /^-[a-z\d]*[fF][a-z\d]*$/.test(arg) ? [arg.replace(/[fF]/, "")] : [arg];
    });
    const files = rest.filter((arg, at) => !arg.startsWith("-") && rest[at - 1] !== "-n");
    const device = files.every((file) => file === "/dev/null");
    if (!device) {
      const code = await runBundledWith(context, "tail", rest);
      if (code !== 0) return code;
    }
    return context.goOn(null);
  },
};

/** just-bash's diff prints a line of "=" that diff does not; and knows unified form only. */
const diff: Program = {
  names: ["diff"],
  async run(argv, context) {
    const call = await context.bundled("diff", argv.slice(1));
    context.stdout(call.stdout.replace(/^=+\n/gm, ""));
    context.stderr(call.stderr);
    return call.exitCode;
  },
};

/** xargs -n1 and -I{} with the value in the same word, which just-bash's does not take. */
const xargs: Program = {
  names: ["xargs"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "0rtn:I:L:P:d:",
      stopAtOperand: true,
      long: { null: "0", "no-run-if-empty": "r", "max-args=": "n", "max-procs=": "P", "delimiter=": "d", verbose: "t" },
    });
    if (typeof options === "string") return usageError(context, "xargs", options);
    const text = new TextDecoder().decode(context.stdin);
    const replace = options.value("I");
    const separator = options.has("0")
      ? "\0"
      : options.has("d")
        ? (options.value("d") ?? "\n").replace("\\n", "\n")
        : replace !== undefined || options.has("L")
          ? "\n"
          : null;
    const items = (separator === null ? words(text) : text.split(separator)).filter((item) => item !== "");
    const command = options.operands.length > 0 ? options.operands : ["echo"];
    if (items.length === 0 && (options.has("r") || context.busybox)) return 0;
    const size =
      replace !== undefined || options.has("L") ? 1 : Number(options.value("n") ?? Math.max(1, items.length));
    let code = 0;
    for (let at = 0; at < Math.max(1, items.length); at += size) {
      const chunk = items.slice(at, at + size);
      const argvOf =
        replace === undefined
          ? [...command, ...chunk]
          : command.map((word) => word.replaceAll(replace, chunk[0] ?? ""));
      if (options.has("t")) context.stderr(`${argvOf.join(" ")}\n`);
      const result = await context.spawn(argvOf, { stdin: new Uint8Array(0) });
      if (result === 127 || result === 126) return result;
      if (result !== 0) code = 123;
    }
    return code;
  },
};

/** As many lines as a reader may want; to a terminal it goes on until it is interrupted. */
const yes: Program = {
  names: ["yes"],
  async run(argv, context) {
    const line = `${argv.slice(1).join(" ") || "y"}\n`;
    context.stdout(line.repeat(context.terminal ? 200 : 10_000));
    return context.terminal ? context.goOn(null) : 0;
  },
};

/** Words as xargs splits them: blanks, with quotes and backslashes. */
function words(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+/gs)) {
    found.push(match[0].replace(/"([^"]*)"|'([^']*)'|\\(.)/gs, (_, a, b, c) => a ?? b ?? c));
  }
  return found;
}

export const text: readonly Program[] = [cat, wc, pager, tail, diff, xargs, yes];
