import type { Container, EngineState } from "../../engine/state.ts";
import type { PortBinding } from "../../engine/published.ts";
import { nilSlice, type Value } from "../template/value.ts";
import { binds, requestedMounts, tmpfs } from "./mounts.ts";
import { goMap } from "./storage.ts";

/** dockerd's defaults for everything that cannot be chosen here. */
export function hostConfig(state: EngineState, container: Container): Value {
  const { autoRemove, published, volumesFrom, readOnly } = container;
  return {
    Binds: binds(container),
    ContainerIDFile: "",
    LogConfig: {
      Type: "json-file",
      Config: new Map(),
    },
    NetworkMode: "bridge",
    PortBindings: portMap(published?.bindings ?? []),
    RestartPolicy: {
      Name: "no",
      MaximumRetryCount: 0,
    },
    AutoRemove: autoRemove,
    VolumeDriver: "",
    VolumesFrom: volumesFrom ?? nilSlice,
    ConsoleSize: [0, 0],
    CapAdd: nilSlice,
    CapDrop: nilSlice,
    CgroupnsMode: "host",
    Dns: [],
    DnsOptions: [],
    DnsSearch: [],
    ExtraHosts: nilSlice,
    GroupAdd: nilSlice,
    IpcMode: "private",
    Cgroup: "",
    Links: null,
    OomScoreAdj: 0,
    PidMode: "",
    Privileged: false,
    PublishAllPorts: published?.all ?? false,
    ReadonlyRootfs: readOnly,
    SecurityOpt: nilSlice,
    ...tmpfs(container),
    UTSMode: "",
    UsernsMode: "",
    ShmSize: 67108864,
    Runtime: "runc",
    Isolation: "",
    CpuShares: 0,
    Memory: 0,
    NanoCpus: 0,
    CgroupParent: "",
    BlkioWeight: 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: [],
    BlkioDeviceWriteBps: [],
    BlkioDeviceReadIOps: [],
    BlkioDeviceWriteIOps: [],
    CpuPeriod: 0,
    CpuQuota: 0,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: "",
    CpusetMems: "",
    Devices: [],
    DeviceCgroupRules: nilSlice,
    DeviceRequests: nilSlice,
    MemoryReservation: 0,
    MemorySwap: 0,
    MemorySwappiness: null,
    OomKillDisable: false,
    PidsLimit: null,
    Ulimits: [],
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...requestedMounts(container, (volume) => state.volumes.get(volume)?.anonymous === true),
    MaskedPaths: [
      "/proc/asound",
      "/proc/acpi",
      "/proc/interrupts",
      "/proc/kcore",
      "/proc/keys",
      "/proc/latency_stats",
      "/proc/timer_list",
      "/proc/timer_stats",
      "/proc/sched_debug",
      "/proc/scsi",
      "/sys/firmware",
      "/sys/devices/virtual/powercap",
    ],
    ReadonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
  };
}

function portMap(bindings: readonly PortBinding[]): Value {
  const hosts = (port: string): Value =>
    bindings
      .filter((each) => each.port === port)
      .map(({ hostIp, hostPort }) => ({ HostIp: hostIp, HostPort: hostPort }));
  return goMap(Object.fromEntries(bindings.map(({ port }) => [port, hosts(port)])));
}
