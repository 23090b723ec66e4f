import { shortOf } from "../../../core/oci/short.ts";
import { familiar, familiarName, parseReference } from "../../../core/oci/reference.ts";
import { imageSize } from "../../../engine/host-state.ts";
import { tagsOf } from "../../../engine/layer-story.ts";
import { findImage } from "../../../engine/lookup.ts";
import type { EngineState, Image } from "../../../engine/state.ts";
import type { CommandContext } from "../../command.ts";
import { anyOf, type Filters, globMatches, labelsMatch, readFilters, switchOf } from "../../filters.ts";
import type { Flags } from "../../flags/parse.ts";
import { FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { formatRows, type Row } from "../../format/rows.ts";
import { goTime } from "../../format/time.ts";
import { ago, humanSize } from "../../format/units.ts";
import { createdAt, digestsOf, hasChildren, newestFirst } from "../../images.ts";
import type { Verb } from "../../verb.ts";

/** docker images [OPTIONS] [REPOSITORY[:TAG]] */
export const imageLs: Verb = {
  names: ["image ls", "image list", "images"],
  usage: "[OPTIONS] [REPOSITORY[:TAG]]",
  summary: "List images",
  accepts: { kind: "atMost", count: 1 },
  flags: flagTable(`
  -a, --all             Show all images (default hides intermediate images)
      --digests         Show digests
  -f, --filter filter   Filter output based on conditions provided
${FORMAT_FLAG}
      --no-trunc        Don't truncate output
  -q, --quiet           Only show image IDs
*     --tree            List multi-platform images as a tree (EXPERIMENTAL)
`),
  run({ flags, args }, context) {
    const [pattern] = args;
    const texts = [...flags.list("filter"), ...(pattern === undefined ? [] : [`reference=${pattern}`])];
    const filters = readFilters(texts, ["dangling", "label", "before", "since", "reference", "until"]);
    const rows = selected(filters, flags.bool("all"), context.tx.state).flatMap((image) =>
      imageRows(image, filters, flags, context),
    );
    context.stdout(formatRows(rows, { format: layoutOf(flags), headers: HEADERS, type: "*formatter.imageContext" }));
    return 0;
  },
};

const HEADERS = {
  ID: "IMAGE ID",
  Repository: "REPOSITORY",
  Tag: "TAG",
  Digest: "DIGEST",
  CreatedSince: "CREATED",
  CreatedAt: "CREATED AT",
  Size: "SIZE",
  Containers: "CONTAINERS",
  VirtualSize: "SIZE",
  SharedSize: "SHARED SIZE",
  UniqueSize: "UNIQUE SIZE",
};

function layoutOf(flags: Flags): string {
  const digest = flags.bool("digests") ? "\\t{{.Digest}}" : "";
  const wanted = flags.string("format") || "table";
  if (flags.bool("quiet")) return "{{.ID}}";
  return wanted === "table"
    ? `table {{.Repository}}\\t{{.Tag}}${digest}\\t{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}`
    : wanted;
}

function selected(filters: Filters, all: boolean, state: EngineState): Image[] {
  const dangling = switchOf(filters, "dangling");
  const time = (name: string): number => createdAt(findImage(state, name));
  return newestFirst(state).filter((image) => {
    const named = tagsOf(state, image).length > 0 || digestsOf(state, image).length > 0;
    const intermediate = !named && hasChildren(state, image);
    if (dangling !== undefined && dangling !== (!named && !intermediate)) return false;
    return (
      (all || !intermediate) &&
      anyOf(filters, "before", (name) => createdAt(image) < time(name)) &&
      anyOf(filters, "since", (name) => createdAt(image) > time(name)) &&
      anyOf(filters, "until", (moment) => createdAt(image) < (Date.parse(moment) || 0)) &&
      labelsMatch(filters, image.config.config?.Labels ?? {})
    );
  });
}

/** One row a tag; with --digests one a tag and digest. What has only digests shows `<none>` as its tag. */
function imageRows(image: Image, filters: Filters, flags: Flags, context: CommandContext): Row[] {
  const { state } = context.tx;
  const wanted = (reference: string): boolean =>
    anyOf(filters, "reference", (pattern) => referenceMatches(pattern, reference));
  const digests = digestsOf(state, image).filter(wanted);
  const tags = tagsOf(state, image).filter(wanted);
  const names: { repository: string; tag: string; digest: string }[] = [];
  for (const tag of tags) {
    const reference = parseReference(tag);
    const repository = familiarName(reference);
    const own = flags.bool("digests") ? digests.filter((digest) => digest.startsWith(`${repository}@`)) : [];
    const shown = own.length > 0 ? own.map((each) => each.split("@")[1] ?? "") : ["<none>"];
    names.push(...shown.map((digest) => ({ repository, tag: reference.tag ?? "", digest })));
  }
  for (const text of digests) {
    const [repository = "", digest = ""] = text.split("@");
    if (tags.some((tag) => familiarName(parseReference(tag)) === repository)) continue;
    names.push({ repository, tag: "<none>", digest: flags.bool("digests") ? digest : "<none>" });
  }
  if (names.length === 0 && !filters.has("reference"))
    names.push({ repository: "<none>", tag: "<none>", digest: "<none>" });
  return names.map((name) => row(image, name, flags.bool("no-trunc"), context));
}

function row(
  image: Image,
  { repository, tag, digest }: { repository: string; tag: string; digest: string },
  whole: boolean,
  { tx, ports }: CommandContext,
): Row {
  const size = imageSize(tx.state, image);
  return {
    ID: whole ? image.id : shortOf(image.id),
    Repository: repository,
    Tag: tag,
    Digest: digest,
    CreatedSince: ago(createdAt(image), ports.clock.now()),
    CreatedAt: goTime(createdAt(image)),
    Size: humanSize(size, 3),
    Containers: "N/A",
    VirtualSize: humanSize(size),
    SharedSize: "N/A",
    UniqueSize: "N/A",
  };
}

/** (distribution/reference, `FamiliarMatch`) */
function referenceMatches(pattern: string, text: string): boolean {
  const reference = parseReference(text);
  return globMatches(pattern, familiar(reference)) || globMatches(pattern, familiarName(reference));
}
