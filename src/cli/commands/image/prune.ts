import { flagTable } from "../../flags/table.ts";
import { confirmed, pruneImages, report } from "../../prune.ts";
import type { Verb } from "../../verb.ts";

/** docker image prune [OPTIONS] */
export const imagePrune: Verb = {
  names: ["image prune"],
  usage: "[OPTIONS]",
  summary: "Remove unused images",
  accepts: { kind: "none" },
  flags: flagTable(`
  -a, --all             Remove all unused images, not just dangling ones
*     --filter filter   Provide filter values (e.g. "until=<timestamp>")
  -f, --force           Do not prompt for confirmation
`),
  async run({ path, flags }, context) {
    const all = flags.bool("all");
    const warning = all
      ? "This will remove all images without at least one container associated to them."
      : "This will remove all dangling images.";
    if (!(await confirmed(flags.bool("force"), warning, all ? `${path} -a` : path, context))) return 0;
    context.stdout(report([{ title: "Deleted Images", pruned: pruneImages(context, all) }]));
    return 0;
  },
};
