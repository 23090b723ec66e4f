import { readContent, slice } from "../core/filesystem/content.ts";
import { errnoText, FileSystemError } from "../core/filesystem/errno.ts";
import { basename, dirname, normalize } from "../core/filesystem/path.ts";
import { findExecutable } from "../engine/process.ts";
import { latin1 } from "./bash/filesystem.ts";
import { bundledPrograms } from "./bash/just-bash.ts";
import type { CommandCall, Result } from "./bash/just-bash.ts";
import type { Found } from "./bash/registry.ts";
import { inherited, type Shell } from "./bash/shell.ts";
import { programContext } from "./program-context.ts";
import { runBundled } from "./programs/bundled.ts";
import { sameProgram } from "./programs/identity.ts";
import type { Invocation } from "./programs/program.ts";
import { programs } from "./programs/table.ts";
import type { Sink } from "./machine.ts";

const SHELLS = /^(ba|da|a)?sh$/;

/** Collects what a program writes, for a pipe, a file or a variable. */
class Collector implements Sink {
  readonly out: Uint8Array[] = [];
  readonly err: Uint8Array[] = [];
  stdout(bytes: Uint8Array): void {
    this.out.push(bytes);
  }
  stderr(bytes: Uint8Array): void {
    this.err.push(bytes);
  }
  result(exitCode: number): Result {
    const stdout = this.out.map(latin1).join("");
    return { stdout, stderr: decode(this.err), exitCode, stdoutKind: "bytes", stdoutEncoding: "binary" };
  }
}

function decode(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
}

/** How one program is run: in which shell, and where its output goes. */
export interface Run {
  readonly shell: Shell;
  readonly call: CommandCall;
  readonly sink: Sink;
  readonly terminal: Shell["options"]["terminal"];
  /** Its standard input as bytes, when it did not come through the interpreter. */
  readonly input?: Uint8Array | undefined;
}

/** Runs what the interpreter found, and hands back what it has to collect. */
export async function runFile(shell: Shell, found: Found, call: CommandCall): Promise<Result> {
  await breathe(shell.options.signal());
  const collector = new Collector();
  const sink = found.direct ? crossed(shell.options.sink(), found.direct) : collector;
  const run: Run = {
    shell,
    call,
    sink,
    terminal: found.direct && found.direct !== "stdout to stderr" ? shell.options.terminal : null,
  };
  const { machine } = shell.options;
  const entry = machine.begin([found.name, ...found.args], shell.who);
  const argv = [found.name, ...found.args];
  const start = () => execute(run, found.path, argv);
  try {
    // Only a shell that a person types into asks for a next line.
    const typed = shell.options.next === undefined ? null : machine.lookups;
    return collector.result(await (typed ? typed.of(argv, call.cwd, start) : start()));
  } finally {
    machine.end(entry);
  }
}

function crossed(sink: Sink, way: NonNullable<Found["direct"]>): Sink {
  if (way === "stdout to stderr")
    return { stdout: (bytes) => sink.stderr(bytes), stderr: (bytes) => sink.stderr(bytes) };
  if (way === "stderr to stdout")
    return { stdout: (bytes) => sink.stdout(bytes), stderr: (bytes) => sink.stdout(bytes) };
  return sink;
}

/** Finds a program as execvp does, and runs it. */
async function spawn(run: Run, argv: readonly string[], invocation: Invocation): Promise<number> {
  const env = invocation.env ?? inherited(run.call);
  const cwd = invocation.cwd ?? run.call.cwd;
  const who = invocation.who ?? run.shell.who;
  const [name = ""] = argv;
  const found = findExecutable(run.shell.fs, name, { path: env.get("PATH") ?? "/usr/bin:/bin", cwd, who });
  if ("problem" in found) {
    const [text, code] =
      found.problem === "denied" || found.problem === "directory"
        ? ["Permission denied", 126]
        : ["No such file or directory", 127];
    run.sink.stderr(new TextEncoder().encode(`${run.call.env.get("LAMINA_CALLER") ?? "exec"}: ${name}: ${text}\n`));
    return Number(code);
  }
  const call: CommandCall = {
    ...run.call,
    cwd,
    env,
    exportedEnv: Object.fromEntries(env),
  };
  const before = run.shell.who;
  run.shell.who = who;
  const entry = run.shell.options.machine.begin(argv, who);
  try {
    return await execute({ ...run, call, input: invocation.stdin ?? run.input }, found.path, argv);
  } finally {
    run.shell.options.machine.end(entry);
    run.shell.who = before;
  }
}

