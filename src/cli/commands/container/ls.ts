import { EngineError } from "../../../engine/error.ts";
import { findContainer, findImage, shownImageName } from "../../../engine/lookup.ts";
import type { Container, EngineState } from "../../../engine/state.ts";
import { statusText } from "../../../engine/status.ts";
import type { CommandContext } from "../../command.ts";
import { commandColumn, listedMounts, mountedVolume, newestContainers, portsText, sizeText } from "../../containers.ts";
import { anyOf, type Filters, labelsMatch, nameMatches, readFilters } from "../../filters.ts";
import type { Flags } from "../../flags/parse.ts";
import { FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { formatRows, parsedTemplate, type Row } from "../../format/rows.ts";
import { ellipsis } from "../../format/table.ts";
import { goTime } from "../../format/time.ts";
import { ago } from "../../format/units.ts";
import { CommandError, type Verb } from "../../verb.ts";

const flags = flagTable(`
  -a, --all             Show all containers (default shows just running)
  -f, --filter filter   Filter output based on conditions provided
${FORMAT_FLAG}
  -n, --last int        Show n last created containers (includes all states) (default -1)
  -l, --latest          Show the latest created container (includes all states)
      --no-trunc        Don't truncate output
  -q, --quiet           Only display container IDs
  -s, --size            Display total file sizes
`);

/** docker ps [OPTIONS] */
export const containerLs: Verb = {
  names: ["container ls", "container list", "container ps", "ps"],
  usage: "[OPTIONS]",
  summary: "List containers",
  accepts: { kind: "none" },
  flags,
  run({ flags }, context) {
    if (flags.string("format") && flags.bool("quiet")) {
      context.stderr("WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
    }
    const format = layoutOf(flags);
    parsedTemplate(format.replace(/^table\s*/, ""), "failed to parse template");
    const whole = flags.bool("no-trunc");
    const rows = selected(flags, context).map((container) => row(container, context, whole));
    context.stdout(formatRows(rows, { format, headers: HEADERS, type: "*formatter.ContainerContext" }));
    return 0;
  },
};

const HEADERS = {
  ID: "CONTAINER ID",
  Names: "NAMES",
  Image: "IMAGE",
  Command: "COMMAND",
  CreatedAt: "CREATED AT",
  RunningFor: "CREATED",
  Ports: "PORTS",
  State: "STATE",
  Status: "STATUS",
  Size: "SIZE",
  Labels: "LABELS",
  Mounts: "MOUNTS",
  LocalVolumes: "LOCAL VOLUMES",
  Networks: "NETWORKS",
};

const TABLE = "table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}";

function layoutOf(flags: Flags): string {
  const size = flags.bool("size") ? "\\t{{.Size}}" : "";
  const wanted = flags.string("format") || "table";
  if (flags.bool("quiet")) return "{{.ID}}";
  if (wanted === "table") return TABLE + size;
  return wanted.startsWith("table") ? wanted + size : wanted;
}

/** The line of a container, as `docker ps` and `docker system df -v` show it. */
export function row(container: Container, { tx, ports }: CommandContext, whole: boolean): Row {
  const now = ports.clock.now();
  const labels = Object.entries(container.config.Labels ?? {});
  const name = shownImageName(tx.state, container);
  const mounts = listedMounts(container).map(mountedVolume);
  return {
    ID: whole ? container.id : container.id.slice(0, 12),
    Names: container.name,
    Image: whole && name === container.image.slice(7, 19) ? container.image : name,
    Command: commandColumn(container, whole),
    CreatedAt: goTime(container.createdAt),
    RunningFor: ago(container.createdAt, now),
    Ports: portsText(container),
    State: container.status.kind,
    Status: statusText(container.status, now),
    Size: sizeText(tx.state, container),
    Labels: labels.map(([key, value]) => `${key}=${value}`).join(","),
    Label: (key) => labels.find(([name]) => name === key)?.[1] ?? "",
    Mounts: mounts.map((mount) => (whole ? mount : ellipsis(mount, 15))).join(","),
    LocalVolumes: String(mounts.filter((mount) => mount !== "").length),
    Networks: "bridge",
  };
}

const FILTERS = [
  "ancestor",
  "before",
  "exited",
  "expose",
  "health",
  "id",
  "is-task",
  "isolation",
  "label",
  "name",
  "network",
  "publish",
  "since",
  "status",
  "volume",
];
const STATES = ["created", "running", "paused", "restarting", "removing", "exited", "dead"];

function selected(flags: Flags, { tx }: CommandContext): Container[] {
  const filters = readFilters(flags.list("filter"), FILTERS);
  for (const status of filters.get("status") ?? []) {
    if (!STATES.includes(status))
      throw new CommandError(`Error response from daemon: invalid filter 'status=[${status}]'`);
  }
  const last = flags.bool("latest") ? 1 : (flags.int("last") ?? -1);
  const all = flags.bool("all") || last > 0 || filters.has("status");
  const found = newestContainers(tx.state).filter(
    (container) => (all || container.status.kind === "running") && passes(container, filters, tx.state),
  );
  return last > 0 ? found.slice(0, last) : found;
}

function passes(container: Container, filters: Filters, state: EngineState): boolean {
  const { status } = container;
  const order = [...state.containers.keys()];
  const place = (name: string): number => order.indexOf(findContainer(state, name).id);
  return (
    anyOf(filters, "id", (id) => container.id.startsWith(id)) &&
    anyOf(filters, "name", (name) => nameMatches(name, container.name) || nameMatches(name, `/${container.name}`)) &&
    anyOf(filters, "status", (wanted) => status.kind === wanted) &&
    anyOf(filters, "exited", (code) => status.kind === "exited" && status.code === Number(code)) &&
    anyOf(filters, "ancestor", (image) => isAncestor(state, image, container)) &&
    anyOf(filters, "before", (name) => place(container.name) < place(name)) &&
    anyOf(filters, "since", (name) => place(container.name) > place(name)) &&
    anyOf(filters, "expose", (port) =>
      Object.keys(container.config.ExposedPorts ?? {}).some((each) => each === port || each.split("/")[0] === port),
    ) &&
    anyOf(filters, "network", (network) => network === "bridge") &&
    anyOf(filters, "health", (health) => health === "none") &&
    anyOf(filters, "publish", (port) => isPublished(container, port)) &&
    anyOf(filters, "volume", (volume) =>
      listedMounts(container).some((mount) => mount.target === volume || mountedVolume(mount) === volume),
    ) &&
    labelsMatch(filters, container.config.Labels ?? {})
  );
}

/** `port`: "8080" or "8080/udp", of the host. */
function isPublished({ status, published }: Container, port: string): boolean {
  const [number, protocol = "tcp"] = port.split("/");
  const open = status.kind === "running" ? (published?.open ?? []) : [];
  return open.some((each) => String(each.hostPort) === number && each.port.endsWith(`/${protocol}`));
}

/** The image itself or one that it was made from. */
function isAncestor(state: EngineState, text: string, container: Container): boolean {
  try {
    const { layers } = findImage(state, text);
    return layers.every((chain, index) => container.layers[index] === chain);
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}
