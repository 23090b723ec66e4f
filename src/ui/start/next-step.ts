import type { Dictionary } from "../../content/locales/index.ts";
import type { HostContainer, HostImage, HostState } from "../../engine/host-state.ts";
import type { SessionInfo, TerminalId } from "../../host/protocol.ts";

export type NextStepName = keyof Dictionary["start"]["steps"];

/** What a learner may well do now: a command, and the terminal it belongs to. */
export interface NextStep {
  readonly name: NextStepName;
  readonly line: string;
  readonly terminal: TerminalId;
}

/** All that the choice is made from; what was typed is known of this visit only. */
export interface Situation {
  readonly host: HostState;
  readonly sessions: readonly SessionInfo[];
  /** Lines run in this visit, oldest first. */
  readonly typed: readonly string[];
}

const BASE = "ubuntu:22.04";
const MADE = "my/ubuntu-vim:1.0";
/** Written in vim, deleted from the image. */
const NOTE = "/root/hello.txt";
const LEGAL = "ls /etc/legal";

const onHost = (name: NextStepName, line: string): NextStep => ({ name, line, terminal: "host" });

/** One step on from wherever the host stands, with the image that is worked with; null when all is told. */
export function nextStep(situation: Situation): NextStep | null {
  const { host } = situation;
  const base = host.images.find((image) => image.refs.includes(BASE));
  const current = currentImage(situation);
  if (!current) return onHost("pull", `docker pull ${BASE}`);
  const volume = volumeStory(situation);
  if (volume) return volume;
  const ofBase = base && (current.id === base.id || current.parent === base.id);
  return ofBase ? vimStory(situation, base) : anyStory(situation, current);
}

/** The image of the shell that is open, else of the newest container, else the newest image. */
function currentImage({ host, sessions }: Situation): HostImage | undefined {
  const session = sessions.findLast((one) => one.open);
  const container = host.containers.find((one) => one.id === session?.container) ?? host.containers.at(-1);
  return host.images.find((image) => image.id === container?.image) ?? host.images.at(-1);
}

/**
 * The newest container has a volume with a name: write into it, see the same files in a second container,
 * and that a commit leaves them behind. Null when that is told, or when there is none.
 */
function volumeStory({ host, sessions, typed }: Situation): NextStep | null {
  const session = sessions.findLast((one) => one.open);
  const container = host.containers.find((one) => one.id === session?.container) ?? host.containers.at(-1);
  const mount = container?.mounts.find((one) => host.volumes.some((own) => own.name === one.volume && !own.anonymous));
  if (!container || !mount?.volume) return null;
  const files = host.volumes.find((one) => one.name === mount.volume)?.files ?? 0;
  if (session) {
    const write = `echo hello > ${mount.target}/hello.txt`;
    const step = (name: NextStepName, line: string): NextStep => ({ name, line, terminal: session.terminal });
    return typed.includes(write) || mount.readOnly || files > 0 ? step("exit", "exit") : step("keep", write);
  }
  if (files === 0) return null;
  const made = host.images.find((image) => image.parent === container.image);
  const steps: readonly (readonly [NextStepName, string])[] = [
    ["same", `docker run --rm -v ${mount.volume}:${mount.target} ${container.imageName} ls ${mount.target}`],
    ["behind", `docker commit ${container.name} my/${container.name}:1.0`],
    ["missing", `docker run --rm ${made?.refs[0] ?? `my/${container.name}:1.0`} ls ${mount.target}`],
  ];
  const next = steps.find(([name, line]) => !typed.includes(line) && !(name === "behind" && made));
  return next ? onHost(...next) : null;
}

/** Any image: start it, change something in it, see what changed, keep that as an image. */
function anyStory({ host, sessions, typed }: Situation, image: HostImage): NextStep | null {
  const reference = image.refs[0];
  if (!reference) return null;
  if (image.parent !== null) {
    const seen = typed.includes(`docker history ${reference}`);
    return seen ? null : onHost("history", `docker history ${reference}`);
  }
  const session = sessions.findLast((one) => one.open);
  const containers = host.containers.filter((one) => one.image === image.id);
  if (session) {
    const changes = containers.find((one) => one.id === session.container)?.upper.changes ?? [];
    const step = (name: NextStepName, line: string): NextStep => ({ name, line, terminal: session.terminal });
    if (!changes.some(([, path]) => path === "/hello.txt")) return step("create", "echo hello > /hello.txt");
    if (!changes.some(([, path]) => path === "/etc/group")) return step("write", "echo '# mine' >> /etc/group");
    return step("exit", "exit");
  }
  const container = containers.at(-1);
  if (!container) return onHost("run", runLine(host, reference));
  if (host.images.some((one) => one.parent === image.id)) return null;
  const changed = container.upper.changes?.some(([, path]) => path === "/hello.txt") ?? false;
  if (!changed) return container.running ? onHost("enter", `docker exec -it ${container.name} sh`) : null;
  const diff = `docker diff ${container.name}`;
  if (!typed.includes(diff)) return onHost("diff", diff);
  return onHost("commit", `docker commit -m "say hello" -a "me" ${container.name} my/${container.name}:1.0`);
}

