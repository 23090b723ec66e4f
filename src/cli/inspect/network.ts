import type { Container } from "../../engine/state.ts";
import { nilMap, nilSlice, type Value } from "../template/value.ts";
import { goMap } from "./storage.ts";

const GATEWAY = "172.17.0.1";

/** An address on docker's default bridge, while the container runs. */
export function networkSettings({ status, ipAddress, config }: Container): Value {
  const running = status.kind === "running";
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
  const ports = running ? Object.keys(config.ExposedPorts ?? {}) : [];
  return {
    Bridge: "",
    SandboxID: "",
    SandboxKey: "",
    Ports: goMap(Object.fromEntries(ports.map((port) => [port, nilSlice]))),
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
