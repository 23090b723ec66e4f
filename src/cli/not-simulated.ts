import type { Flag } from "./flags/table.ts";

/** A command that docker has and Lamina has not, and what comes nearest here. */
export interface NotSimulated {
  /** Without "docker", all names; a name without a verb ("network") covers everything below it. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly nearest: string;
  /** Not in the help, as docker has it where there is no swarm. */
  readonly hidden?: boolean;
}

const COMMIT = "`docker commit`, which makes an image of what changed in a container";
const WHOLE = "`docker history` and `docker inspect`, which show what is in an image";
const ONE_HOST = "`docker run`, which starts a container on this one host";
const STATE = "`docker ps -s`, which shows the containers and the size of their writable layers";
const LOCAL = "`docker tag`, which gives an image another name on this host";

export const notSimulated: readonly NotSimulated[] = [
  { names: ["image push", "push"], summary: "Upload an image to a registry", nearest: LOCAL },
  { names: ["login"], summary: "Authenticate to a registry", nearest: "`docker pull`, which needs no account here" },
  { names: ["logout"], summary: "Log out from a registry", nearest: "`docker pull`, which needs no account here" },
  {
    names: ["search"],
    summary: "Search Docker Hub for images",
    nearest: "`docker pull NAME`, as in `docker pull ubuntu:22.04`",
  },
  {
    names: ["container attach", "attach"],
    summary: "Attach local standard input, output, and error streams to a running container",
    nearest: "`docker exec -it CONTAINER sh`, or `docker start -ai` for a stopped one",
  },
  {
    names: ["system events", "events"],
    summary: "Get real time events from the server",
    nearest: "the story beside the terminal, which tells every step",
  },
  {
    names: ["container pause", "pause"],
    summary: "Pause all processes within one or more containers",
    nearest: "`docker stop`",
  },
  {
    names: ["container stats", "stats"],
    summary: "Display a live stream of container(s) resource usage statistics",
    nearest: STATE,
  },
  {
    names: ["container unpause", "unpause"],
    summary: "Unpause all processes within one or more containers",
    nearest: "`docker start`",
  },
  {
    names: ["container update", "update"],
    summary: "Update configuration of one or more containers",
    nearest: "a new container by `docker run`",
  },
  { names: ["buildx"], summary: "Docker Buildx", nearest: "`docker build`, which makes an image of a Dockerfile" },
  { names: ["compose"], summary: "Docker Compose", nearest: "`docker run`, once for each service" },
  { names: ["scout"], summary: "Docker Scout", nearest: WHOLE },
  { names: ["checkpoint"], summary: "Manage checkpoints", nearest: COMMIT },
  { names: ["context"], summary: "Manage contexts", nearest: "`docker info`, which describes the one host there is" },
  {
    names: ["manifest"],
    summary: "Manage Docker image manifests and manifest lists",
    nearest: "`docker image inspect`",
  },
  { names: ["network"], summary: "Manage networks", nearest: "`docker inspect`, which shows a container's address" },
  { names: ["plugin"], summary: "Manage plugins", nearest: "`docker info`" },
  { names: ["trust"], summary: "Manage trust on Docker images", nearest: "`docker images --digests`" },
  {
    names: ["volume update"],
    summary: "Update a volume (cluster volumes only)",
    nearest: "`docker volume create`, which makes a volume of this one host",
    hidden: true,
  },
  { names: ["config"], summary: "Manage Swarm configs", nearest: ONE_HOST },
  { names: ["node"], summary: "Manage Swarm nodes", nearest: ONE_HOST },
  { names: ["secret"], summary: "Manage Swarm secrets", nearest: ONE_HOST },
  { names: ["service"], summary: "Manage Swarm services", nearest: ONE_HOST },
  { names: ["stack"], summary: "Manage Swarm stacks", nearest: ONE_HOST },
  { names: ["swarm"], summary: "Manage Swarm", nearest: ONE_HOST },
];

/** What to do instead of a flag that is not simulated; without an entry the command runs well without it. */
const NEAREST_FLAG: Readonly<Record<string, string>> = {
  "env-file": "`-e NAME=value`, once for each variable",
  "all-tags": "`docker pull NAME:TAG`, once for each tag",
  tree: "`docker images`, and the picture of the layers",
  restart: "`docker start`, once the container has exited",
};

export function unsimulatedCommand(path: string, command: NotSimulated): string {
  return `docker: '${path}' is not simulated in Lamina; the nearest is ${command.nearest}.\n`;
}

export function unsimulatedFlag(path: string, flag: Flag): string {
  const nearest = NEAREST_FLAG[flag.name] ?? "the same command without it";
  return `docker: the flag --${flag.name} of '${path}' is not simulated in Lamina; the nearest is ${nearest}.\n`;
}
