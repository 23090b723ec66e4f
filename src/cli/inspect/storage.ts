import type { Value } from "../template/value.ts";

/** Where dockerd keeps a layer; here a directory is named after the chain ID or the container's id. */
export function layerDirectory(id: string): string {
  return `/var/lib/docker/overlay2/${id}`;
}

/** Where dockerd keeps what is in a volume. */
export function volumeDirectory(name: string): string {
  return `/var/lib/docker/volumes/${name}/_data`;
}

/** A Go map: printed with its keys sorted. */
export function goMap(record: Readonly<Record<string, unknown>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(record) as [string, Value][]);
}
