import { FileSystemError } from "../core/filesystem/errno.ts";
import { normalize } from "../core/filesystem/path.ts";
import { type Credentials, type FileSystem, root } from "../core/filesystem/filesystem.ts";
import type { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { EngineError } from "./error.ts";
import type { ProcessProblem } from "./error.ts";
import { viewOf } from "./mount.ts";
import { mountPoint, mountedViewOf } from "./mounted-view.ts";
import type { Ports, ProcessSpec } from "./ports.ts";
import type { Container, EngineState } from "./state.ts";
import { processUser } from "./user.ts";

/** What a process finds programs by when nobody said. */
export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const keyOf = (variable: string): string => variable.split("=", 1)[0] ?? "";

/** `env` with `more` over it: a known key keeps its place. (moby, `ReplaceOrAppendEnvValues`; "KEY" alone removes) */
export function withVariables(env: readonly string[], more: readonly string[]): string[] {
  const result = [...env];
  for (const variable of more) {
    const at = result.findIndex((known) => keyOf(known) === keyOf(variable));
    if (!variable.includes("=")) {
      if (at >= 0) result.splice(at, 1);
    } else if (at >= 0) result[at] = variable;
    else result.push(variable);
  }
  return result;
}

/** The value of `key` among "KEY=value". */
export function variable(env: readonly string[], key: string): string | undefined {
  return env.find((entry) => keyOf(entry) === key)?.slice(key.length + 1);
}

/** What dockerd sets before anything the image or the user says. (moby, `CreateDaemonEnvironment`) */
function containerEnvironment(container: Container, tty: boolean): string[] {
  const base = [`PATH=${DEFAULT_PATH}`, `HOSTNAME=${container.config.Hostname ?? ""}`];
  if (tty) base.push("TERM=xterm");
  return withVariables(base, container.config.Env ?? []);
}

function problemOf(fs: FileSystem, path: string, who: Credentials): ProcessProblem | null {
  try {
    const stat = fs.stat(path, who);
    if (stat.kind === "directory") return "directory";
    // root may run a file that anyone may run; access(2) knows that rule.
    fs.access(path, "x", who);
    return null;
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return error.code === "EACCES" ? "denied" : "no-such-file";
  }
}

/** The file that `name` means: itself when it has a slash, else the first executable on PATH. (Go, `exec.LookPath`) */
export function findExecutable(
  fs: FileSystem,
  name: string,
  options: { path: string; cwd: string; who: Credentials },
): { readonly path: string } | { readonly problem: ProcessProblem } {
  if (name.includes("/")) {
    const path = name.startsWith("/") ? name : normalize(`${options.cwd}/${name}`);
    const problem = problemOf(fs, path, options.who);
    return problem === null ? { path } : { problem };
  }
  for (const directory of options.path.split(":")) {
    const path = normalize(`${directory === "" ? options.cwd : directory}/${name}`);
    if (name !== "" && problemOf(fs, path, options.who) === null) return { path };
  }
  return { problem: "not-found" };
}

/** Whether a program is a script that looks after the start and then gives way to its arguments, `exec "$@"`. */
const givesWay = (file: string): boolean => /(^|\/)[^/]*entrypoint[^/]*(\.sh)?$/.test(file);

/**
 * The file that a container's first process runs, as `fs` has it: absolute, links in it not followed; null when there
 * is none. Modelled: an image's entrypoint script has given way to the command, as those of the official images do.
 */
export function programOf(fs: FileSystem, container: Container): string | null {
  const { argv, config } = container;
  const running = argv.length > 1 && givesWay(argv[0] ?? "") ? argv.slice(1) : argv;
  const path = variable(containerEnvironment(container, false), "PATH") ?? "";
  const found = findExecutable(fs, running[0] ?? "", { path, cwd: config.WorkingDir || "/", who: root });
  return "path" in found ? found.path : null;
}

function checkDirectory(fs: FileSystem, path: string, who: Credentials, exec: boolean): void {
  try {
    if (fs.stat(path, who).kind === "directory") return;
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new EngineError("bad-cwd", { path, exec, problem: "missing" });
  }
  throw new EngineError("bad-cwd", { path, exec, problem: "not-a-directory" });
}

/**
 * Whether a path leads into a tmpfs, not just to where it is mounted: what is there is in the memory of the run, and
 * only the runtime can tell.
 */
function inTmpfs(fs: MountedFileSystem, path: string): boolean {
  const at = mountPoint(fs, path);
  const [front] = fs.mounts
    .filter((mount) => at.startsWith(mount.at === "/" ? "/" : `${mount.at}/`))
    .toSorted((a, b) => b.at.length - a.at.length);
  return front?.type === "tmpfs";
}

export interface ProcessWish {
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly tty: boolean;
  readonly columns: number;
  /** Started in a container that runs already. */
  readonly exec: boolean;
}

/** The process as the OCI runtime would start it, or the error it would give: user, directory, then executable. */
export async function processSpec(
  state: EngineState,
  container: Container,
  wish: ProcessWish,
  ports: Ports,
): Promise<ProcessSpec> {
  const cwd = wish.workdir === "" ? "/" : wish.workdir;
  // dockerd looks the user up in the container's layers; the process itself starts among the mounts.
  const { who, home } = await processUser(viewOf(state, container), wish.user, ports.layers.readStored);
  const fs = mountedViewOf(state, container);
  const env = withVariables(containerEnvironment(container, wish.tty), wish.env);
  if (!variable(env, "HOME")) env.push(`HOME=${home}`);
  if (!inTmpfs(fs, cwd)) checkDirectory(fs, cwd, who, wish.exec);
  const file = wish.argv[0] ?? "";
  const found = findExecutable(fs, file, { path: variable(env, "PATH") ?? "", cwd, who });
  const unknown = file.includes("/") && inTmpfs(fs, file.startsWith("/") ? file : `${cwd}/${file}`);
  if ("problem" in found && !unknown) {
    throw new EngineError("process-failed", { file, problem: found.problem, exec: wish.exec });
  }
  return { argv: wish.argv, env, cwd, user: wish.user, tty: wish.tty, columns: wish.columns };
}
