import type { Credentials } from "../../core/filesystem/filesystem.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { readContent } from "../../core/filesystem/content.ts";
import { emptyTree, type FileTree, treeSize } from "../../core/filesystem/tree.ts";
import { diff } from "../../core/container/diff.ts";
import type { Lower } from "../../core/overlay/lower.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";
import type { PackageSource, ProcessContext } from "../command.ts";
import { packageManagers } from "./index.ts";

/** What a command said and answered. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A container on `lower` for tests of package managers: commands are run by name, without a shell. */
export class TestContainer {
  readonly fs: OverlayFileSystem;
  readonly #lower: Lower;
  readonly #packages: PackageSource;
  #now = Date.UTC(2026, 10, 23, 12);

  constructor(lower: Lower, packages: PackageSource, upper: FileTree = emptyTree) {
    this.#lower = lower;
    this.#packages = packages;
    this.fs = new OverlayFileSystem(lower, upper, { now: () => this.#now / 1000 });
  }

  /** `line` is split at blanks. */
  async run(line: string, options: { columns?: number; stdin?: string; who?: Credentials } = {}): Promise<Ran> {
    const argv = line.split(" ");
    const command = packageManagers.find(({ names }) => names.includes(argv[0] ?? ""));
    if (!command) throw new Error(`${argv[0]}: not a package manager`);
    let stdout = "";
    let stderr = "";
    const context: ProcessContext = {
      fs: this.fs,
      who: options.who ?? root,
      cwd: "/",
      env: new Map(),
      stdin: new TextEncoder().encode(options.stdin ?? ""),
      terminal: options.columns === undefined ? null : { columns: options.columns, rows: 24 },
      container: { hostname: "web", ipAddress: "172.17.0.2" },
      clock: {
        now: () => this.#now,
        sleep: async (ms) => {
          this.#now += ms;
        },
      },
      random: { hex: (bytes) => "0".repeat(2 * bytes), integer: () => 0 },
      packages: this.#packages,
      editor: { edit: async () => undefined },
      signal: new AbortController().signal,
      stdout: (text) => {
        stdout += typeof text === "string" ? text : new TextDecoder().decode(text);
      },
      stderr: (text) => {
        stderr += text;
      },
      bytes: (content) => readContent(content, nothingStored),
    };
    const code = await command.run(argv, context);
    return { stdout, stderr, code };
  }

  async text(path: string): Promise<string> {
    return new TextDecoder().decode(await readContent(this.fs.read(path, root), nothingStored));
  }

  exists(path: string): boolean {
    try {
      this.fs.lstat(path, root);
      return true;
    } catch {
      return false;
    }
  }

  /** As `docker diff` has it: "A /usr/bin/vim". */
  changes(): string[] {
    return diff(this.#lower, this.fs.upper).map(([kind, path]) => `${kind} ${path}`);
  }

  /** Bytes of files in the writable layer. */
  size(): number {
    return treeSize(this.fs.upper);
  }
}

async function nothingStored(): Promise<never> {
  throw new Error("no layer store in this test");
}
