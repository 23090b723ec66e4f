import { shortOf } from "../../../core/oci/short.ts";
import { cachedOnly, isShared, recordId } from "../../../engine/build/cache.ts";
import { imageSize } from "../../../engine/host-state.ts";
import { familiarName, parseReference } from "../../../core/oci/reference.ts";
import { tagsOf } from "../../../engine/layer-story.ts";
import { volumeUsers } from "../../../engine/operations/volumes.ts";
import type { BuildRecord, EngineState, Image } from "../../../engine/state.ts";
import type { CommandContext } from "../../command.ts";
import { newestContainers } from "../../containers.ts";
import { FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { formatRows, type Row } from "../../format/rows.ts";
import { ago, humanSize } from "../../format/units.ts";
import { containersOf, createdAt, newestFirst, sharedSize } from "../../images.ts";
import type { Verb } from "../../verb.ts";
import { row as containerRow } from "../container/ls.ts";

/** docker system df [OPTIONS] */
export const systemDf: Verb = {
  names: ["system df"],
  usage: "[OPTIONS]",
  summary: "Show docker disk usage",
  accepts: { kind: "none" },
  flags: flagTable(`
${FORMAT_FLAG}
  -v, --verbose         Show detailed information on space usage
`),
  run({ flags }, context) {
    const format = flags.string("format") || "table";
    if (flags.bool("verbose")) context.stdout(verbose(context));
    else {
      const layout =
        format === "table" ? "table {{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}" : format;
      context.stdout(
        formatRows(summary(context.tx.state), {
          format: layout,
          headers: HEADERS,
          type: "*formatter.diskUsageContext",
        }),
      );
    }
    return 0;
  },
};

const HEADERS = { Type: "TYPE", TotalCount: "TOTAL", Active: "ACTIVE", Size: "SIZE", Reclaimable: "RECLAIMABLE" };

function line(Type: string, total: number, active: number, size: number, reclaimable: number): Row {
  const percent = size > 0 ? ` (${Math.trunc((reclaimable * 100) / size)}%)` : "";
  return {
    Type,
    TotalCount: String(total),
    Active: String(active),
    Size: humanSize(size),
    Reclaimable: humanSize(reclaimable) + percent,
  };
}

function summary(state: EngineState): Row[] {
  const images = [...state.images.values()];
  const containers = [...state.containers.values()];
  const used = images.filter((image) => containersOf(state, image).length > 0);
  const onlyCached = cachedOnly(state);
  const stored = [...state.layers.values()]
    .filter(({ chainId }) => !onlyCached.has(chainId))
    .reduce((sum, layer) => sum + layer.size, 0);
  // The daemon counts what only one image has as that image's; shared layers stay reclaimable.
  const kept = used.reduce((sum, image) => sum + imageSize(state, image) - sharedSize(state, image), 0);
  const running = containers.filter(({ status }) => status.kind === "running");
  const written = (of: typeof containers): number => of.reduce((sum, container) => sum + container.upper.size, 0);
  const idle = written(containers) - written(running);
  const volumes = [...state.volumes.values()];
  const mounted = volumes.filter(({ name }) => volumeUsers(state, name).length > 0);
  const bytes = (of: typeof volumes): number => of.reduce((sum, { tree }) => sum + tree.size, 0);
  return [
    line("Images", images.length, used.length, stored, stored - kept),
    line("Containers", containers.length, running.length, written(containers), idle),
    line("Local Volumes", volumes.length, mounted.length, bytes(volumes), bytes(volumes) - bytes(mounted)),
    buildLine(state),
  ];
}

/** What images have too is counted there. */
function buildLine(state: EngineState): Row {
  const records = [...state.buildCache.values()];
  const size = records.reduce((sum, record) => sum + (isShared(state, record) ? 0 : layerSize(state, record)), 0);
  return { ...line("Build Cache", records.length, 0, size, size), Reclaimable: humanSize(size) };
}

const layerSize = (state: EngineState, { layer }: BuildRecord): number => state.layers.get(layer)?.size ?? 0;

function buildRows(state: EngineState, now: number): Row[] {
  return [...state.buildCache.values()].map((record) => ({
    ID: recordId(record).slice(0, 12),
    CacheType: "regular",
    Size: humanSize(layerSize(state, record), 3),
    CreatedSince: ago(record.createdAt, now),
    LastUsedSince: ago(record.usedAt, now),
    UsageCount: String(record.uses + 1),
    Shared: String(isShared(state, record)),
  }));
}

function verbose(context: CommandContext): string {
  const { state } = context.tx;
  const now = context.ports.clock.now();
  const images = newestFirst(state).flatMap((image) => imageRows(state, image, now));
  const containers = newestContainers(state).map((container) => ({
    ...containerRow(container, context, false),
    Size: humanSize(container.upper.size, 3),
  }));
  const volumes = [...state.volumes.values()].map(({ name, tree }) => ({
    Name: name,
    Links: String(volumeUsers(state, name).length),
    Size: humanSize(tree.size),
  }));
  const table = (rows: Row[], columns: readonly (readonly [field: string, title: string])[]): string =>
    formatRows(rows, {
      format: `table ${columns.map(([field]) => `{{.${field}}}`).join("\\t")}`,
      headers: Object.fromEntries(columns),
      type: "*formatter.diskUsageContext",
    });
  return [
    `Images space usage:\n\n${table(images, IMAGES)}`,
    `Containers space usage:\n\n${table(containers, CONTAINERS)}`,
    `Local Volumes space usage:\n\n${table(volumes, VOLUMES)}`,
    `Build cache usage: ${buildLine(state)["Size"] as string}\n\n${table(buildRows(state, now), BUILDS)}`,
  ].join("\n");
}

const IMAGES = [
  ["Repository", "REPOSITORY"],
  ["Tag", "TAG"],
  ["ID", "IMAGE ID"],
  ["CreatedSince", "CREATED"],
  ["Size", "SIZE"],
  ["SharedSize", "SHARED SIZE"],
  ["UniqueSize", "UNIQUE SIZE"],
  ["Containers", "CONTAINERS"],
] as const;

const CONTAINERS = [
  ["ID", "CONTAINER ID"],
  ["Image", "IMAGE"],
  ["Command", "COMMAND"],
  ["LocalVolumes", "LOCAL VOLUMES"],
  ["Size", "SIZE"],
  ["RunningFor", "CREATED"],
  ["Status", "STATUS"],
  ["Names", "NAMES"],
] as const;

const VOLUMES = [
  ["Name", "VOLUME NAME"],
  ["Links", "LINKS"],
  ["Size", "SIZE"],
] as const;

const BUILDS = [
  ["ID", "CACHE ID"],
  ["CacheType", "CACHE TYPE"],
  ["Size", "SIZE"],
  ["CreatedSince", "CREATED"],
  ["LastUsedSince", "LAST USED"],
  ["UsageCount", "USAGE"],
  ["Shared", "SHARED"],
] as const;

/** One row an image, under its first name. */
function imageRows(state: EngineState, image: Image, now: number): Row[] {
  const [name] = tagsOf(state, image);
  const reference = name === undefined ? null : parseReference(name);
  const size = imageSize(state, image);
  const shared = sharedSize(state, image);
  return [
    {
      Repository: reference === null ? "<none>" : familiarName(reference),
      Tag: reference?.tag ?? "<none>",
      ID: shortOf(image.id),
      CreatedSince: ago(createdAt(image), now),
      Size: humanSize(size, 3),
      SharedSize: humanSize(shared),
      UniqueSize: humanSize(size - shared),
      Containers: String(containersOf(state, image).length),
    },
  ];
}
