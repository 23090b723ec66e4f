import { readContent, type Content } from "../../../core/filesystem/content.ts";
import { FileSystemError } from "../../../core/filesystem/errno.ts";
import { treeFromEntries } from "../../../core/filesystem/tree.ts";
import { emptyLower, stackOn } from "../../../core/overlay/lower.ts";
import { TarError } from "../../../core/tar/header.ts";
import { readTarContent } from "../../../core/tar/read.ts";
import { parseReference, type Reference, ReferenceError } from "../../../core/oci/reference.ts";
import { isArchive, unpackedContent } from "../../../engine/archive/unpacked-content.ts";
import { build } from "../../../engine/build/build.ts";
import { BuildError, excerpt } from "../../../engine/build/build-error.ts";
import { type BuildFiles, dockerfileName, readDockerfile } from "../../../engine/build/context.ts";
import { filesOf } from "../../../engine/build/source-files.ts";
import { EngineError } from "../../../engine/error.ts";
import { displayOf } from "../../build/display.ts";
import type { CommandContext } from "../../command.ts";
import { daemonError } from "../../each.ts";
import type { Flags } from "../../flags/parse.ts";
import { flagTable } from "../../flags/table.ts";
import { hostPath, hostView } from "../../host-path.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker build [OPTIONS] PATH | - */
export const imageBuild: Verb = {
  names: ["image build", "build", "builder build", "buildx build", "buildx b"],
  plugin: "docker buildx build",
  usage: "[OPTIONS] PATH | URL | -",
  summary: "Build an image from a Dockerfile",
  description: "Start a build",
  accepts: { kind: "exactly", count: 1 },
  flags: flagTable(`
*     --add-host strings              Add a custom host-to-IP mapping (format: "host:ip")
*     --allow stringArray             Allow extra privileged entitlement (e.g., "network.host", "security.insecure")
*     --annotation stringArray        Add annotation to the image
*     --attest stringArray            Attestation parameters (format: "type=sbom,generator=image")
      --build-arg stringArray         Set build-time variables
*     --build-context stringArray     Additional build contexts (e.g., name=path)
*     --builder string                Override the configured builder instance
*     --cache-from stringArray        External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")
*     --cache-to stringArray          Cache export destinations (e.g., "user/app:cache", "type=local,dest=path/to/dir")
*     --call string                   Set method for evaluating build ("check", "outline", "targets") (default "build")
*     --cgroup-parent string          Set the parent cgroup for the "RUN" instructions during build
*     --check                         Shorthand for "--call=check"
  -D, --debug                         Enable debug logging
  -f, --file string                   Name of the Dockerfile (default: "PATH/Dockerfile")
*     --iidfile string                Write the image ID to a file
      --label stringArray             Set metadata for an image
      --load                          Shorthand for "--output=type=docker"
*     --metadata-file string          Write build result metadata to a file
*     --network string                Set the networking mode for the "RUN" instructions during build (default "default")
      --no-cache                      Do not use cache when building the image
*     --no-cache-filter stringArray   Do not cache specified stages
* -o, --output stringArray            Output destination (format: "type=local,dest=path")
*     --platform stringArray          Set target platform for build
      --progress string               Set type of progress output ("auto", "quiet", "plain", "tty", "rawjson"). Use plain to show container output (default "auto")
*     --provenance string             Shorthand for "--attest=type=provenance"
      --pull                          Always attempt to pull all referenced images
*     --push                          Shorthand for "--output=type=registry"
  -q, --quiet                         Suppress the build output and print image ID on success
*     --sbom string                   Shorthand for "--attest=type=sbom"
*     --secret stringArray            Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")
*     --shm-size bytes                Shared memory size for build containers
*     --ssh stringArray               SSH agent socket or keys to expose to the build (format: "default|<id>[=<socket>|<key>[,<key>]]")
  -t, --tag stringArray               Name and optionally a tag (format: "name:tag")
      --target string                 Set the target build stage to build
*     --ulimit ulimit                 Ulimit options
`),
  async run(call, context) {
    const { flags, args } = call;
    const { tx, ports, signal, pulling } = context;
    const display = displayOf(progressMode(flags), context);
    const references = flags.list("tag").map(tagged);
    const files = await buildFiles(args[0] ?? "", flags, context);
    try {
      const image = await build(tx, ports, {
        files,
        references,
        args: new Map(flags.list("build-arg").flatMap(pair)),
        labels: Object.fromEntries(
          flags.list("label").flatMap((label) => pair(label.includes("=") ? label : `${label}=`)),
        ),
        target: flags.string("target") ?? null,
        noCache: flags.bool("no-cache"),
        pull: flags.bool("pull"),
        signal,
        progress: (progress) => display.show(progress),
        ...(pulling && { pulling }),
      });
      display.end();
      display.warn();
      if (flags.bool("quiet")) context.stdout(`${image}\n`);
      return 0;
    } catch (error) {
      display.end();
      signal.throwIfAborted();
      return refused(error, files, context);
    }
  },
};

