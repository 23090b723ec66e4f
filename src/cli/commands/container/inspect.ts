import { findContainer } from "../../../engine/lookup.ts";
import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { inspectContainer } from "../../inspect/container.ts";
import { showEach } from "../../inspect/show.ts";
import type { Verb } from "../../verb.ts";

/** docker container inspect [OPTIONS] CONTAINER [CONTAINER...] */
export const containerInspect: Verb = {
  names: ["container inspect"],
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Display detailed information on one or more containers",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
${INSPECT_FORMAT_FLAG}
  -s, --size            Display total file sizes
`),
  run({ flags, args }, context) {
    const { state } = context.tx;
    const find = (name: string) => inspectContainer(state, findContainer(state, name), flags.bool("size"));
    return showEach(args, flags, context, { find });
  },
};
