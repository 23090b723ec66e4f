import { flagTable } from "../../flags/table.ts";
import { confirmed, pruneBuilds, pruneContainers, pruneImages, pruneVolumes, report } from "../../prune.ts";
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
      --volumes         Prune anonymous volumes
`),
  async run({ path, flags }, context) {
    const all = flags.bool("all");
    const volumes = flags.bool("volumes");
    const images = all ? "all images without at least one container associated to them" : "all dangling images";
    const gone = [
      "all stopped containers",
      "all networks not used by at least one container",
      ...(volumes ? ["all anonymous volumes not used by at least one container"] : []),
      images,
      `${all ? "all" : "unused"} build cache`,
    ];
    const warning = `This will remove:\n${gone.map((each) => `  - ${each}\n`).join("")}`;
    if (
      !(await confirmed(
        flags.bool("force"),
        warning,
        `${path}${all ? " -a" : ""}${volumes ? " --volumes" : ""}`,
        context,
      ))
    )
      return 0;
    const containers = pruneContainers(context);
    const unmounted = volumes ? [{ title: "Deleted Volumes", pruned: pruneVolumes(context, { all: false }) }] : [];
    context.stdout(
      report([
        { title: "Deleted Containers", pruned: containers },
        ...unmounted,
        { title: "Deleted Images", pruned: pruneImages(context, all) },
        { title: "Deleted build cache objects", pruned: pruneBuilds(context, all) },
      ]),
    );
    return 0;
  },
};
