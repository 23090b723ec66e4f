import { basename } from "../../core/filesystem/path.ts";
import { kernel, machine } from "../host-machine.ts";
import { accounts } from "./accounts.ts";
import { aligned } from "./columns.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { usageError } from "./walk.ts";
import { strftime } from "./when.ts";

const uname: Program = {
  names: ["uname", "arch"],
  async run(argv, context) {
    if (basename(argv[0] ?? "") === "arch") {
      context.stdout(`${kernel.machine}\n`);
      return 0;
    }
    const long = {
      all: "a",
      "kernel-name": "s",
      nodename: "n",
      "kernel-release": "r",
      "kernel-version": "v",
      machine: "m",
      processor: "p",
      "operating-system": "o",
    };
    const options = parseOptions(argv.slice(1), { short: "asnrvmpio", long });
    if (typeof options === "string") return usageError(context, "uname", options);
    const all = options.has("a");
    const parts: string[] = [];
    const add = (letter: string, value: string) => {
      if (all || options.has(letter) || (letter === "s" && options.order.length === 0)) parts.push(value);
    };
    add("s", kernel.name);
    add("n", context.container.hostname);
    add("r", kernel.release);
    add("v", kernel.version);
    add("m", kernel.machine);
    if (options.has("p") || (all && !context.busybox)) parts.push(kernel.machine);
    if (options.has("i") || (all && !context.busybox)) parts.push(kernel.machine);
    add("o", context.busybox ? "Linux" : "GNU/Linux");
    context.stdout(`${parts.join(" ")}\n`);
    return 0;
  },
};

const hostname: Program = {
  names: ["hostname", "hostnamectl", "dnsdomainname"],
  async run(argv, context) {
    const [option] = argv.slice(1);
    if (option === "-i" || option === "-I" || option === "--ip-address")
      context.stdout(`${context.container.ipAddress}${option === "-I" ? " " : ""}\n`);
    else if (option !== undefined && !option.startsWith("-")) {
      context.stderr(
        context.busybox
          ? "hostname: sethostname: Operation not permitted\n"
          : "hostname: you must be root to change the host name\n",
      );
      return 1;
    } else context.stdout(`${context.container.hostname}\n`);
    return 0;
  },
};

/** "0:00" of processor time: modelled processes use none. */
const ps: Program = {
  names: ["ps"],
  async run(argv, context) {
    const known = await accounts(context);
    const args = argv.slice(1).join(" ").replaceAll("-", "");
    const line = (words: readonly string[]) => words.join(" ");
    const list = context.processes;
    if (context.busybox) {
      context.stdout("PID   USER     TIME  COMMAND\n");
      for (const one of list)
        context.stdout(
          `${String(one.pid).padStart(5)} ${known.userName(one.uid).slice(0, 8).padEnd(8)}  0:00 ${line(one.argv)}\n`,
        );
      return 0;
    }
    const start = (at: number) => strftime("%H:%M", at);
    const tty = (on: boolean) => (on ? "pts/0" : "?");
    if (/u/.test(args) && /a|x/.test(args)) {
      const rows = list.map((one) => [
        known.userName(one.uid),
        String(one.pid),
        "0.0",
        "0.1",
        "4624",
        "3712",
        tty(one.tty),
        one === list.at(-1) ? "R+" : one.pid === 1 ? "Ss" : "S",
        start(one.startedAt),
        "0:00",
        line(one.argv),
      ]);
      context.stdout(
        aligned(
          [["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT", "START", "TIME", "COMMAND"], ...rows],
          "lrrrrrlllrl",
        ),
      );
    } else if (/e|A/.test(args) && /f|F/.test(args)) {
      const rows = list.map((one) => [
        known.userName(one.uid),
        String(one.pid),
        String(one.ppid),
        "0",
        start(one.startedAt),
        tty(one.tty),
        "00:00:00",
        line(one.argv),
      ]);
      context.stdout(aligned([["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"], ...rows], "lrrrllll"));
    } else {
      const shown = /e|A|a|x/.test(args) ? list : list.filter((one) => one.tty === list.at(-1)?.tty);
      context.stdout("    PID TTY          TIME CMD\n");
      for (const one of shown)
        context.stdout(
          `${String(one.pid).padStart(7)} ${tty(one.tty).padEnd(8)} 00:00:00 ${basename(one.argv[0] ?? "")}\n`,
        );
    }
    return 0;
  },
};

