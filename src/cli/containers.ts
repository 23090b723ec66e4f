import type { Container, EngineState } from "../engine/state.ts";
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

/** Exposed ports of a running container: "80/tcp, 443/tcp"; runs of ports are joined. (docker/cli, `DisplayablePorts`) */
export function portsText(container: Container): string {
  if (container.status.kind !== "running") return "";
  const ports = Object.keys(container.config.ExposedPorts ?? {})
    .map((text) => ({ port: Number(text.split("/")[0]), protocol: text.split("/")[1] ?? "tcp" }))
    .toSorted((a, b) => a.protocol.localeCompare(b.protocol) || a.port - b.port);
  const runs: { from: number; to: number; protocol: string }[] = [];
  for (const { port, protocol } of ports) {
    const last = runs.at(-1);
    if (last?.protocol === protocol && last.to === port - 1) runs[runs.length - 1] = { ...last, to: port };
    else runs.push({ from: port, to: port, protocol });
  }
  return runs.map(({ from, to, protocol }) => `${from === to ? from : `${from}-${to}`}/${protocol}`).join(", ");
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
