import { type Content, emptyContent } from "../../../core/filesystem/content.ts";
import { named, PathError } from "../../../core/filesystem/path-error.ts";
import { parseReference, type Reference, ReferenceError } from "../../../core/oci/reference.ts";
import { importImage } from "../../../engine/operations/import.ts";
import type { CommandContext } from "../../command.ts";
import { flagTable } from "../../flags/table.ts";
import { hostPath, hostView } from "../../host-path.ts";
import { CommandError, NotSimulatedError, type Verb } from "../../verb.ts";
import { parsePlatform } from "./platform.ts";

/** docker import [OPTIONS] file|URL|- [REPOSITORY[:TAG]] */
export const imageImport: Verb = {
  names: ["image import", "import"],
  usage: "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
  summary: "Import the contents from a tarball to create a filesystem image",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -c, --change list       Apply Dockerfile instruction to the created image
  -m, --message string    Set commit message for imported image
      --platform string   Set platform if server is multi-platform capable
`),
  async run({ flags, args: [source = "", name] }, context) {
    const { tx, ports, signal } = context;
    const tar = source === "-" ? (context.stdin ?? emptyContent) : file(source, context);
    const image = await importImage(tx, ports, {
      tar,
      reference: name === undefined || name === "" ? null : target(name),
      changes: flags.list("change"),
      // The client sends a file as a stream, whatever its name.
      message: flags.string("message") || "Imported from -",
      platform: parsePlatform(flags.string("platform") ?? ""),
      signal,
    });
    context.stdout(`${image}\n`);
    return 0;
  },
};

function file(source: string, context: CommandContext): Content {
  if (/^https?:\/\//.test(source)) {
    throw new NotSimulatedError("fetching a tar from the web", "`docker import FILE`, with a file of this host");
  }
  const path = hostPath(context, source);
  const view = hostView(context);
  try {
    const { kind } = named("open", source, () => view.stat(path, context.who));
    if (kind === "directory") {
      const request = 'Post "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/images/create?fromSrc=-"';
      throw new CommandError(`error during connect: ${request}: read ${source}: is a directory`);
    }
    return named("open", source, () => view.read(path, context.who));
  } catch (error) {
    throw error instanceof PathError ? new CommandError(error.message) : error;
  }
}

function target(name: string): Reference {
  try {
    return parseReference(name);
  } catch (error) {
    if (error instanceof ReferenceError) throw new CommandError(error.message);
    throw error;
  }
}
