import type { PortBinding } from "../engine/published.ts";
import { CommandError } from "./verb.ts";

/** What `docker run -p` takes, read; a range becomes one binding a port. (docker/go-connections, `ParsePortSpec`) */
export function portBindings(specs: readonly string[]): PortBinding[] {
  return specs.flatMap((spec) => bindingsOf(spec.includes("=") ? standardNotation(spec) : spec));
}

/** "published=8080,target=80" as "8080:80/tcp". (docker/cli, `convertToStandardNotation`) */
function standardNotation(spec: string): string {
  const options = new Map([["protocol", "tcp"]]);
  for (const option of spec.split(",")) {
    const [, key = "", value] = /^([^=]*)(?:=(.*))?$/.exec(option) ?? [];
    if (value === undefined)
      throw new CommandError(`invalid publish opts format (should be name=value but got '${option}')`);
    options.set(key, value);
  }
  return `${options.get("published") ?? ""}:${options.get("target") ?? ""}/${options.get("protocol") ?? ""}`;
}

function bindingsOf(spec: string): PortBinding[] {
  const parts = spec.split(":");
  const [text = "", host = "", ...before] = parts.toReversed();
  const hostIp = plainAddress(before.toReversed().join(":"));
  const [container = "", written = ""] = /^([^/]*)\/?([^]*)$/.exec(text)?.slice(1) ?? [];
  if (container === "") throw new CommandError(`no port specified: ${spec}<empty>`);
  const inside = ends(container);
  if (inside === null) throw new CommandError(`invalid containerPort: ${container}`);
  const outside = host === "" ? null : ends(host);
  if (host !== "" && outside === null) throw new CommandError(`invalid hostPort: ${host}`);
  const count = inside[1] - inside[0];
  const hosts = outside === null ? 0 : outside[1] - outside[0];
  // A range outside for one port inside is a choice.
  if (outside !== null && hosts !== count && count > 0)
    throw new CommandError(`invalid ranges specified for container and host Ports: ${container} and ${host}`);
  const protocol = (written || "tcp").toLowerCase();
  if (!["tcp", "udp", "sctp"].includes(protocol)) throw new CommandError(`invalid proto: ${written}`);
  return Array.from({ length: count + 1 }, (_, offset) => ({
    port: `${inside[0] + offset}/${protocol}`,
    hostIp,
    hostPort: outside === null ? "" : hosts === count ? String(outside[0] + offset) : `${outside[0]}-${outside[1]}`,
  }));
}

/** The two ends of "80-90" or "80"; null when it is no range of ports. */
function ends(text: string): readonly [number, number] | null {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return null;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from <= to && to <= 65_535 ? [from, to] : null;
}

function plainAddress(text: string): string {
  const ip = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (ip !== "" && !isAddress(ip)) throw new CommandError(`invalid IP address: ${ip}`);
  return ip;
}

function isAddress(text: string): boolean {
  if (!text.includes(":"))
    return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split(".").every((part) => Number(part) < 256);
  const groups = text.split("::");
  const words = groups.flatMap((group) => (group === "" ? [] : group.split(":")));
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return false;
  return groups.length === 1 ? words.length === 8 : groups.length === 2 && words.length < 8;
}