const uptime: Program = {
  names: ["uptime", "w"],
  async run(_argv, context) {
    const seconds =
      machine.uptime + (context.clock.now() - (context.processes[0]?.startedAt ?? context.clock.now())) / 1000;
    const days = Math.floor(seconds / 86_400);
    const minutes = Math.floor(seconds / 60) % 1440;
    const up = `${days > 0 ? `${days} day${days > 1 ? "s" : ""}, ` : ""}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    context.stdout(
      ` ${strftime("%H:%M:%S", context.clock.now())} up ${up},  0 user${context.busybox ? "s" : ""},  load average: 0.08, 0.03, 0.01\n`,
    );
    return 0;
  },
};

const free: Program = {
  names: ["free"],
  async run(argv, context) {
    const options = argv.slice(1).join("");
    const unit = options.includes("g") ? 2 ** 30 : options.includes("m") ? 2 ** 20 : options.includes("b") ? 1 : 1024;
    const show = (bytes: number) => {
      if (!options.includes("h")) return String(Math.floor(bytes / unit));
      return bytes >= 2 ** 30
        ? `${(bytes / 2 ** 30).toFixed(1)}Gi`
        : `${Math.round(bytes / 2 ** 20)}${bytes === 0 ? "B" : "Mi"}`;
    };
    const { memory, memoryUsed, memoryCache } = machine;
    const unused = memory - memoryUsed - memoryCache;
    const row = (name: string, values: readonly number[]) =>
      `${name.padEnd(7)}${values
        .map((value) => show(value).padStart(12))
        .join("")
        .replace(/^ /, " ")}\n`;
    context.stdout("               total        used        free      shared  buff/cache   available\n");
    context.stdout(row("Mem:    ", [memory, memoryUsed, unused, 2 ** 21, memoryCache, unused + memoryCache]));
    context.stdout(row("Swap:   ", [0, 0, 0]));
    return 0;
  },
};

const simple = (names: readonly string[], text: (context: Parameters<Program["run"]>[1]) => string): Program => ({
  names,
  run: async (_argv, context) => {
    context.stdout(text(context));
    return 0;
  },
});

const tty: Program = {
  names: ["tty"],
  async run(_argv, context) {
    context.stdout(context.terminal ? "/dev/pts/0\n" : "not a tty\n");
    return context.terminal ? 0 : 1;
  },
};

const kill: Program = {
  names: ["kill", "pkill", "killall"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "kill");
    if (argv[1] === "-l") {
      context.stdout("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP\n");
      return 0;
    }
    const targets = argv.slice(1).filter((arg, at) => !(at === 0 && arg.startsWith("-")) && arg !== "-s");
    if (targets.length === 0)
      return usageError(context, called, "usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ...", 2);
    let code = 0;
    for (const target of targets) {
      const matching = context.processes.filter((one) =>
        called === "kill" ? String(one.pid) === target : basename(one.argv[0] ?? "") === target,
      );
      if (matching.length === 0) {
        context.stderr(
          called === "kill"
            ? `bash: kill: (${target}) - No such process\n`
            : called === "killall"
              ? `${target}: no process found\n`
              : "",
        );
        code = 1;
      }
      // PID 1 has no handler for the signal, and the kernel spares it then. (pid_namespaces(7))
      for (const one of matching) if (one.pid !== 1) context.endService(one.pid);
    }
    return code;
  },
};

const pidof: Program = {
  names: ["pidof", "pgrep"],
  async run(argv, context) {
    const wanted = argv.at(-1) ?? "";
    const found = context.processes.filter(
      (one) => basename(one.argv[0] ?? "") === wanted && basename(one.argv[0] ?? "") !== basename(argv[0] ?? ""),
    );
    if (found.length > 0)
      context.stdout(`${found.map((one) => one.pid).join(argv[0]?.endsWith("pgrep") ? "\n" : " ")}\n`);
    return found.length > 0 ? 0 : 1;
  },
};

export const system: readonly Program[] = [
  uname,
  hostname,
  ps,
  uptime,
  free,
  tty,
  kill,
  pidof,
  simple(["nproc"], () => `${machine.processors}\n`),
  simple(["clear", "reset"], () => "\x1b[H\x1b[2J\x1b[3J"),
  simple(["hostid"], () => "007f0101\n"),
  simple(
    ["lscpu"],
    () =>
      `Architecture:             x86_64\n  CPU op-mode(s):         32-bit, 64-bit\nCPU(s):                   ${machine.processors}\n  Model name:             ${machine.model}\n`,
  ),
  simple(["sync", "true", "stty", "ldconfig", "setterm", "tput", "dircolors", "mesg"], () => ""),
];
