import type { Content } from "../../../core/filesystem/content.ts";
import { normalize } from "../../../core/filesystem/path.ts";
import { PathError } from "../../../core/filesystem/path-error.ts";
import type { LayerEntry } from "../../../core/image/layer-entry.ts";
import { TarError } from "../../../core/tar/header.ts";
import { packPath } from "../../../core/tar/pack.ts";
import { readTarContent } from "../../../core/tar/read.ts";
import { unpackInto } from "../../../core/tar/unpack.ts";
import { tarContent } from "../../../core/tar/write.ts";
import { unpackedContent } from "../../../engine/archive/unpacked-content.ts";
import { EngineError } from "../../../engine/error.ts";
import { changeHostFiles } from "../../../engine/host-files.ts";
import { archivePath, extractToDirectory, type PathStat, statPath, tellCopy } from "../../../engine/operations/copy.ts";
import { findContainer } from "../../../engine/lookup.ts";
import type { CommandContext } from "../../command.ts";
import { type CopyInfo, copyDestination, copyPlan, copySource, keepEnd, rebased } from "../../copy-info.ts";
import { flagTable } from "../../flags/table.ts";
import { humanSize } from "../../format/units.ts";
import { hostPath, hostView } from "../../host-path.ts";
import { CommandError, type Invocation, type Verb } from "../../verb.ts";

/** docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|- and the other way round */
export const containerCp: Verb = {
  names: ["container cp", "cp"],
  usage: "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
  summary: "Copy files/folders between a container and the local filesystem",
  description: `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  accepts: { kind: "exactly", count: 2 },
  flags: flagTable(`
  -a, --archive       Archive mode (copy all uid/gid information)
  -L, --follow-link   Always follow symbol link in SRC_PATH
  -q, --quiet         Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached
`),
  async run(call, context) {
    const [source = "", destination = ""] = call.args;
    if (source === "") throw new CommandError("source can not be empty");
    if (destination === "") throw new CommandError("destination can not be empty");
    const [from, to] = [splitArgument(source), splitArgument(destination)];
    if (from.container !== "" && to.container !== "") {
      throw new CommandError("copying between containers is not supported");
    }
    try {
      if (from.container !== "") copyOut(from.container, from.path, to.path, call, context);
      else if (to.container !== "") await copyIn(to.container, from.path, to.path, call, context);
      else throw new CommandError("must specify at least one container source");
    } catch (error) {
      if (error instanceof PathError || error instanceof TarError) throw new CommandError(error.message);
      throw error;
    }
    return 0;
  },
};

/** "NAME:PATH"; a path of the host that has a colon in it begins with "/" or ".". */
function splitArgument(argument: string): { readonly container: string; readonly path: string } {
  const colon = argument.indexOf(":");
  if (argument.startsWith("/") || argument.startsWith(".") || colon < 0) return { container: "", path: argument };
  return { container: argument.slice(0, colon), path: argument.slice(colon + 1) };
}

const local = (context: CommandContext, path: string): string => keepEnd(hostPath(context, path), path);

function done({ flags }: Invocation, context: CommandContext, size: number, to: string): void {
  if (flags.bool("quiet") || !context.terminal.tty) return;
  context.stderr(`Successfully copied ${humanSize(size, 3)} to ${to}\n`);
}

function copyOut(
  container: string,
  path: string,
  destination: string,
  call: Invocation,
  context: CommandContext,
): void {
  const { tx, ports, who } = context;
  const target = destination === "-" ? "-" : local(context, destination);
  if (target !== "-") checkOutput(target, context);
  let [source, rebaseName] = [path, ""];
  if (call.flags.bool("follow-link")) {
    const found = quietly(() => statPath(tx.state, container, path));
    if (found?.kind === "symlink") [source, rebaseName] = rebased(path, found.linkTarget);
  }
  const stat = statPath(tx.state, container, source);
  const tell = (entries: readonly LayerEntry[]): void =>
    tellCopy(tx, container, { direction: "out", path, host: target, entries });
  if (target === "-") {
    const entries = archivePath(tx.state, container, source);
    context.write(tarContent(entries));
    return tell(entries);
  }
  const info: CopyInfo = { path: source, exists: true, isDirectory: stat.kind === "directory", rebaseName };
  const { directory, as } = copyPlan(info, copyDestination(target, { fs: hostView(context), who }));
  const entries = archivePath(tx.state, container, source, as);
  changeHostFiles(tx, ports.clock.now(), (fs) => unpackInto(fs, directory, entries, { who, owner: null }));
  tell(entries);
  done(call, context, tarContent(entries).size, target);
}

/** (docker/cli, command.ValidateOutputPath) */
function checkOutput(path: string, context: CommandContext): void {
  const directory = normalize(`${path}/..`);
  const view = hostView(context);
  try {
    view.stat(directory, context.who);
  } catch {
    throw new CommandError(`invalid output path: directory ${JSON.stringify(directory)} does not exist`);
  }
}

async function copyIn(
  container: string,
  source: string,
  path: string,
  call: Invocation,
  context: CommandContext,
): Promise<void> {
  const { tx, ports, who } = context;
  const asUser = call.flags.bool("archive");
  const from = source === "-" ? "-" : local(context, source);
  const target = containerTarget(container, path, context);
  let directory = target.path;
  let entries: readonly LayerEntry[];
  if (from === "-") {
    if (!target.isDirectory) throw new CommandError(`destination "${container}:${path}" must be a directory`);
    entries = await received(context.stdin, context, container);
  } else {
    const info = copySource(from, call.flags.bool("follow-link"), { fs: hostView(context), who });
    const plan = copyPlan(info, target);
    directory = plan.directory;
    entries = packPath(hostView(context), info.path, plan.as, who);
  }
  await extractToDirectory(tx, ports, container, directory, entries, { asUser });
  tellCopy(tx, container, { direction: "in", path: target.path, host: from, entries });
  done(call, context, from === "-" ? 0 : tarContent(entries).size, `${container}:${target.path}`);
}

/** What is there already at the target; that nothing is, or that it cannot be looked at, shows later. */
function containerTarget(container: string, path: string, { tx }: CommandContext): CopyInfo {
  let at = path;
  let stat: PathStat | null = quietly(() => statPath(tx.state, container, path));
  if (stat?.kind === "symlink") {
    at = stat.linkTarget;
    stat = quietly(() => statPath(tx.state, container, at));
  }
  if (stat?.kind === "character" || stat?.kind === "block") {
    throw new CommandError(`destination "${container}:${path}" must be a directory or a regular file: got a device`);
  }
  return { path: at, exists: stat !== null, isDirectory: stat?.kind === "directory", rebaseName: "" };
}

/** A tar from standard input, gzip'ed or not. */
async function received(
  stdin: Content | null,
  { tx, ports }: CommandContext,
  container: string,
): Promise<readonly LayerEntry[]> {
  findContainer(tx.state, container);
  if (stdin === null || stdin.size === 0) return [];
  const { readStored } = ports.layers;
  try {
    return await readTarContent(await unpackedContent(stdin, readStored), readStored);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    const message = error.message === "invalid tar header" ? "archive/tar: invalid tar header" : error.message;
    throw new EngineError("copy-failed", { message });
  }
}

function quietly<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}
