import { exportContainer, tellExport } from "../../../engine/operations/export.ts";
import { flagTable } from "../../flags/table.ts";
import { HostOutput } from "../../host-output.ts";
import type { Verb } from "../../verb.ts";

/** docker export [OPTIONS] CONTAINER */
export const containerExport: Verb = {
  names: ["container export", "export"],
  usage: "[OPTIONS] CONTAINER",
  summary: "Export a container's filesystem as a tar archive",
  accepts: { kind: "exactly", count: 1 },
  flags: flagTable(`
  -o, --output string   Write to a file, instead of STDOUT
`),
  run({ flags, args: [container = ""] }, context) {
    const output = new HostOutput(flags.string("output") ?? "", "failed to export container", context);
    const tar = exportContainer(context.tx.state, container);
    output.write(tar);
    tellExport(context.tx, container, output.path, tar.size);
    return 0;
  },
};
