import { EngineError } from "../../../engine/error.ts";
import { removeImage } from "../../../engine/operations/remove-image.ts";
import { forEach } from "../../each.ts";
import { flagTable } from "../../flags/table.ts";
import type { Verb } from "../../verb.ts";

/** docker rmi [OPTIONS] IMAGE [IMAGE...] */
export const imageRm: Verb = {
  names: ["image rm", "image remove", "rmi"],
  usage: "[OPTIONS] IMAGE [IMAGE...]",
  summary: "Remove one or more images",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -f, --force              Force removal of the image
      --no-prune           Do not delete untagged parents
*     --platform strings   Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
`),
  async run({ flags, args }, context) {
    const force = flags.bool("force");
    const refused = await forEach(args, context, (name) => {
      for (const removed of removeImage(context.tx, name, { force, noPrune: flags.bool("no-prune") })) {
        context.stdout(removed.kind === "untagged" ? `Untagged: ${removed.name}\n` : `Deleted: ${removed.id}\n`);
      }
    });
    const missing = ({ error }: (typeof refused)[number]): boolean =>
      error instanceof EngineError && error.is("no-such-image");
    return refused.every((each) => force && missing(each)) ? 0 : 1;
  },
};
