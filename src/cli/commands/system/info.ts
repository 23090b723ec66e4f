import { DOCKER_VERSION } from "../../../engine/dockerd.ts";
import { kernel, machine } from "../../../engine/host-machine.ts";
import type { CommandContext } from "../../command.ts";
import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { parsedTemplate, run } from "../../format/rows.ts";
import { rfc3339Nano } from "../../format/time.ts";
import { general } from "../../format/units.ts";
import { toJson, type Value } from "../../template/value.ts";
import type { Verb } from "../../verb.ts";

/** docker info [OPTIONS] */
export const info: Verb = {
  names: ["system info", "info"],
  usage: "[OPTIONS]",
  summary: "Display system-wide information",
  accepts: { kind: "none" },
  flags: flagTable(INSPECT_FORMAT_FLAG),
  run({ flags }, context) {
    const format = flags.string("format");
    const data = facts(context);
    if (format === "json") context.stdout(`${toJson(data)}\n`);
    else if (format) {
      const missing = (field: string): string => `can't evaluate field ${field} in type system.dockerInfo`;
      context.stdout(`${run(parsedTemplate(format), data, { missing })}\n`);
    } else context.stdout(text(data));
    return 0;
  },
};

type Facts = ReturnType<typeof facts>;

function facts({ tx, ports }: CommandContext) {
  const containers = [...tx.state.containers.values()];
  const running = containers.filter(({ status }) => status.kind === "running").length;
  return {
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: containers.length - running,
    Images: tx.state.images.size,
    Driver: "overlay2",
    DriverStatus: [
      ["Supports d_type", "true"],
      ["Using metacopy", "false"],
      ["Native Overlay Diff", "true"],
      ["userxattr", "false"],
    ],
    SystemTime: rfc3339Nano(ports.clock.now()),
    LoggingDriver: "json-file",
    Plugins: { Volume: ["local"] },
    CgroupDriver: "systemd",
    CgroupVersion: "2",
    KernelVersion: kernel.release,
    OperatingSystem: machine.operatingSystem,
    OSType: "linux",
    Architecture: kernel.machine,
    NCPU: machine.processors,
    MemTotal: machine.memory,
    DockerRootDir: "/var/lib/docker",
    Name: machine.name,
    ServerVersion: DOCKER_VERSION,
    DefaultRuntime: "runc",
  } satisfies Value;
}

/** (docker/go-units, `BytesSize`) */
function binarySize(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let [size, unit] = [bytes, 0];
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return general(size, 4) + units[unit];
}

function text(facts: Facts): string {
  return `Client: Lamina (simulated)
 Version:    ${DOCKER_VERSION}
 Context:    default
 Debug Mode: false

Server:
 Containers: ${facts.Containers}
  Running: ${facts.ContainersRunning}
  Paused: ${facts.ContainersPaused}
  Stopped: ${facts.ContainersStopped}
 Images: ${facts.Images}
 Server Version: ${facts.ServerVersion}
 Storage Driver: ${facts.Driver}
${facts.DriverStatus.map(([name, value]) => `  ${name}: ${value}\n`).join("")} Logging Driver: ${facts.LoggingDriver}
 Cgroup Driver: ${facts.CgroupDriver}
 Cgroup Version: ${facts.CgroupVersion}
 Plugins:
  Volume: ${facts.Plugins.Volume.join(" ")}
 Default Runtime: ${facts.DefaultRuntime}
 Kernel Version: ${facts.KernelVersion}
 Operating System: ${facts.OperatingSystem}
 OSType: ${facts.OSType}
 Architecture: ${facts.Architecture}
 CPUs: ${facts.NCPU}
 Total Memory: ${binarySize(facts.MemTotal)}
 Name: ${facts.Name}
 Docker Root Dir: ${facts.DockerRootDir}
 Debug Mode: false

`;
}
