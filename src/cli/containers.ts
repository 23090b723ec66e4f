import type { Container, ContainerMount, EngineState } from "../engine/state.ts";
import { byPort, type OpenPort } from "../engine/published.ts";
import { quote } from "./format/quote.ts";
import { ellipsis } from "./format/table.ts";
import { humanSize } from "./format/units.ts";

/** The command line as the daemon tells it: arguments with blanks in quotes. */
function commandText({ argv }: Container): string {
  const [path = "", ...rest] = argv;
  return [path, ...rest.map((word) => (word.includes(" ") ? `'${word}'` : word))].join(" ");
}

/** The same, quoted, and cut unless `whole`. */
export function commandColumn(container: Container, whole: boolean): string {
  const text = commandText(container);
  return quote(whole ? text : ellipsis(text, 20));
}

/** "0.0.0.0:8080", "[::]:8080". */
export function hostAddress({ hostIp, hostPort }: OpenPort, port: number | string = hostPort): string {
  return `${hostIp.includes(":") ? `[${hostIp}]` : hostIp}:${port}`;
}

/**
 * Ports of a running container: runs of ports that are the same outside and inside, or only exposed
 * ("80/tcp", "443-444/tcp"), joined; then the others ("0.0.0.0:8080->80/tcp"). (docker/cli, `DisplayablePorts`)
 */
export function portsText({ status, config, published }: Container): string {
  if (status.kind !== "running") return "";
  const open = published?.open ?? [];
  const closed = Object.keys(config.ExposedPorts ?? {}).filter((port) => !open.some((each) => each.port === port));
  const done: string[] = [];
  const moved: string[] = [];
  const runs = new Map<string, { host: OpenPort | null; protocol: string; from: number; to: number }>();
  const all = [...closed.map((port) => ({ port, host: null })), ...open.map((host) => ({ port: host.port, host }))];
  const address = (host: OpenPort | null): string => host?.hostIp ?? "";
  for (const { port, host } of all.toSorted((a, b) => byPort(a, b) || (address(a.host) < address(b.host) ? -1 : 1))) {
    const [number = "", protocol = ""] = port.split("/");
    const from = Number(number);
    const key = `${address(host)}/${protocol}`;
    const run = runs.get(key);
    if (host && host.hostPort !== from) moved.push(`${hostAddress(host)}->${port}`);
    else if (run?.to === from - 1) run.to = from;
    else {
      if (run) done.push(runText(run));
      runs.set(key, { host, protocol, from, to: from });
    }
  }
  return [...done, ...[...runs.values()].map(runText), ...moved].join(", ");
}

function runText({
  host,
  protocol,
  from,
  to,
}: {
  host: OpenPort | null;
  protocol: string;
  from: number;
  to: number;
}): string {
  const ports = from === to ? `${from}` : `${from}-${to}`;
  return `${host ? `${hostAddress(host, ports)}->` : ""}${ports}/${protocol}`;
}

/** Mount points that dockerd keeps: all but those of --tmpfs, which are left to the runtime. */
export function listedMounts({ mounts }: Container): readonly ContainerMount[] {
  return mounts.filter(({ asked }) => asked !== "--tmpfs");
}

/** Its name; "" for a tmpfs. */
export function mountedVolume(mount: ContainerMount): string {
  return mount.type === "volume" ? mount.volume : "";
}

/** Bytes of the image below and the writable layer. */
export function virtualSize(state: EngineState, container: Container): number {
  return container.upper.size + container.layers.reduce((sum, chain) => sum + (state.layers.get(chain)?.size ?? 0), 0);
}

/** "5.06MB (virtual 10.1MB)". */
export function sizeText(state: EngineState, container: Container): string {
  return `${humanSize(container.upper.size, 3)} (virtual ${humanSize(virtualSize(state, container), 3)})`;
}

/** Newest first, as the daemon lists them. */
export function newestContainers(state: EngineState): Container[] {
  return [...state.containers.values()].toReversed();
}
