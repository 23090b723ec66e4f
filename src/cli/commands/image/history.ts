import { shortOf } from "../../../core/oci/short.ts";
import { findImage } from "../../../engine/lookup.ts";
import type { EngineState, Image } from "../../../engine/state.ts";
import type { Flags } from "../../flags/parse.ts";
import { FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { formatRows, type Row } from "../../format/rows.ts";
import { ellipsis } from "../../format/table.ts";
import { rfc3339 } from "../../format/time.ts";
import { ago, humanSize } from "../../format/units.ts";
import type { Verb } from "../../verb.ts";

/** docker history [OPTIONS] IMAGE */
export const imageHistory: Verb = {
  names: ["image history", "history"],
  usage: "[OPTIONS] IMAGE",
  summary: "Show the history of an image",
  accepts: { kind: "exactly", count: 1 },
  flags: flagTable(`
${FORMAT_FLAG}
  -H, --human             Print sizes and dates in human readable format (default true)
      --no-trunc          Don't truncate output
*     --platform string   Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
  -q, --quiet             Only show image IDs
`),
  run({ flags, args }, context) {
    const { state } = context.tx;
    const image = findImage(state, args[0] ?? "");
    const rows = entries(state, image).map((entry) => row(entry, flags, context.ports.clock.now()));
    const headers = flags.bool("human") ? HEADERS : { ...HEADERS, CreatedSince: "CREATED AT" };
    context.stdout(formatRows(rows, { format: layoutOf(flags), headers, type: "*image.historyContext" }));
    return 0;
  },
};

const HEADERS = {
  ID: "IMAGE",
  CreatedSince: "CREATED",
  CreatedAt: "CREATED AT",
  CreatedBy: "CREATED BY",
  Size: "SIZE",
  Comment: "COMMENT",
};

function layoutOf(flags: Flags): string {
  const wanted = flags.string("format") || "table";
  if (wanted !== "table") return wanted;
  if (flags.bool("quiet")) return "{{.ID}}";
  const created = flags.bool("human") ? "{{.CreatedSince}}" : "{{.CreatedAt}}";
  return `table {{.ID}}\\t${created}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}`;
}

interface Entry {
  /** null: no image of this host ends with this line. */
  readonly image: Image | null;
  /** ms since 1970. */
  readonly created: number;
  readonly createdBy: string;
  readonly comment: string;
  /** Bytes. */
  readonly size: number;
}

/** Top first. The image's own line bears its id, the lines below the ids of the images it was committed from. */
function entries(state: EngineState, image: Image): Entry[] {
  const lines: Entry[] = [];
  let layer = 0;
  for (const { created, created_by: createdBy = "", comment = "", empty_layer: empty } of image.config.history ?? []) {
    const chain = empty === true ? undefined : image.layers[layer++];
    const size = chain === undefined ? 0 : (state.layers.get(chain)?.size ?? 0);
    lines.unshift({ image: null, created: Date.parse(created ?? "") || 0, createdBy, comment, size });
  }
  let parent: Image | undefined = image;
  return lines.map((line) => {
    const named = { ...line, image: parent ?? null };
    parent = parent?.parent ? state.images.get(parent.parent) : undefined;
    return named;
  });
}

/** What was built without a clock says 1970 or so. */
const NO_DATE_BEFORE = Date.UTC(2000, 0, 1);

function row(entry: Entry, flags: Flags, now: number): Row {
  const whole = flags.bool("no-trunc");
  const human = flags.bool("human");
  const by = entry.createdBy.replaceAll("\t", " ");
  const id = entry.image?.id;
  return {
    ID: id === undefined ? "<missing>" : whole ? id : shortOf(id),
    CreatedSince: entry.created <= NO_DATE_BEFORE ? "N/A" : human ? ago(entry.created, now) : rfc3339(entry.created),
    CreatedAt: rfc3339(entry.created),
    CreatedBy: whole ? by : ellipsis(by, 45),
    Size: human ? humanSize(entry.size, 3) : String(entry.size),
    Comment: entry.comment,
  };
}
