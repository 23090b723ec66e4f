import type { Container } from "../../engine/state.ts";
import { nilMap, nilSlice, type Value } from "../template/value.ts";
import { goMap } from "./storage.ts";

const GATEWAY = "172.17.0.1";

/** An address on docker's default bridge, while the container runs. */
export function networkSettings(container: Container): Value {
  const { ipAddress } = container;
  const running = container.status.kind === "running";
  const address = {
    EndpointID: "",
    Gateway: running ? GATEWAY : "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    IPAddress: ipAddress,
    IPPrefixLen: running ? 16 : 0,
    IPv6Gateway: "",
  };
  const mac = running ? macAddress(ipAddress) : "";
  return {
    Bridge: "",
    SandboxID: "",
    SandboxKey: "",
    Ports: ports(container),
    HairpinMode: false,
    LinkLocalIPv6Address: "",
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: nilSlice,
    SecondaryIPv6Addresses: nilSlice,
    ...address,
    MacAddress: mac,
    Networks: goMap({ bridge: network(address, mac) }),
  };
}

/** What is open while it runs; a port that is only exposed leads nowhere. */
function ports({ status, config, published }: Container): Value {
  if (status.kind !== "running") return new Map();
  const hosts = (port: string): Value => {
    const open = (published?.open ?? []).filter((each) => each.port === port);
    return open.length > 0
      ? open.map(({ hostIp, hostPort }) => ({ HostIp: hostIp, HostPort: String(hostPort) }))
      : nilSlice;
  };
  return goMap(Object.fromEntries(Object.keys(config.ExposedPorts ?? {}).map((port) => [port, hosts(port)])));
}

function network(address: Readonly<Record<string, Value>>, mac: string): Value {
  const { EndpointID, Gateway, GlobalIPv6Address, GlobalIPv6PrefixLen, IPAddress, IPPrefixLen, IPv6Gateway } = address;
  return {
    IPAMConfig: null,
    Links: nilSlice,
    Aliases: nilSlice,
    MacAddress: mac,
    DriverOpts: nilMap,
    GwPriority: 0,
    NetworkID: "",
    EndpointID,
    Gateway,
    IPAddress,
    IPPrefixLen,
    IPv6Gateway,
    GlobalIPv6Address,
    GlobalIPv6PrefixLen,
    DNSNames: nilSlice,
  };
}

/** The bridge driver derives it from the address. */
function macAddress(ip: string): string {
  const bytes = ip.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return `02:42:${bytes.join(":")}`;
}
