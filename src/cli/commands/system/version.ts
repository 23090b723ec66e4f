import { DOCKER_VERSION } from "../../../engine/dockerd.ts";
import { kernel } from "../../../engine/host-machine.ts";
import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { parsedTemplate, run } from "../../format/rows.ts";
import { toJson, type Value } from "../../template/value.ts";
import type { Verb } from "../../verb.ts";

/** `docker --version`. There is no commit to name: this docker is simulated. */
export const VERSION_LINE = `Docker version ${DOCKER_VERSION}, build lamina\n`;

const API = "1.51";
const PLATFORM = "Lamina (simulated)";

const data: Value = {
  Client: {
    Platform: { Name: PLATFORM },
    Version: DOCKER_VERSION,
    ApiVersion: API,
    DefaultAPIVersion: API,
    Os: "linux",
    Arch: "amd64",
    Context: "default",
  },
  Server: {
    Platform: { Name: PLATFORM },
    Components: [{ Name: "Engine", Version: DOCKER_VERSION }],
    Version: DOCKER_VERSION,
    ApiVersion: API,
    MinAPIVersion: "1.24",
    Os: "linux",
    Arch: "amd64",
    KernelVersion: kernel.release,
    Experimental: false,
  },
};

/** docker version [OPTIONS] */
export const version: Verb = {
  names: ["version"],
  usage: "[OPTIONS]",
  summary: "Show the Docker version information",
  accepts: { kind: "none" },
  flags: flagTable(INSPECT_FORMAT_FLAG),
  run({ flags }, context) {
    const format = flags.string("format");
    if (format === "json") context.stdout(`${toJson(data)}\n`);
    else if (format) {
      const missing = (field: string): string => `can't evaluate field ${field} in type system.versionInfo`;
      context.stdout(`${run(parsedTemplate(format), data, { missing })}\n`);
    } else context.stdout(TEXT);
    return 0;
  },
};

const TEXT = `Client: ${PLATFORM}
 Version:           ${DOCKER_VERSION}
 API version:       ${API}
 OS/Arch:           linux/amd64
 Context:           default

Server: ${PLATFORM}
 Engine:
  Version:          ${DOCKER_VERSION}
  API version:      ${API} (minimum version 1.24)
  OS/Arch:          linux/amd64
  Experimental:     false
`;
