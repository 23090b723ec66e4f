import { FileSystemError, errnoText } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { HOME, hostFileSystem } from "../../engine/host-files.ts";
import type { CommandContext } from "../command.ts";
import { runDocker } from "../docker.ts";
import { hostPath } from "../host-path.ts";
import type { HostShell } from "../host-shell.ts";
import { CommandError } from "../verb.ts";
import { textOf } from "./streams.ts";

/** What is built into the host's shell, or needs it. Answers the exit code. */
type Builtin = (args: readonly string[], context: CommandContext, shell: HostShell) => Promise<number> | number;

const echo: Builtin = (args, context) => {
  const flags = args.findIndex((word) => !/^-[neE]+$/.test(word));
  const [options, words] = flags < 0 ? [args, []] : [args.slice(0, flags), args.slice(flags)];
  const text = words.join(" ");
  const escaped = options.some((word) => word.includes("e"))
    ? text.replace(/\\([ntr\\])/g, (_, letter: string) => ({ n: "\n", t: "\t", r: "\r" })[letter] ?? "\\")
    : text;
  context.stdout(escaped + (options.some((word) => word.includes("n")) ? "" : "\n"));
  return 0;
};

const cd: Builtin = ([target], context, { variables }) => {
  const back = target === "-";
  const wanted = back ? (variables.get("OLDPWD") ?? "") : (target ?? variables.get("HOME") ?? HOME);
  if (wanted === "") throw new CommandError("bash: cd: OLDPWD not set");
  const path = hostPath(context, wanted);
  const fs = hostFileSystem(context.tx.state.files, context.ports.clock.now);
  try {
    if (fs.stat(path, context.who).kind !== "directory") throw new FileSystemError("ENOTDIR", path);
    fs.access(path, "x", context.who);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new CommandError(`bash: cd: ${wanted}: ${errnoText[error.code]}`);
  }
  variables.set("OLDPWD", context.cwd).set("PWD", path);
  if (back) context.stdout(`${path}\n`);
  return 0;
};

const assign: Builtin = (args, _, { variables }) => {
  for (const word of args) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined) variables.set(name, value ?? "");
  }
  return 0;
};

const sudo: Builtin = (args, context, shell) => {
  const [name, ...rest] = args.filter((word, index) => index > 0 || word !== "-E");
  if (name === undefined) throw new CommandError("usage: sudo command [arg ...]");
  return runProgram(name, rest, { ...context, who: root }, shell);
};

/** `docker ps -q | xargs docker rm`: all words of the input as arguments of one command. */
const xargs: Builtin = async (args, context, shell) => {
  const quiet = args[0] === "-r" || args[0] === "--no-run-if-empty";
  const [name = "echo", ...rest] = quiet ? args.slice(1) : args;
  const words = (context.stdin === null ? "" : await textOf(context.stdin, context)).split(/\s+/).filter(Boolean);
  if (quiet && words.length === 0) return 0;
  // xargs reports any failure of its command as 123.
  return (await runProgram(name, [...rest, ...words], { ...context, stdin: null }, shell)) === 0 ? 0 : 123;
};

const help: Builtin = (_, context, shell) => {
  context.stdout(`This terminal is the host's: the machine that runs docker. It is simulated, in this page.

  docker --help                      all commands
  docker pull ubuntu:22.04           fetch an image
  docker run -it ubuntu:22.04 bash   start a container and open a shell in it
  docker ps -a                       the containers of this host
  docker images                      the images of this host
  docker cp web:/etc/hosts .         copy a file out of a container

Besides docker there are: ${programNames(shell.programs.names)
    .filter((name) => name !== "docker")
    .join(" ")}.
`);
  return 0;
};

const stay: Builtin = (_, context) => {
  context.stdout("(This is the host's own terminal: it stays open. A container's shell ends with `exit`.)\n");
  return 0;
};

const builtins: Readonly<Record<string, Builtin>> = {
  ":": () => 0,
  cd,
  docker: runDocker,
  echo,
  exit: stay,
  export: assign,
  false: () => 1,
  help,
  logout: stay,
  pwd: (_, context) => {
    context.stdout(`${context.cwd}\n`);
    return 0;
  },
  sudo,
  true: () => 0,
  unset: (args, _, { variables }) => {
    for (const name of args) variables.delete(name);
    return 0;
  },
  xargs,
};

/** Everything the host's terminal can run, sorted. `programs`: those of its /usr/bin. */
export function programNames(programs: readonly string[]): string[] {
  return [...new Set([...Object.keys(builtins), ...programs])].filter((name) => name !== ":").toSorted();
}

/** The note is for people: a script only looks at the code. */
const NOTE =
  "(This is a simulated host: `docker` is the tool here, and `help` lists what there is. Other programs run in a container.)\n";

export async function runProgram(
  name: string,
  args: readonly string[],
  outer: CommandContext,
  shell: HostShell,
): Promise<number> {
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  const context = { ...outer, cwd: shell.variables.get("PWD") ?? HOME };
  try {
    if (builtin) return await builtin(args, context, shell);
    const program = name.replace(/^\/(usr\/)?bin\//, "");
    if (shell.programs.names.includes(program)) {
      const env = [...shell.variables].map(([key, value]) => `${key}=${value}`);
      return await shell.programs.run([program, ...args], env, context);
    }
  } catch (error) {
    if (!(error instanceof CommandError)) {
      if (context.signal.aborted) return 130;
      throw error;
    }
    context.stderr(`${error.message}\n`);
    return error.exitCode;
  }
  context.stderr(
    name.includes("/") ? `bash: ${name}: No such file or directory\n` : `bash: ${name}: command not found\n`,
  );
  context.stderr(NOTE);
  return 127;
}
