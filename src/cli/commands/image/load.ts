import { type Content, emptyContent } from "../../../core/filesystem/content.ts";
import { named, PathError } from "../../../core/filesystem/path-error.ts";
import { blobOf } from "../../../engine/archive/host-blob.ts";
import { importArchive } from "../../../engine/archive/import.ts";
import { EngineError } from "../../../engine/error.ts";
import type { CommandContext } from "../../command.ts";
import { flagTable } from "../../flags/table.ts";
import { hostPath, hostView } from "../../host-path.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker load [OPTIONS] */
export const imageLoad: Verb = {
  names: ["image load", "load"],
  usage: "[OPTIONS]",
  summary: "Load an image from a tar archive or STDIN",
  accepts: { kind: "none" },
  flags: flagTable(`
  -i, --input string       Read from tar archive file, instead of STDIN
      --platform strings   Load only the given platform(s). Formatted as a comma-separated list of "os[/arch[/variant]]" (e.g., "linux/amd64,linux/arm64/v8")
  -q, --quiet              Suppress the load output
`),
  async run({ flags }, context) {
    const { tx, ports, signal } = context;
    const input = flags.string("input") ?? "";
    if (input === "" && context.stdin === null) {
      throw new CommandError("requested load from stdin, but stdin is empty");
    }
    const archive = await blobOf(
      input === "" ? (context.stdin ?? emptyContent) : file(input, context),
      ports.layers.readStored,
    );
    for (const { image, names } of await loaded(() => importArchive(tx, ports.layers, archive, signal))) {
      if (names.length === 0) context.stdout(`Loaded image ID: ${image}\n`);
      for (const name of names) context.stdout(`Loaded image: ${name}\n`);
    }
    return 0;
  },
};

/** The daemon's refusal of the archive comes inside its answer, and the client prints it bare. */
async function loaded<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof EngineError && error.code === "bad-archive") throw new CommandError(error.message);
    throw error;
  }
}

function file(source: string, context: CommandContext): Content {
  try {
    return named("open", source, () => hostView(context).read(hostPath(context, source), context.who));
  } catch (error) {
    throw error instanceof PathError ? new CommandError(error.message) : error;
  }
}
