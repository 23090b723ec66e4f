import { basename } from "../../core/filesystem/path.ts";
import { findExecutable } from "../../engine/process.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { usageError } from "./walk.ts";

const env: Program = {
  names: ["env"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "iu:C:S:v0",
      stopAtOperand: true,
      long: { "ignore-environment": "i", "unset=": "u", "chdir=": "C" },
    });
    if (typeof options === "string") return usageError(context, "env", options, 125);
    const variables = new Map(options.has("i") ? [] : context.env);
    for (const name of options.values("u")) variables.delete(name);
    const command = [...options.operands, ...(options.value("S")?.split(" ") ?? [])];
    while (/^[^=]+=/.test(command[0] ?? "")) {
      const [name = "", ...value] = (command.shift() ?? "").split("=");
      variables.set(name, value.join("="));
    }
    if (command.length === 0) {
      context.stdout([...variables].map(([name, value]) => `${name}=${value}\n`).join(""));
      return 0;
    }
    return context.spawn(command, {
      env: variables,
      ...(options.value("C") ? { cwd: options.value("C") ?? "/" } : {}),
    });
  },
};

const printenv: Program = {
  names: ["printenv"],
  async run(argv, context) {
    const names = argv.slice(1).filter((arg) => !arg.startsWith("-"));
    if (names.length === 0) context.stdout([...context.env].map(([name, value]) => `${name}=${value}\n`).join(""));
    let code = 0;
    for (const name of names) {
      const value = context.env.get(name);
      if (value === undefined) code = 1;
      else context.stdout(`${value}\n`);
    }
    return code;
  },
};

const which: Program = {
  names: ["which"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "as" });
    if (typeof options === "string") return usageError(context, "which", options, 2);
    const path = context.env.get("PATH") ?? "";
    let code = 0;
    for (const name of options.operands) {
      const places = options.has("a") && !name.includes("/") ? path.split(":") : [path];
      const found = places.flatMap((place) => {
        const answer = findExecutable(context.fs, name, { path: place, cwd: context.cwd, who: context.who });
        return "path" in answer ? [answer.path] : [];
      });
      if (found.length === 0) code = 1;
      context.stdout(found.map((file) => `${file}\n`).join(""));
    }
    return code;
  },
};

/** Programs that run another one: its niceness, session or time limit mean nothing to modelled processes. */
const wrapper: Program = {
  names: ["nohup", "nice", "setsid", "timeout", "stdbuf", "ionice", "chroot", "tini", "dumb-init", "unshare"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    if (called === "chroot" || called === "unshare") {
      context.stderr(`lamina: ${called} is not simulated; in a container the same is done with docker run\n`);
      return 126;
    }
    const short = { nice: "n:", timeout: "k:s:v", stdbuf: "i:o:e:", ionice: "c:n:p:t" }[called] ?? "vgs";
    const options = parseOptions(argv.slice(1), {
      short,
      stopAtOperand: true,
      long: { "preserve-status": "v", "kill-after=": "k", "signal=": "s", "adjustment=": "n" },
    });
    if (typeof options === "string") return usageError(context, called, options, 125);
    const command = called === "timeout" ? options.operands.slice(1) : options.operands;
    if (command.length === 0) return usageError(context, called, "missing operand", 125);
    return context.spawn(command);
  },
};

/** What a shell has built in and just-bash does not know. */
const shellWords: Program = {
  names: [
    "umask",
    "ulimit",
    "trap",
    "jobs",
    "fg",
    "bg",
    "disown",
    "suspend",
    "times",
    "caller",
    "enable",
    "fc",
    "logout",
  ],
  async run(argv, context) {
    const [called = "", ...args] = argv;
    switch (called) {
      case "umask": {
        const [mask] = args.filter((arg) => !arg.startsWith("-"));
        if (mask !== undefined && /^[0-7]{1,4}$/.test(mask)) context.setUmask(Number.parseInt(mask, 8));
        else context.stdout(`${context.who.umask.toString(8).padStart(4, "0")}\n`);
        return 0;
      }
      case "ulimit":
        context.stdout(args.includes("-n") ? "1048576\n" : "unlimited\n");
        return 0;
      case "fg":
      case "bg":
        context.stderr(`bash: ${called}: no job control in this shell\n`);
        return 1;
      case "times":
        context.stdout("0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
        return 0;
      case "logout":
        context.stderr("bash: logout: not login shell: use `exit'\n");
        return 1;
      default:
        return 0;
    }
  },
};

export const environment: readonly Program[] = [env, printenv, which, wrapper, shellWords];
