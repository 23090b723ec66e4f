import { volumeUsers } from "../../../engine/operations/volumes.ts";
import type { EngineState, Volume } from "../../../engine/state.ts";
import { anyOf, labelsMatch, nameMatches, readFilters, switchOf } from "../../filters.ts";
import type { Flags } from "../../flags/parse.ts";
import { FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { byNaturalOrder } from "../../format/natural.ts";
import { formatRows, type Row } from "../../format/rows.ts";
import { volumeDirectory } from "../../inspect/storage.ts";
import type { Verb } from "../../verb.ts";

/** docker volume ls [OPTIONS] */
export const volumeLs: Verb = {
  names: ["volume ls", "volume list"],
  usage: "[OPTIONS]",
  summary: "List volumes",
  accepts: { kind: "none" },
  flags: flagTable(`
!     --cluster             Display only cluster volumes, and use cluster volume list formatting
  -f, --filter filter   Provide filter values (e.g. "dangling=true")
${FORMAT_FLAG}
  -q, --quiet           Only display volume names
`),
  run({ flags }, { tx, stdout }) {
    const rows = selected(flags, tx.state).map(row);
    stdout(formatRows(rows, { format: layoutOf(flags), headers: HEADERS, type: "*formatter.volumeContext" }));
    return 0;
  },
};

const HEADERS = {
  Name: "VOLUME NAME",
  Driver: "DRIVER",
  Scope: "SCOPE",
  Mountpoint: "MOUNTPOINT",
  Labels: "LABELS",
  Links: "LINKS",
  Size: "SIZE",
  Group: "GROUP",
  Availability: "AVAILABILITY",
  Status: "STATUS",
};

function layoutOf(flags: Flags): string {
  const wanted = flags.string("format") || "table";
  if (wanted !== "table") return wanted;
  return flags.bool("quiet") ? "{{.Name}}" : "table {{.Driver}}\\t{{.Name}}";
}

function selected(flags: Flags, state: EngineState): Volume[] {
  const filters = readFilters(flags.list("filter"), ["dangling", "driver", "label", "name"]);
  const dangling = switchOf(filters, "dangling");
  return [...state.volumes.values()]
    .filter(
      ({ name, labels }) =>
        (dangling === undefined || dangling === (volumeUsers(state, name).length === 0)) &&
        anyOf(filters, "driver", (driver) => driver === "local") &&
        anyOf(filters, "name", (pattern) => nameMatches(pattern, name)) &&
        labelsMatch(filters, labels),
    )
    .toSorted((a, b) => byNaturalOrder(a.name, b.name));
}

/** What only `docker system df` works out, and what only a swarm has, is not told. */
function row({ name, labels }: Volume): Row {
  return {
    Name: name,
    Driver: "local",
    Scope: "local",
    Mountpoint: volumeDirectory(name),
    Labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
    Label: (key) => labels[String(key)] ?? "",
    Links: "N/A",
    Size: "N/A",
    Group: "N/A",
    Availability: "N/A",
    Status: "N/A",
  };
}
