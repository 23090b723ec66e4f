import { basename } from "../../core/filesystem/path.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, reason } from "./walk.ts";

/** bash, sh, dash and ash: a command string, a script, what comes through a pipe, or a person. */
const shell: Program = {
  names: ["sh", "bash", "dash", "ash", "rbash"],
  async run(argv, context) {
    const [called = "sh", ...args] = argv;
    const flags: string[] = [];
    let command: string | null = null;
    let interactive = false;
    let stdin = false;
    let at = 0;
    for (; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "--") {
        at += 1;
        break;
      }
      if (arg === "--version") return version(context, called);
      if (arg.startsWith("--")) continue;
      if (!/^[-+][a-zA-Z]+$/.test(arg)) break;
      for (const letter of arg.slice(1)) {
        if (letter === "c") command = "";
        else if (letter === "i") interactive = true;
        else if (letter === "s") stdin = true;
        else if (letter === "o") flags.push(`${arg.charAt(0)}o`, args[++at] ?? "");
        else if ("euxvfnaC".includes(letter)) flags.push(`${arg.charAt(0)}${letter}`);
      }
    }
    const rest = args.slice(at);
    if (command !== null) {
      const [source, name = called, ...parameters] = rest;
      if (source === undefined) {
        context.stderr(`${called}: -c: option requires an argument\n`);
        return 2;
      }
      return context.runSource(source, { name, args: parameters, flags });
    }
    const [file, ...parameters] = rest;
    if (file !== undefined && !stdin) return script(context, called, file, parameters, flags);
    if (context.stdin.length === 0 || interactive) {
      if (context.openShell(argv, {})) return 0;
    }
    return context.runSource(new TextDecoder().decode(context.stdin), { name: called, args: rest, flags });
  },
};

async function script(
  context: ProgramContext,
  called: string,
  file: string,
  args: readonly string[],
  flags: readonly string[],
): Promise<number> {
  try {
    const bytes = await context.bytes(context.fs.read(absolute(context, file), context.who));
    if (bytes.subarray(0, 80).includes(0)) {
      context.stderr(`${file}: ${file}: cannot execute binary file\n`);
      return 126;
    }
    return await context.runSource(new TextDecoder().decode(bytes), { name: file, args, flags });
  } catch (error) {
    const why = reason(error);
    const text = context.busybox
      ? `${called}: can't open '${file}': ${why}\n`
      : `${called}: ${basename(called) === "bash" ? "" : "0: cannot open "}${file}: ${why}\n`;
    context.stderr(text);
    return why === "Permission denied" ? 126 : 127;
  }
}

function version(context: ProgramContext, called: string): number {
  if (!called.endsWith("bash")) {
    context.stderr(`${called}: 0: Illegal option --\n`);
    return 2;
  }
  context.stdout(
    "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nLamina runs it as just-bash, an interpreter of the same language.\n",
  );
  return 0;
}

/** `busybox ls -l`: the applet named by the first argument. */
const busybox: Program = {
  names: ["busybox", "coreutils", "toybox"],
  async run(argv, context) {
    const [, applet, ...rest] = argv;
    if (applet === undefined || applet === "--help" || applet === "--list") {
      const names = context.fs.readdir("/bin", context.who).map((entry) => entry.name);
      context.stdout(
        applet === "--list"
          ? names.map((name) => `${name}\n`).join("")
          : "BusyBox, the multi-call binary, modelled by Lamina.\nUsage: busybox [function [arguments]...]\n",
      );
      return 0;
    }
    return context.spawn([applet, ...rest]);
  },
};

/** What hello-world's only program prints: the steps docker took, as the real one tells them. */
const hello: Program = {
  names: ["hello"],
  async run(_argv, context) {
    context.stdout(`
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/

`);
    return 0;
  },
};

export const shells: readonly Program[] = [shell, busybox, hello];
