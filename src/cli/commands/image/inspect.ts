import { findImage } from "../../../engine/lookup.ts";
import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { inspectImage } from "../../inspect/image.ts";
import { showEach } from "../../inspect/show.ts";
import type { Verb } from "../../verb.ts";

/** docker image inspect [OPTIONS] IMAGE [IMAGE...] */
export const imageInspect: Verb = {
  names: ["image inspect"],
  usage: "[OPTIONS] IMAGE [IMAGE...]",
  summary: "Display detailed information on one or more images",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
${INSPECT_FORMAT_FLAG}
*     --platform string   Inspect a specific platform of the multi-platform image.
                          If the image or the server is not multi-platform capable, the command will error out if the platform does not match.
                          'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
`),
  run({ flags, args }, context) {
    const { state } = context.tx;
    return showEach(args, flags, context, { find: (name) => inspectImage(state, findImage(state, name)) });
  },
};
