import type { Credentials } from "../../core/filesystem/filesystem.ts";
import type { MountedFileSystem } from "../../core/filesystem/mounted.ts";
import type { Machine, Sink, Terminal } from "../machine.ts";
import { Running } from "../running.ts";
import { BashFileSystem, latin1 } from "./filesystem.ts";
import { createInterpreter } from "./just-bash.ts";
import type { CommandCall, Interpreter, Result } from "./just-bash.ts";
import { MARK, mark } from "./marks.ts";
import { corrected, STOPPED } from "./messages.ts";
import type { Flavour } from "./messages.ts";
import { INTERNAL, ProgramRegistry } from "./registry.ts";
import type { Found } from "./registry.ts";

/** Built into a shell, but commands to just-bash, or not known to it. */
const BUILTINS = new Set(
  [
    ...INTERNAL,
    ..."alias bg caller disown echo enable fc fg history jobs kill logout printf pwd suspend times trap ulimit umask unalias".split(
      " ",
    ),
  ].filter(Boolean),
);

export interface OpenWish {
  readonly argv: readonly string[];
  readonly who: Credentials;
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  /** Of a shell that was open before: what it knew, as source. It reads no start-up files again. */
  readonly memory?: string;
  /** Default: told by the file that it is. */
  readonly flavour?: Flavour;
}

export interface ShellOptions {
  readonly machine: Machine;
  readonly who: Credentials;
  readonly cwd: string;
  /** Exported variables. */
  readonly env: ReadonlyMap<string, string>;
  /** argv[0]: what its own messages begin with. */
  readonly name: string;
  readonly flavour: Flavour;
  readonly sink: () => Sink;
  readonly terminal: Terminal | null;
  readonly signal: () => AbortSignal;
  /** Runs a program that was found. */
  readonly run: (shell: Shell, found: Found, call: CommandCall) => Promise<Result>;
  /** Puts an interactive shell over this one; only a session can. */
  readonly open?: (wish: OpenWish) => void;
  /** A session's way to the next line. */
  readonly next?: (call: CommandCall, args: readonly string[]) => Promise<Result>;
}

/** One shell process: an interpreter over the container's files as one user sees them. */
export class Shell {
  readonly options: ShellOptions;
  readonly files: BashFileSystem;
  readonly interpreter: Interpreter;
  who: Credentials;
  /** Where its own messages say they come from; null for a prompt. */
  source: string | null = null;
  /** The interpreter has given up on what it ran: a limit was reached. */
  stopped = false;
  /** What it runs ends with `sleep`: when that begins, nothing else will come. */
  endsInSleep = false;

  constructor(options: ShellOptions) {
    this.options = options;
    this.who = options.who;
    const { machine } = options;
    this.files = new BashFileSystem(
      () => ({ fs: this.fs, who: this.who, readStored: machine.deps.layers.readStored }),
      BUILTINS,
      (stream, bytes) => {
        if (stream === "stdout") options.sink().stdout(bytes);
        else this.say(new TextDecoder().decode(bytes));
      },
    );
    const noNext = async (): Promise<Result> => ({ stdout: "", stderr: "", exitCode: 1 });
    const registry = new ProgramRegistry(
      this.files,
      (found, call) => options.run(this, found, call),
      (call, args) => (options.next ?? noNext)(call, args),
    );
    this.interpreter = createInterpreter({
      fs: this.files,
      registry,
      env: options.env,
      cwd: options.cwd,
      pid: machine.own.at(-1)?.pid ?? 1,
      uid: options.who.uid,
      gid: options.who.gid,
    });
  }

  get fs(): MountedFileSystem {
    return this.options.machine.fs;
  }

  isBuiltin(name: string): boolean {
    return BUILTINS.has(name);
  }

  /** Prints what the interpreter says, in this shell's own words. */
  say(text: string): void {
    if (text === "") return;
    if (STOPPED.test(text)) this.stopped = true;
    const words = corrected(text, { name: this.options.name, flavour: this.options.flavour, source: this.source });
    this.options.sink().stderr(new TextEncoder().encode(words));
  }

  /** Runs a whole script. Its output goes to the sink; answers the exit code. */
  async script(
    text: string,
    options: { args: readonly string[]; name: string; stdin?: Uint8Array; flags?: readonly string[] },
  ): Promise<number> {
    this.source = options.name;
    this.endsInSleep = /(^|[;&\n{])\s*(exec\s+)?sleep\s+[\w.]+\s*$/.test(text);
    const set = [...(options.flags ?? [])];
    // The arguments go on the first line, so that no line is counted twice.
    const head = `set ${set.join(" ")} -- ${options.args.map(quote).join(" ")}; `;
    const body = text.startsWith("#!") ? text.replace(/^.*/, "") : text;
    const running = this.interpreter.exec(head + mark(body), {
      cwd: this.options.cwd,
      env: { 0: options.name },
      stdin: options.stdin ? latin1(options.stdin) : "",
      stdinKind: "bytes",
      signal: this.options.signal(),
    });
    const result = await running.catch((error: unknown) => {
      if (error instanceof Running) throw error;
      return { stdout: "", stderr: `${error instanceof Error ? error.message : String(error)}\n`, exitCode: 1 };
    });
    if (result.stdout !== "") this.options.sink().stdout(new TextEncoder().encode(result.stdout));
    if (!this.options.signal().aborted) this.say(result.stderr);
    return result.exitCode;
  }
}

export const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** What a child process inherits of the variables that a call sees. */
export function inherited(call: CommandCall): Map<string, string> {
  const env = new Map(Object.entries(call.exportedEnv ?? {}));
  env.delete(MARK);
  return env;
}
