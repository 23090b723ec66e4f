import { errnoText, FileSystemError } from "../../../core/filesystem/errno.ts";
import { dirname } from "../../../core/filesystem/path.ts";
import { changeHostFiles } from "../../../engine/host-files.ts";
import { exportContainer, tellExport } from "../../../engine/operations/export.ts";
import type { CommandContext } from "../../command.ts";
import { flagTable } from "../../flags/table.ts";
import { hostPath, hostView } from "../../host-path.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker export [OPTIONS] CONTAINER */
export const containerExport: Verb = {
  names: ["container export", "export"],
  usage: "[OPTIONS] CONTAINER",
  summary: "Export a container's filesystem as a tar archive",
  accepts: { kind: "exactly", count: 1 },
  flags: flagTable(`
  -o, --output string   Write to a file, instead of STDOUT
`),
  run({ flags, args: [container = ""] }, context) {
    const { tx, ports, terminal, who } = context;
    const output = flags.string("output") ?? "";
    if (output === "" && terminal.tty) {
      throw new CommandError("cowardly refusing to save to a terminal. Use the -o flag or redirect");
    }
    if (output !== "") checkFile(output, context);
    const tar = exportContainer(tx.state, container);
    const path = output === "" ? "-" : hostPath(context, output);
    if (path === "-") context.write(tar);
    else {
      const flags = { write: true, create: true, truncate: true };
      const write = (): void => changeHostFiles(tx, ports.clock.now(), (fs) => fs.write(path, tar, flags, 0o600, who));
      orRefuse(write, (why) => `open ${output}: ${why}`);
    }
    tellExport(tx, container, path, tar.size);
    return 0;
  },
};

/** (moby/sys, atomicwriter.New) */
function checkFile(output: string, context: CommandContext): void {
  const path = hostPath(context, output);
  if (path === "/dev/null") refuse("cannot write to a character device file");
  const directory = dirname(output);
  const view = hostView(context);
  orRefuse(
    () => void view.stat(dirname(path), context.who),
    (why) => `invalid output path: stat ${directory}: ${why}`,
  );
  try {
    if (view.stat(path, context.who).kind === "directory") refuse("cannot write to a directory");
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
  }
}

function orRefuse(call: () => void, message: (why: string) => string): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    refuse(message(errnoText[error.code].toLowerCase()));
  }
}

function refuse(message: string): never {
  throw new CommandError(`failed to export container: ${message}`);
}
