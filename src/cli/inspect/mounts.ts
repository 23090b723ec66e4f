import type { Container, ContainerMount } from "../../engine/state.ts";
import { listedMounts } from "../containers.ts";
import { nilSlice, type Value } from "../template/value.ts";
import { goMap, volumeDirectory } from "./storage.ts";

/** `Mounts`: what is mounted, whoever asked for it. */
export function mountPoints(container: Container): Value {
  return listedMounts(container).map((mount) =>
    mount.type === "tmpfs"
      ? { Type: "tmpfs", Source: "", Destination: mount.target, Mode: "", RW: !mount.readOnly, Propagation: "" }
      : {
          Type: "volume",
          Name: mount.volume,
          Source: volumeDirectory(mount.volume),
          Destination: mount.target,
          Driver: "local",
          Mode: modeOf(mount),
          RW: !mount.readOnly,
          Propagation: "",
        },
  );
}

/** As written after -v; dockerd puts "z", a label of SELinux, where nothing was written. */
function modeOf({ asked, bind }: Extract<ContainerMount, { type: "volume" }>): string {
  const written = bind.split(":")[2] ?? "z";
  return asked === "--mount" || (asked === "-v" && bind !== "") ? written : "";
}

/** `HostConfig.Binds` */
export function binds({ mounts }: Container): Value {
  const found = mounts.flatMap((mount) => (mount.type === "volume" && mount.bind !== "" ? [mount.bind] : []));
  return found.length > 0 ? found : nilSlice;
}

/** `HostConfig.Tmpfs`, left out when there is none. */
export function tmpfs({ mounts }: Container): { readonly Tmpfs?: Value } {
  const found = mounts.flatMap((mount) =>
    mount.type === "tmpfs" && mount.asked === "--tmpfs" ? [[mount.target, mount.options] as const] : [],
  );
  return found.length > 0 ? { Tmpfs: goMap(Object.fromEntries(found)) } : {};
}

/** `HostConfig.Mounts`, what --mount asked for; left out when there is none. */
export function requestedMounts(
  { mounts }: Container,
  anonymous: (volume: string) => boolean,
): { readonly Mounts?: Value } {
  const found = mounts.filter(({ asked }) => asked === "--mount").map((mount) => requested(mount, anonymous));
  return found.length > 0 ? { Mounts: found } : {};
}

function requested(mount: ContainerMount, anonymous: (volume: string) => boolean): Value {
  const { type, target, readOnly } = mount;
  const source = mount.type === "volume" && !anonymous(mount.volume) ? { Source: mount.volume } : {};
  return {
    Type: type,
    ...source,
    Target: target,
    ...(readOnly ? { ReadOnly: true } : {}),
    ...(mount.type === "volume" ? volumeOptions(mount) : tmpfsOptions(mount)),
  };
}

function volumeOptions({ options }: Extract<ContainerMount, { type: "volume" }>): Readonly<Record<string, Value>> {
  if (options === undefined) return {};
  const labels = Object.keys(options.labels).length > 0 ? { Labels: goMap(options.labels) } : {};
  return { VolumeOptions: { ...(options.copy ? {} : { NoCopy: true }), ...labels, DriverConfig: {} } };
}

function tmpfsOptions({ size, mode }: Extract<ContainerMount, { type: "tmpfs" }>): Readonly<Record<string, Value>> {
  if (size === null && mode === null) return {};
  return { TmpfsOptions: { ...(size === null ? {} : { SizeBytes: size }), ...(mode === null ? {} : { Mode: mode }) } };
}
