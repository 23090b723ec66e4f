import { EngineError } from "./error.ts";
import type { Random } from "./ports.ts";
import type { Container, EngineState } from "./state.ts";

/** One `-p`, as asked for. */
export interface PortBinding {
  /** "80/tcp" */
  readonly port: string;
  /** "" is every address of the host. */
  readonly hostIp: string;
  /** "8080", a range to choose from ("8080-8090"), or "" for any free one. */
  readonly hostPort: string;
}

/** A port of the host that leads into a container. */
export interface OpenPort {
  /** "80/tcp" */
  readonly port: string;
  readonly hostIp: string;
  readonly hostPort: number;
}

/** What `docker run -p` and `-P` asked for, and what became of it when the container was last started. */
export interface Publishing {
  readonly bindings: readonly PortBinding[];
  /** -P: every exposed port that has no binding gets a free one. */
  readonly all: boolean;
  readonly open: readonly OpenPort[];
}

/** Linux's range for ports that nobody chose. (/proc/sys/net/ipv4/ip_local_port_range) */
const FREE_FROM = 32_768;
const FREE_TO = 60_999;

const protocolOf = (port: string): string => port.split("/")[1] ?? "tcp";
const joined = (ip: string, port: number | string): string => (ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`);

/** Without an address docker opens the port on IPv4 and IPv6 alike. */
const addresses = (ip: string): readonly string[] => (ip === "" ? ["0.0.0.0", "::"] : [ip]);

/** "8080-8090" or "8080" as its two ends; "" is any free one. */
function range(text: string): readonly [number, number] {
  if (text === "") return [FREE_FROM, FREE_TO];
  const [from = "", to = from] = text.split("-");
  return [Number(from), Number(to)];
}

/** Ports by number, then protocol. */
export function byPort(a: { readonly port: string }, b: { readonly port: string }): number {
  return Number.parseInt(a.port, 10) - Number.parseInt(b.port, 10) || (a.port < b.port ? -1 : 1);
}

/** The bindings that a start has to fulfil: those with a port of their own first. (go-connections, `SortPortMap`) */
function wanted({ config, published }: Container): PortBinding[] {
  if (!published) return [];
  const bound = new Set(published.bindings.map(({ port }) => port));
  const exposed = published.all ? Object.keys(config.ExposedPorts ?? {}).filter((port) => !bound.has(port)) : [];
  const all = [...published.bindings, ...exposed.map((port) => ({ port, hostIp: "", hostPort: "" }))];
  return all.toSorted((a, b) => Number(a.hostPort === "") - Number(b.hostPort === "") || byPort(a, b));
}

/** Why `ip` cannot have `port`; null when it can. One address only: the port has an owner; else the kernel refuses the bind. */
function refusal(taken: readonly OpenPort[], protocol: string, ip: string, port: number): string | null {
  const same = taken.filter((open) => open.hostPort === port && protocolOf(open.port) === protocol);
  if (same.some((open) => open.hostIp === ip)) return `Bind for ${joined(ip, port)} failed: port is already allocated`;
  const any = ip.includes(":") ? "::" : "0.0.0.0";
  const overlaps = same.some(
    (open) => open.hostIp === any || (ip === any && open.hostIp.includes(":") === ip.includes(":")),
  );
  return overlaps ? `failed to bind host port ${joined(ip, port)}/${protocol}: address already in use` : null;
}

/** The ports that a container opens as it starts. Throws `port-taken`, with dockerd's reason. */
export function openPorts(state: EngineState, container: Container, random: Random): readonly OpenPort[] {
  const running = [...state.containers.values()].filter(
    ({ id, status }) => status.kind === "running" && id !== container.id,
  );
  const taken = running.flatMap(({ published }) => published?.open ?? []);
  const own: OpenPort[] = [];
  for (const { port, hostIp, hostPort } of wanted(container)) {
    const [from, to] = range(hostPort);
    const protocol = protocolOf(port);
    let reason: string | null = null;
    for (let candidate = from; candidate <= to; candidate += 1) {
      const refusals = addresses(hostIp).map((ip) => refusal([...taken, ...own], protocol, ip, candidate));
      reason = refusals.find((each) => each !== null) ?? null;
      if (reason !== null) continue;
      own.push(...addresses(hostIp).map((ip) => ({ port, hostIp: ip, hostPort: candidate })));
      break;
    }
    if (reason === null) continue;
    if (from !== to)
      reason = `Bind for ${joined(addresses(hostIp)[0] ?? "", hostPort)} failed: all ports are allocated`;
    throw new EngineError("port-taken", { name: container.name, endpoint: random.hex(32), reason });
  }
  return own.toSorted(byPort);
}
