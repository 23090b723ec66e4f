import { basename } from "../../core/filesystem/path.ts";
import { ANY, MARK } from "./marks.ts";
import type { BashFileSystem } from "./filesystem.ts";
import type { BashCommand, CommandCall, Result } from "./just-bash.ts";

/** A program found by the interpreter and about to run. */
export interface Found {
  /** Absolute; for what is built into the shell a place where it need not be. */
  readonly path: string;
  readonly name: string;
  readonly args: readonly string[];
  /** Its output goes straight to the shell's own: as it is, or with one stream led into the other. */
  readonly direct: "as is" | "stdout to stderr" | "stderr to stdout" | null;
}

/** Internal commands: read the next line of a session, and run what the interpreter took for a script. */
export const NEXT = ".lamina-next";
const RUN = ".lamina-run";
export const INTERNAL = [NEXT, RUN];

/**
 * The map in which just-bash looks for programs, answering for every name. It asks here only when it
 * has found a file on PATH (or none, and then reports it itself). Files of /bin and /usr/bin run at
 * once; any other it reads as a script, and the text it gets is one call of {@link RUN}, which runs
 * the file that was found.
 */
export class ProgramRegistry extends Map<string, BashCommand> {
  readonly #files: BashFileSystem;
  readonly #run: (found: Found, call: CommandCall) => Promise<Result>;
  readonly #next: (call: CommandCall, args: readonly string[]) => Promise<Result>;
  #script = "";

  constructor(
    files: BashFileSystem,
    run: (found: Found, call: CommandCall) => Promise<Result>,
    next: (call: CommandCall, args: readonly string[]) => Promise<Result>,
  ) {
    super();
    this.#files = files;
    this.#run = run;
    this.#next = next;
  }

  override get(name: string): BashCommand {
    const path = basename(this.#files.lastStat) === name ? this.#files.lastStat : `/usr/bin/${name}`;
    const command = (execute: BashCommand["execute"]): BashCommand => ({
      name,
      trusted: true,
      internalIsExtension: false,
      execute,
    });
    if (name === NEXT) return command((args, call) => this.#next(call, args));
    if (name === RUN) {
      const script = this.#script;
      return command((args, call) => this.#execute(script, positional(args, call), call));
    }
    this.#script = path;
    this.#files.armed = path;
    this.#files.stub = `/usr/bin/${RUN} "$@"`;
    return command((args, call) => this.#execute(path, args, call));
  }
  override has(): boolean {
    return true;
  }

  #execute(path: string, args: readonly string[], call: CommandCall): Promise<Result> {
    this.#files.armed = null;
    const name = basename(path);
    const [marked, way] = call.exportedEnv?.[MARK]?.split(":") ?? [];
    const ways = { "12": "stdout to stderr", "21": "stderr to stdout" } as const;
    const direct =
      marked === undefined || (marked !== ANY && basename(marked) !== name) ? null : (ways[way as "12"] ?? "as is");
    return this.#run({ path, name, args, direct }, call);
  }
}

/** A "script" gets only its first nine arguments; the others stand in $@, joined by spaces. */
function positional(args: readonly string[], call: CommandCall): readonly string[] {
  const count = Number(call.env.get("#") ?? args.length);
  if (count <= 9) return args;
  const first = args.slice(0, 9);
  const rest = (call.env.get("@") ?? "").slice(first.join(" ").length + 1).split(" ");
  return [...first, ...rest];
}
