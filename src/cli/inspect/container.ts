import { hexOf } from "../../core/oci/digest.ts";
import type { Container, ContainerStatus, EngineState } from "../../engine/state.ts";
import { virtualSize } from "../containers.ts";
import { rfc3339Nano, ZERO_TIME } from "../format/time.ts";
import { nilMap, nilSlice, type Value } from "../template/value.ts";
import { hostConfig } from "./host-config.ts";
import { mountPoints } from "./mounts.ts";
import { networkSettings } from "./network.ts";
import { goMap, layerDirectory } from "./storage.ts";

/** What `docker inspect` shows of a container, fields in dockerd's order. `size`: with SizeRw and SizeRootFs (-s). */
export function inspectContainer(state: EngineState, container: Container, size: boolean): Value {
  const { id, argv, status } = container;
  const started = status.kind !== "created";
  const directory = `/var/lib/docker/containers/${id}`;
  const file = (name: string): string => (started ? `${directory}/${name}` : "");
  return {
    Id: id,
    Created: rfc3339Nano(container.createdAt),
    Path: argv[0] ?? "",
    Args: argv.slice(1),
    State: stateOf(status),
    Image: container.image,
    ResolvConfPath: file("resolv.conf"),
    HostnamePath: file("hostname"),
    HostsPath: file("hosts"),
    LogPath: file(`${id}-json.log`),
    Name: `/${container.name}`,
    RestartCount: 0,
    Driver: "overlay2",
    Platform: "linux",
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: "",
    ExecIDs: nilSlice,
    HostConfig: hostConfig(state, container),
    GraphDriver: { Data: drivers(container), Name: "overlay2" },
    ...(size ? { SizeRw: container.upper.size, SizeRootFs: virtualSize(state, container) } : {}),
    Mounts: mountPoints(container),
    Config: configOf(container),
    NetworkSettings: networkSettings(container),
  };
}

function stateOf(status: ContainerStatus): Value {
  const running = status.kind === "running";
  return {
    Status: status.kind,
    Running: running,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    Pid: running ? status.pid : 0,
    ExitCode: status.kind === "exited" ? status.code : 0,
    Error: "",
    StartedAt: status.kind === "created" ? ZERO_TIME : rfc3339Nano(status.startedAt),
    FinishedAt: status.kind === "exited" ? rfc3339Nano(status.finishedAt) : ZERO_TIME,
  };
}

function drivers({ id, layers }: Container): Value {
  const own = layerDirectory(id);
  const below = layers.toReversed().map((chain) => `${layerDirectory(hexOf(chain))}/diff`);
  return new Map([
    ["ID", id],
    ["LowerDir", [`${own}-init/diff`, ...below].join(":")],
    ["MergedDir", `${own}/merged`],
    ["UpperDir", `${own}/diff`],
    ["WorkDir", `${own}/work`],
  ]);
}

function configOf({ config, tty, interactive }: Container): Value {
  return {
    Hostname: config.Hostname ?? "",
    Domainname: config.Domainname ?? "",
    User: config.User ?? "",
    AttachStdin: config["AttachStdin"] === true,
    AttachStdout: config["AttachStdout"] === true,
    AttachStderr: config["AttachStderr"] === true,
    ...(config.ExposedPorts ? { ExposedPorts: goMap(config.ExposedPorts) } : {}),
    Tty: tty,
    OpenStdin: interactive,
    StdinOnce: config["StdinOnce"] === true,
    Env: config.Env ?? nilSlice,
    Cmd: config.Cmd ?? nilSlice,
    ...(config.Healthcheck === undefined ? {} : { Healthcheck: config.Healthcheck as Value }),
    ...(config["ArgsEscaped"] === true ? { ArgsEscaped: true } : {}),
    Image: String(config["Image"] ?? ""),
    Volumes: config.Volumes ? goMap(config.Volumes) : nilMap,
    WorkingDir: config.WorkingDir ?? "",
    Entrypoint: config.Entrypoint ?? nilSlice,
    OnBuild: config.OnBuild ?? nilSlice,
    Labels: goMap(config.Labels ?? {}),
    ...(config.StopSignal ? { StopSignal: config.StopSignal } : {}),
  };
}
