import { saveImages, tellSave } from "../../../engine/operations/save.ts";
import { flagTable } from "../../flags/table.ts";
import { HostOutput } from "../../host-output.ts";
import type { Verb } from "../../verb.ts";
import { parsePlatform } from "./platform.ts";

/** docker save [OPTIONS] IMAGE [IMAGE...] */
export const imageSave: Verb = {
  names: ["image save", "save"],
  usage: "[OPTIONS] IMAGE [IMAGE...]",
  summary: "Save one or more images to a tar archive (streamed to STDOUT by default)",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -o, --output string      Write to a file, instead of STDOUT
      --platform strings   Save only the given platform(s). Formatted as a comma-separated list of "os[/arch[/variant]]" (e.g., "linux/amd64,linux/arm64/v8")
`),
  async run({ flags, args }, context) {
    for (const platform of flags.list("platform")) parsePlatform(platform);
    const output = new HostOutput(flags.string("output") ?? "", "failed to save image", context);
    const tar = await saveImages(context.tx.state, context.ports.layers, args);
    output.write(tar);
    tellSave(context.tx, args, output.path, tar.size);
    return 0;
  },
};
