import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { showEach } from "../../inspect/show.ts";
import { inspectVolume } from "../../inspect/volume.ts";
import type { Verb } from "../../verb.ts";
import { findVolume } from "../../volumes.ts";

/** docker volume inspect [OPTIONS] VOLUME [VOLUME...] */
export const volumeInspect: Verb = {
  names: ["volume inspect"],
  usage: "[OPTIONS] VOLUME [VOLUME...]",
  summary: "Display detailed information on one or more volumes",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(INSPECT_FORMAT_FLAG),
  run({ flags, args }, context) {
    return showEach(args, flags, context, {
      find: (name) => inspectVolume(findVolume(context.tx.state, name)),
      noField: (field) => `can't evaluate field ${field} in type volume.Volume`,
    });
  },
};
