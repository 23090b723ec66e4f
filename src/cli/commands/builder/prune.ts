import { flagTable } from "../../flags/table.ts";
import { confirmed, pruneBuilds, report } from "../../prune.ts";
import type { Verb } from "../../verb.ts";

/** docker builder prune [OPTIONS] */
export const builderPrune: Verb = {
  names: ["builder prune", "buildx prune"],
  usage: "[OPTIONS]",
  summary: "Remove build cache",
  accepts: { kind: "none" },
  flags: flagTable(`
  -a, --all                  Remove all unused build cache, not just dangling ones
*     --filter filter        Provide filter values (e.g. "until=24h")
  -f, --force                Do not prompt for confirmation
*     --keep-storage bytes   Amount of disk space to keep for cache
`),
  async run({ path, flags }, context) {
    const all = flags.bool("all");
    const warning = `This will remove all ${all ? "" : "dangling "}build cache.`;
    if (!(await confirmed(flags.bool("force"), warning, `${path}${all ? " -a" : ""}`, context))) return 0;
    context.stdout(report([{ title: "Deleted build cache objects", pruned: pruneBuilds(context, all) }]));
    return 0;
  },
};