const failure = (message: string): CommandError => new CommandError(`ERROR: failed to build: ${message}`);

/** What went wrong, after the lines it is about. */
async function refused(error: unknown, files: BuildFiles, context: CommandContext): Promise<number> {
  if (error instanceof EngineError) throw failure(`failed to solve: ${daemonError(error)}`);
  if (!(error instanceof BuildError)) throw error;
  if (error.place) {
    const text = await readDockerfile(files, context.ports.layers.readStored);
    context.stderr(excerpt(dockerfileName(files), text, error.place));
  }
  throw failure(`failed to solve: ${error.message}`);
}

function progressMode(flags: Flags): "auto" | "plain" | "tty" | "quiet" {
  const quiet = flags.bool("quiet");
  const wanted = flags.string("progress") ?? "auto";
  if (quiet && wanted !== "auto" && wanted !== "quiet") {
    throw new CommandError(`ERROR: progress=${wanted} and quiet cannot be used together`);
  }
  if (quiet || wanted === "quiet" || wanted === "none") return "quiet";
  if (wanted === "auto" || wanted === "plain" || wanted === "tty") return wanted;
  throw failure(`invalid progress mode ${wanted}`);
}

/** `NAME=value`; a NAME alone is taken from the host's environment, which has none to give. */
function pair(text: string): [string, string][] {
  const equals = text.indexOf("=");
  return equals < 0 ? [] : [[text.slice(0, equals), text.slice(equals + 1)]];
}

function tagged(name: string): Reference {
  try {
    const reference = parseReference(name);
    if (reference.digest === null) return reference;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw failure(`invalid tag ${JSON.stringify(name)}: ${error.message}`);
  }
  throw failure(`invalid tag ${JSON.stringify(name)}: refusing to create a tag with a digest reference`);
}

/** The context and the Dockerfile that the command line names. (docker/buildx, build.LoadInputs) */
async function buildFiles(path: string, flags: Flags, context: CommandContext): Promise<BuildFiles> {
  const { who } = context;
  const file = flags.string("file");
  if (path === "-") return fromInput(file, context);
  if (/^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(path)) {
    throw new CommandError(
      `docker: a build context from the network is not simulated in Lamina; the nearest is \`docker build .\``,
    );
  }
  const fs = hostView(context);
  const directory = hostPath(context, path);
  if (kindOf(fs, directory, who) !== "directory")
    throw failure(`unable to prepare context: path ${JSON.stringify(path)} not found`);
  if (file === "-") return { fs, who, directory, dockerfile: { text: await inputText(context) } };
  const dockerfile = file === undefined ? `${directory === "/" ? "" : directory}/Dockerfile` : hostPath(context, file);
  return { fs, who, directory, dockerfile: { path: dockerfile } };
}

function kindOf(fs: BuildFiles["fs"], path: string, who: CommandContext["who"]): string | null {
  try {
    return fs.stat(path, who).kind;
  } catch (error) {
    if (error instanceof FileSystemError) return null;
    throw error;
  }
}

/** `docker build - < Dockerfile`, or with a tar that is the whole context. */
async function fromInput(file: string | undefined, context: CommandContext): Promise<BuildFiles> {
  const { who, ports } = context;
  const { readStored } = ports.layers;
  const input = given(context);
  if (!(await isArchive(input, readStored))) {
    return { fs: filesOf(emptyLower), who, directory: null, dockerfile: { text: await inputText(context) } };
  }
  try {
    const entries = await readTarContent(await unpackedContent(input, readStored), readStored);
    const fs = filesOf(stackOn(emptyLower, treeFromEntries(entries)));
    const root = { ...who, uid: 0, gid: 0 };
    return { fs, who: root, directory: "/", dockerfile: { path: `/${file ?? "Dockerfile"}` } };
  } catch (error) {
    if (error instanceof TarError || error instanceof FileSystemError)
      throw failure(`failed to read context: ${error.message}`);
    throw error;
  }
}

async function inputText(context: CommandContext): Promise<string> {
  return new TextDecoder().decode(await readContent(given(context), context.ports.layers.readStored));
}

function given({ stdin }: CommandContext): Content {
  if (stdin !== null) return stdin;
  throw new CommandError(
    "docker: typing a Dockerfile is not simulated in Lamina; the nearest is `docker build - < FILE`",
  );
}
