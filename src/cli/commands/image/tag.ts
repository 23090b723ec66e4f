import { identifierOf, parseReference, type Reference, ReferenceError } from "../../../core/oci/reference.ts";
import { tag } from "../../../engine/operations/tag.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG] */
export const imageTag: Verb = {
  names: ["image tag", "tag"],
  usage: "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
  summary: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
  accepts: { kind: "exactly", count: 2 },
  flags: [],
  run({ args }, context) {
    const [source = "", target = ""] = args;
    if (identifierOf(source) === null) parsed(source);
    const reference = parsed(target);
    if (reference.digest !== null) throw new CommandError("refusing to create a tag with a digest reference");
    tag(context.tx, source, reference);
    return 0;
  },
};

function parsed(text: string): Reference {
  try {
    return parseReference(text);
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new CommandError(
      `Error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag: ${error.message}`,
    );
  }
}
