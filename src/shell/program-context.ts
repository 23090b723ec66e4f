import { readContent } from "../core/filesystem/content.ts";
import type { Content } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { basename, dirname } from "../core/filesystem/path.ts";
import { findExecutable } from "../engine/process.ts";
import type { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { fromLatin1 } from "./bash/filesystem.ts";
import { inherited, Shell } from "./bash/shell.ts";
import type { Run } from "./execute.ts";
import { callBundled } from "./programs/bundled.ts";
import type { Invocation, ProgramContext } from "./programs/program.ts";
import { Running } from "./running.ts";
import type { Flavour } from "./bash/messages.ts";

const encoder = new TextEncoder();
/** ms that a process without a person in front of it may sleep before it is taken for a service. */
const PATIENCE = 3000;

type Spawn = (run: Run, argv: readonly string[], invocation: Invocation) => Promise<number>;

/** Everything a program may use, for one run of it. `names`: as it was called, then what links led to. */
export function programContext(run: Run, names: readonly string[], spawn: Spawn): ProgramContext {
  const { shell, call, sink } = run;
  const { machine } = shell.options;
  const { deps } = machine;
  const env = inherited(call);
  const signal = shell.options.signal();
  const context: ProgramContext = {
    fs: machine.fs,
    who: shell.who,
    cwd: call.cwd,
    env,
    stdin: run.input ?? fromLatin1(typeof call.stdin === "string" ? call.stdin : ""),
    terminal: run.terminal,
    container: { hostname: machine.hostname, ipAddress: machine.ipAddress },
    clock: deps.clock,
    random: deps.random,
    packages: deps.packages,
    editor: deps.editor,
    signal,
    stdout: (text) => sink.stdout(typeof text === "string" ? encoder.encode(text) : text),
    stderr: (text) => sink.stderr(encoder.encode(text)),
    bytes: (content: Content) => readContent(content, deps.layers.readStored),
    busybox: names.at(-1) === "busybox" || isBusybox(machine.fs),
    processes: machine.processes,
    spawn: (argv, invocation = {}) => spawn(run, argv, invocation),
    startService: (argv, who) => machine.startService(argv, who ?? shell.who),
    goOn: async (endsAt) => {
      if (machine.leave) {
        machine.leave(endsAt);
        throw new Running(endsAt);
      }
      const forever = 2 ** 31 - 1;
      await deps.clock.sleep(endsAt === null ? forever : Math.max(0, endsAt - deps.clock.now()), signal);
      return 0;
    },
    pause: async (ms) => {
      const last = shell.endsInSleep && Number.isFinite(ms);
      if (machine.leave && (last || machine.slept + ms > PATIENCE))
        return context.goOn(last ? deps.clock.now() + ms : null);
      machine.slept += ms;
      await deps.clock.sleep(Number.isFinite(ms) ? ms : 2 ** 31 - 1, signal);
      return 0;
    },
    bundled: (name, args) => callBundled(run, name, args),
    endService: (pid) => machine.endService(pid),
    setUmask: (mask) => {
      shell.who = { ...shell.who, umask: mask & 0o777 };
    },
    openShell: (argv, invocation) => {
      if (run.terminal === null || !shell.options.open) return false;
      const { who = shell.who, cwd = call.cwd } = invocation;
      shell.options.open({ argv, who, cwd, env: invocation.env ?? env });
      return true;
    },
    runSource: (source, { name, args, flags }) => {
      const child = new Shell({
        ...shell.options,
        who: shell.who,
        cwd: call.cwd,
        env,
        name,
        flavour: flavourOf(names),
        sink: () => sink,
        terminal: run.terminal,
        next: undefined,
      });
      return child.script(source, { args, name, stdin: context.stdin, ...(flags ? { flags } : {}) });
    },
  };
  return context;
}

function flavourOf(names: readonly string[]): Flavour {
  const file = names.at(-1) ?? "";
  return file === "bash" ? "bash" : file === "dash" ? "dash" : file === "busybox" || file === "ash" ? "ash" : "bash";
}

/** Which shell the file that `name` means is. */
export function shellFlavour(fs: MountedFileSystem, name: string, path: string): Flavour {
  const found = findExecutable(fs, name, { path, cwd: "/", who: root });
  if ("problem" in found) return "bash";
  const file = basename(fs.realpath(found.path, root));
  const busybox = file === "busybox" || (file !== "bash" && file !== "dash" && isHardLinkedBusybox(fs, found.path));
  return busybox ? "ash" : flavourOf([file]);
}

/** Whether the container's own tools are busybox's: its ls is. */
function isBusybox(fs: MountedFileSystem): boolean {
  for (const path of ["/bin/ls", "/usr/bin/ls"]) {
    try {
      if (fs.realpath(path, root).endsWith("/busybox") || isHardLinkedBusybox(fs, path)) return true;
    } catch {
      continue;
    }
  }
  return false;
}

/** In the busybox image every applet is a name of one file. */
function isHardLinkedBusybox(fs: MountedFileSystem, path: string): boolean {
  try {
    return fs.stat(`${dirname(path)}/busybox`, root).size === fs.stat(path, root).size;
  } catch {
    return false;
  }
}
