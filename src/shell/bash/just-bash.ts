import { Bash } from "just-bash/browser";
import type { IFileSystem } from "just-bash/browser";

/** What just-bash answers for a program that has run. */
export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly stdoutKind?: "text" | "bytes";
  readonly stdoutEncoding?: "binary";
}

/** The part of its command context that is used here. */
export interface CommandCall {
  readonly cwd: string;
  /** All variables of the shell. */
  readonly env: ReadonlyMap<string, string>;
  readonly exportedEnv?: Readonly<Record<string, string>>;
  /** One char a byte. */
  readonly stdin: unknown;
  readonly signal?: AbortSignal;
  assignShellVariable?(name: string, value: string): void | Promise<void>;
}

export interface BashCommand {
  readonly name: string;
  /** No sandbox around it. */
  readonly trusted?: boolean;
  readonly internalIsExtension?: boolean;
  execute(args: string[], call: CommandCall): Promise<Result>;
}

export type Registry = Map<string, BashCommand>;

/**
 * Numbers that a person at a terminal does not reach, but for the loops: a loop that runs nothing but
 * what is built in never yields, so an interrupt cannot reach it and only this ends it.
 */
const LIMITS = {
  maxExecutionTimeMs: Number.MAX_SAFE_INTEGER,
  maxCommandCount: 1_000_000_000,
  maxWorkUnits: 1_000_000_000,
  maxLiveBytes: 4_000_000_000,
  maxInputBytes: 4_000_000_000,
  maxOutputSize: 1_000_000_000,
  maxStringLength: 512 * 1024 * 1024,
  maxTraversalWork: 1_000_000_000,
  maxTraversalEntries: 1_000_000_000,
  maxGlobOperations: 1_000_000_000,
};

export interface Interpreter {
  exec(
    source: string,
    options: { env?: Record<string, string>; cwd: string; stdin?: string; stdinKind?: "bytes"; signal: AbortSignal },
  ): Promise<{ stdout: string; stderr: string; exitCode: number; env: Record<string, string> }>;
}

export interface InterpreterOptions {
  readonly fs: IFileSystem;
  readonly registry: Registry;
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** just-bash's own grep, sed, awk, find and the like, by name. */
let bundled: Registry | null = null;
export function bundledPrograms(): Registry {
  bundled ??= registryOf(new Bash({ cwd: "/", defenseInDepth: false }));
  return bundled;
}

/** A shell whose every external command goes through `registry`. just-bash has no other way in than its private map. */
export function createInterpreter(options: InterpreterOptions): Interpreter {
  const bash = new Bash({
    fs: options.fs,
    cwd: options.cwd,
    env: Object.fromEntries(options.env),
    commands: [],
    defenseInDepth: false,
    executionLimits: LIMITS,
    processInfo: { pid: options.pid, ppid: 0, uid: options.uid, gid: options.gid },
  });
  (bash as unknown as { commands: Registry }).commands = options.registry;
  const { state } = bash as unknown as { state: { env: Map<string, string> } };
  for (const name of ["HOSTNAME", "HOME", "PATH", "OLDPWD"]) if (!options.env.has(name)) state.env.delete(name);
  return bash as unknown as Interpreter;
}

function registryOf(bash: Bash): Registry {
  return (bash as unknown as { commands: Registry }).commands;
}
