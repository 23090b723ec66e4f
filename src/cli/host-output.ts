import type { Content } from "../core/filesystem/content.ts";
import { errnoText, FileSystemError } from "../core/filesystem/errno.ts";
import { dirname } from "../core/filesystem/path.ts";
import { changeHostFiles } from "../engine/host-files.ts";
import type { CommandContext } from "./command.ts";
import { hostPath, hostView } from "./host-path.ts";
import { CommandError } from "./verb.ts";

/**
 * Where a command with --output writes to: a file of the host, or standard output when `output` is "". `failed` begins its
 * refusals: "failed to export container". Throws `CommandError`. (docker/cli, cli/command/container/export.go)
 */
export class HostOutput {
  constructor(
    private readonly output: string,
    private readonly failed: string,
    private readonly context: CommandContext,
  ) {
    if (output !== "") this.#check();
    else if (context.terminal.tty) {
      throw new CommandError("cowardly refusing to save to a terminal. Use the -o flag or redirect");
    }
  }

  /** On the host; "-" for standard output. */
  get path(): string {
    return this.output === "" ? "-" : hostPath(this.context, this.output);
  }

  write(tar: Content): void {
    const { path, context } = this;
    if (path === "-") return context.write(tar);
    const { tx, ports, who } = context;
    const flags = { write: true, create: true, truncate: true };
    this.#orRefuse(
      () => changeHostFiles(tx, ports.clock.now(), (fs) => fs.write(path, tar, flags, 0o600, who)),
      (why) => `open ${this.output}: ${why}`,
    );
  }

  /** (moby/sys, atomicwriter.New) */
  #check(): void {
    const { path, context } = this;
    if (path === "/dev/null") this.#refuse("cannot write to a character device file");
    const view = hostView(context);
    this.#orRefuse(
      () => void view.stat(dirname(path), context.who),
      (why) => `invalid output path: stat ${dirname(this.output)}: ${why}`,
    );
    try {
      if (view.stat(path, context.who).kind === "directory") this.#refuse("cannot write to a directory");
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
    }
  }

  #orRefuse(call: () => void, message: (why: string) => string): void {
    try {
      call();
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      this.#refuse(message(errnoText[error.code].toLowerCase()));
    }
  }

  #refuse(message: string): never {
    throw new CommandError(`${this.failed}: ${message}`);
  }
}
