import type { HostSource } from "./protocol.ts";

/** Of the host of a scenario of one's own, as it is kept. */
export const scenarioHost = (id: string): string => `scenario:${id}`;

/** Whether a host is kept for the page's own ends, and not one that somebody named. */
export const isHidden = (host: string): boolean => /^(lesson|scenario|draft):/.test(host);

/** The id of the scenario that is made in a host; null of any other. */
export function scenarioIn(source: HostSource): string | null {
  const prefix = scenarioHost("");
  return source.kind === "own" && source.name.startsWith(prefix) ? source.name.slice(prefix.length) : null;
}