/** How an image is started: what serves runs by itself, what is a system gets a shell. */
function runLine(host: HostState, reference: string): string {
  const repository = reference.slice(0, reference.lastIndexOf(":"));
  if (repository === "hello-world") return `docker run ${reference}`;
  const name = repository.split("/").at(-1) ?? "";
  if (name === "nginx" || name === "redis") return `docker run -d ${free(host, name)}${reference}`;
  return `docker run -it ${free(host, "box")}${reference} ${/alpine|busybox/.test(reference) ? "sh" : "bash"}`;
}

/** The story of the image that gets vim. */
function vimStory({ host, sessions, typed }: Situation, base: HostImage): NextStep | null {
  const made = host.images.find((image) => image.parent === base.id);
  const session = sessions.findLast((one) => one.open);
  if (session) {
    const container = host.containers.find((one) => one.id === session.container);
    if (!container) return null;
    const old = container.image === base.id;
    if (made && old) {
      return compared("vim", "vim", typed, session.terminal);
    }
    return inContainer(container, session.terminal, typed, old);
  }
  if (made) {
    const name = made.refs[0] ?? MADE;
    if (!typed.some((line) => line.startsWith("docker history"))) return onHost("history", `docker history ${name}`);
    const again = `docker run -it --rm ${name} bash`;
    if (!typed.includes(again)) return onHost("again", again);
    const old = `docker run -it --rm ${BASE} bash`;
    return typed.includes(old) ? null : onHost("old", old);
  }
  const changed = host.containers.findLast((one) => one.image === base.id && (one.upper.changes?.length ?? 0) > 0);
  if (!changed) return onHost("run", `docker run -it ${free(host, "web")}${BASE} bash`);
  if (!typed.some((line) => line.startsWith("docker diff"))) return onHost("diff", `docker diff ${changed.name}`);
  return onHost("commit", `docker commit -m "add vim" -a "me" ${changed.name} ${MADE}`);
}

/** In the new image and in the old one: is vim there, is /etc/legal, and out again. */
function compared(name: NextStepName, ask: string, typed: readonly string[], terminal: TerminalId): NextStep {
  const last = typed.at(-1);
  if (last === LEGAL) return { name: "exit", line: "exit", terminal };
  return last === ask ? { name: "legal", line: LEGAL, terminal } : { name, line: ask, terminal };
}

const free = (host: HostState, name: string): string =>
  host.containers.some((one) => one.name === name) ? "" : `--name ${name} `;

function inContainer(
  container: HostContainer,
  terminal: TerminalId,
  typed: readonly string[],
  ofBase: boolean,
): NextStep | null {
  const step = (name: NextStepName, line: string): NextStep => ({ name, line, terminal });
  const changes = container.upper.changes ?? [];
  const has = (mark: string, path: string): boolean => changes.some(([m, p]) => m === mark && p === path);
  const below = (path: string): boolean => changes.some(([, p]) => p.startsWith(path));
  if (!ofBase) return compared("again", "vim --version", typed, terminal);
  if (!below("/usr/bin/vim")) {
    if (!below("/var/lib/apt/lists/")) {
      return typed.includes("vim") ? step("update", "apt-get update") : step("vim", "vim");
    }
    return step("install", "apt-get install -y vim");
  }
  // Who left the editor without saving is not sent back into it.
  if (!has("A", NOTE) && !typed.includes(`vim ${NOTE}`)) return step("edit", `vim ${NOTE}`);
  if (!has("C", "/etc/bash.bashrc")) return step("write", "echo 'alias ll=\"ls -l\"' >> /etc/bash.bashrc");
  if (!has("D", "/etc/legal")) return step("remove", "rm /etc/legal");
  return step("exit", "exit");
}
