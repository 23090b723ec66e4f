import { parseReference, type Reference, ReferenceError } from "../../../core/oci/reference.ts";
import { commit } from "../../../engine/operations/commit.ts";
import { flagTable } from "../../flags/table.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]] */
export const containerCommit: Verb = {
  names: ["container commit", "commit"],
  usage: "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
  summary: "Create a new image from a container's changes",
  accepts: { kind: "between", count: 1, most: 2 },
  flags: flagTable(`
  -a, --author string    Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")
  -c, --change list      Apply Dockerfile instruction to the created image
  -m, --message string   Commit message
  -p, --pause            Pause container during commit (default true)
`),
  async run({ flags, args }, context) {
    const { tx, ports, signal } = context;
    const [container = "", name] = args;
    const image = await commit(tx, ports, container, {
      reference: name === undefined ? null : target(name),
      author: flags.string("author"),
      message: flags.string("message"),
      changes: flags.list("change"),
      signal,
    });
    context.stdout(`${image}\n`);
    return 0;
  },
};

function target(name: string): Reference {
  try {
    const reference = parseReference(name);
    if (reference.digest === null) return reference;
  } catch (error) {
    if (error instanceof ReferenceError) throw new CommandError(error.message);
    throw error;
  }
  throw new CommandError("refusing to create a tag with a digest reference");
}
