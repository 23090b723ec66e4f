import { removeVolume } from "../../../engine/operations/volumes.ts";
import { forEach } from "../../each.ts";
import { flagTable } from "../../flags/table.ts";
import type { Verb } from "../../verb.ts";
import { checkVolumeName } from "../../volumes.ts";

/** docker volume rm [OPTIONS] VOLUME [VOLUME...] */
export const volumeRm: Verb = {
  names: ["volume rm", "volume remove"],
  usage: "[OPTIONS] VOLUME [VOLUME...]",
  summary: "Remove one or more volumes",
  description: "Remove one or more volumes. You cannot remove a volume that is in use by a container.",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -f, --force   Force the removal of one or more volumes
`),
  async run({ flags, args }, context) {
    const force = flags.bool("force");
    const refused = await forEach(args, context, (name) => {
      checkVolumeName(name);
      removeVolume(context.tx, name, { force });
      context.stdout(`${name}\n`);
    });
    return refused.length === 0 ? 0 : 1;
  },
};
