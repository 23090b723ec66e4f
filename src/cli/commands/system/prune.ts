import { flagTable } from "../../flags/table.ts";
import { confirm, pruneContainers, pruneImages, report } from "../../prune.ts";
import type { Verb } from "../../verb.ts";

/** docker system prune [OPTIONS] */
export const systemPrune: Verb = {
  names: ["system prune"],
  usage: "[OPTIONS]",
  summary: "Remove unused data",
  accepts: { kind: "none" },
  flags: flagTable(`
  -a, --all             Remove all unused images not just dangling ones
*     --filter filter   Provide filter values (e.g. "label=<key>=<value>")
  -f, --force           Do not prompt for confirmation
*     --volumes         Prune anonymous volumes
`),
  run({ path, flags }, context) {
    const all = flags.bool("all");
    const images = all ? "all images without at least one container associated to them" : "all dangling images";
    const warning = `This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n  - ${images}\n  - ${all ? "all" : "unused"} build cache\n`;
    confirm(flags.bool("force"), warning, all ? `${path} -a` : path);
    const containers = pruneContainers(context);
    context.stdout(
      report([
        { title: "Deleted Containers", pruned: containers },
        { title: "Deleted Images", pruned: pruneImages(context, all) },
      ]),
    );
    return 0;
  },
};
