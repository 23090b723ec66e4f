import { createVolume } from "../../../engine/operations/volumes.ts";
import { flagTable } from "../../flags/table.ts";
import { labels } from "../../labels.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker volume create [OPTIONS] [VOLUME] */
export const volumeCreate: Verb = {
  names: ["volume create"],
  usage: "[OPTIONS] [VOLUME]",
  summary: "Create a volume",
  accepts: { kind: "atMost", count: 1 },
  flags: flagTable(`
!     --availability string        Cluster Volume availability ("active", "pause", "drain") (default "active")
  -d, --driver string              Specify volume driver name (default "local")
!     --group string               Cluster Volume group (cluster volumes)
      --label list                 Set metadata for a volume
!     --limit-bytes bytes          Minimum size of the Cluster Volume in bytes (default 0B)
.     --name string                Specify volume name
* -o, --opt map                    Set driver specific options (default map[])
!     --required-bytes bytes       Maximum size of the Cluster Volume in bytes (default 0B)
!     --scope string               Cluster Volume access scope ("single", "multi") (default "single")
!     --secret map                 Cluster Volume secrets (default map[])
!     --sharing string             Cluster Volume access sharing ("none", "readonly", "onewriter", "all") (default "none")
!     --topology-preferred list    A topology that the Cluster Volume would be preferred in
!     --topology-required list     A topology that the Cluster Volume must be accessible from
!     --type string                Cluster Volume access type ("mount", "block") (default "block")
`),
  run({ flags, args }, { tx, ports, stdout }) {
    const named = flags.string("name") ?? "";
    if (named !== "" && args.length > 0) {
      throw new CommandError(
        "conflicting options: cannot specify a volume-name through both --name and as a positional arg",
      );
    }
    const name = args[0] ?? named;
    const driver = flags.string("driver") ?? "local";
    if (driver !== "local") {
      const reason = `error looking up volume plugin ${driver}: plugin "${driver}" not found`;
      throw new CommandError(`Error response from daemon: create ${name}: ${reason}`);
    }
    stdout(`${createVolume(tx, ports, { name, labels: labels(flags.list("label")) }).name}\n`);
    return 0;
  },
};
