import type { Volume } from "../../engine/state.ts";
import { rfc3339 } from "../format/time.ts";
import { nilMap, type Value } from "../template/value.ts";
import { goMap, volumeDirectory } from "./storage.ts";

/** What `docker volume inspect` shows of a volume, fields in dockerd's order. */
export function inspectVolume({ name, labels, createdAt }: Volume): Value {
  return {
    CreatedAt: rfc3339(createdAt),
    Driver: "local",
    Labels: Object.keys(labels).length > 0 ? goMap(labels) : nilMap,
    Mountpoint: volumeDirectory(name),
    Name: name,
    Options: nilMap,
    Scope: "local",
  };
}
