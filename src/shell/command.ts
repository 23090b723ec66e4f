import type { Content } from "../core/filesystem/content.ts";
import type { Credentials, FileSystem } from "../core/filesystem/filesystem.ts";
import type { Clock, Random } from "../engine/ports.ts";

/** The package archives as static files, by path below `packages/`. Rejects when the network or the file is missing. */
export interface PackageSource {
  text(path: string, signal: AbortSignal): Promise<string>;
}

export interface EditRequest {
  readonly editor: "vim" | "nano";
  readonly path: string;
  /** null: a new file. */
  readonly text: string | null;
  readonly readOnly: boolean;
  /** Writes through the union filesystem. Throws `FileSystemError`. */
  save(text: string): void;
}

/** Opens an editor over the terminal; settles when it is closed. */
export interface Editor {
  edit(request: EditRequest, signal: AbortSignal): Promise<void>;
}

/** What a program of the container can see and do. */
export interface ProcessContext {
  /** The container's whole view: the merged layers, and /proc, /dev, /sys, /etc/hosts ... mounted over them. */
  readonly fs: FileSystem;
  readonly who: Credentials;
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  readonly stdin: Uint8Array;
  /** null when the output goes into a pipe or a file. */
  readonly terminal: { readonly columns: number; readonly rows: number } | null;
  readonly container: { readonly hostname: string; readonly ipAddress: string };
  readonly clock: Clock;
  readonly random: Random;
  readonly packages: PackageSource;
  readonly editor: Editor;
  readonly signal: AbortSignal;
  stdout(text: string | Uint8Array): void;
  stderr(text: string): void;
  /** The bytes of a file's content, wherever they lie. */
  bytes(content: Content): Promise<Uint8Array>;
}

/**
 * A program that Lamina knows how to be. It runs when a file of one of its names is found on PATH in
 * the merged view (or is reached by path or link), never otherwise.
 */
export interface ShellCommand {
  readonly names: readonly string[];
  /** `argv[0]` is the name it was called by. Answers the exit code. */
  run(argv: readonly string[], context: ProcessContext): Promise<number>;
}
