import { flagTable } from "../../flags/table.ts";
import { confirmed, pruneContainers, report } from "../../prune.ts";
import type { Verb } from "../../verb.ts";

/** docker container prune [OPTIONS] */
export const containerPrune: Verb = {
  names: ["container prune"],
  usage: "[OPTIONS]",
  summary: "Remove all stopped containers",
  accepts: { kind: "none" },
  flags: flagTable(`
*     --filter filter   Provide filter values (e.g. "until=<timestamp>")
  -f, --force           Do not prompt for confirmation
`),
  async run({ path, flags }, context) {
    if (!(await confirmed(flags.bool("force"), "This will remove all stopped containers.", path, context))) return 0;
    context.stdout(report([{ title: "Deleted Containers", pruned: pruneContainers(context) }]));
    return 0;
  },
};
