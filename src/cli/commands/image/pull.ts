import {
  familiar,
  parseReference,
  type Reference,
  ReferenceError,
  repositoryOf,
  withDefaultTag,
} from "../../../core/oci/reference.ts";
import { flagTable } from "../../flags/table.ts";
import { pullWithProgress } from "../../pull.ts";
import { CommandError, type Verb } from "../../verb.ts";
import { checkPlatform } from "./platform.ts";

/** docker pull [OPTIONS] NAME[:TAG|@DIGEST] */
export const imagePull: Verb = {
  names: ["image pull", "pull"],
  usage: "[OPTIONS] NAME[:TAG|@DIGEST]",
  summary: "Download an image from a registry",
  accepts: { kind: "exactly", count: 1 },
  flags: flagTable(`
* -a, --all-tags                Download all tagged images in the repository
      --disable-content-trust   Skip image verification (default true)
      --platform string         Set platform if server is multi-platform capable
  -q, --quiet                   Suppress verbose output
`),
  async run({ flags, args }, context) {
    const given = parsed(args[0] ?? "");
    const reference = withDefaultTag(given);
    const quiet = flags.bool("quiet");
    if (given.tag === null && given.digest === null && !quiet) context.stdout("Using default tag: latest\n");
    checkPlatform(flags.string("platform"), familiar(reference));
    await pullWithProgress(reference, { quiet, output: (text) => context.stdout(text) }, context);
    const tag = reference.tag === null ? "" : `:${reference.tag}`;
    const digest = reference.digest === null ? "" : `@${reference.digest}`;
    context.stdout(`${repositoryOf(reference)}${tag}${digest}\n`);
    return 0;
  },
};

function parsed(name: string): Reference {
  try {
    return parseReference(name);
  } catch (error) {
    if (error instanceof ReferenceError) throw new CommandError(error.message);
    throw error;
  }
}