/** Runs the file at `path` with `argv`: a script through its interpreter, a known program, or an honest refusal. */
export async function execute(run: Run, path: string, argv: readonly string[]): Promise<number> {
  const { shell } = run;
  const name = basename(path);
  const say = (text: string) => run.sink.stderr(new TextEncoder().encode(`${text}\n`));
  let names: readonly string[];
  let head: string;
  try {
    names = namesOf(shell, path);
    shell.fs.access(path, "x", shell.who);
    const content = shell.fs.read(path, shell.who);
    head = latin1(
      await readContent(slice(content, 0, Math.min(content.size, 256)), shell.options.machine.deps.layers.readStored),
    );
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (shell.isBuiltin(name)) return runKnown(run, [name], argv);
    const denied = error.code === "EACCES";
    shell.say(denied ? `bash: ${path}: Permission denied\n` : `bash: ${name}: command not found\n`);
    return denied ? 126 : 127;
  }
  if (shell.isBuiltin(name) && dirname(path) === "/usr/bin") return runKnown(run, [name], argv);
  const interpreter = /^#! *(\S+)(?: +([^\n]*?))? *(?:\n|$)/.exec(head);
  if (interpreter?.[1]) {
    const words = [interpreter[1], ...(interpreter[2] ? [interpreter[2]] : []), path, ...argv.slice(1)];
    const file = basename(interpreter[1]) === "env" && interpreter[2] ? interpreter[2] : basename(interpreter[1]);
    if (SHELLS.test(file)) return spawn(run, words, {});
  }
  if (isKnown(names)) return runKnown(run, names, argv);
  const binary = head === "" || head.includes("\0") || head.startsWith("\x7fELF");
  if (!binary && !interpreter) return spawn(run, ["/bin/sh", path, ...argv.slice(1)], {});
  const same = binary ? sameProgram(shell, path) : null;
  if (same !== null && isKnownName(same)) return runKnown(run, [same], argv);
  if (head === "") return 0;
  say(`${dim("lamina: ")}${shell.options.name.replace(/^.*\//, "")}: ${name}: ${UNKNOWN}`);
  return 126;
}

const UNKNOWN = "this program is part of the image, but Lamina does not simulate it";
const dim = (text: string): string => text;

/** The name it was called by, those of the links on the way, and the file's own. */
function namesOf(shell: Shell, path: string): readonly string[] {
  const names = [basename(path)];
  let current = path;
  for (let links = 0; links < 40; links++) {
    const stat = shell.fs.lstat(current, shell.who);
    if (stat.kind !== "symlink") break;
    const target = shell.fs.readlink(current, shell.who);
    current = target.startsWith("/") ? normalize(target) : normalize(`${dirname(current)}/${target}`);
    names.push(basename(current));
  }
  return names;
}

const isKnownName = (name: string): boolean => programs().has(name) || bundledPrograms().has(name);
const isKnown = (names: readonly string[]): boolean => names.some(isKnownName);

async function runKnown(run: Run, names: readonly string[], argv: readonly string[]): Promise<number> {
  for (const name of names) {
    const program = programs().get(name);
    if (program) {
      const [called = name, ...args] = argv;
      const words = [names[0] === basename(called) ? called : name, ...args];
      try {
        return await program.run(words, programContext(run, names, spawn));
      } catch (error) {
        // An error that the program has no words of its own for.
        if (!(error instanceof FileSystemError)) throw error;
        run.sink.stderr(new TextEncoder().encode(`${called}: ${error.path}: ${errnoText[error.code]}\n`));
        return 1;
      }
    }
    if (bundledPrograms().has(name)) return runBundled(run, name, argv.slice(1));
  }
  return 127;
}

let lastPause = 0;

/** Lets messages in now and then: an interrupt cannot arrive while nothing but promises runs. */
async function breathe(signal: AbortSignal): Promise<void> {
  const now = performance.now();
  if (now - lastPause < 40) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  lastPause = performance.now();
  signal.throwIfAborted();
}
