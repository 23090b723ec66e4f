import type { Dictionary } from "../../content/locales/index.ts";
import type { HostContainer, HostState } from "../../engine/host-state.ts";
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

/** The story of the image that gets vim, one step from wherever the host stands; null when it is told. */
export function nextStep({ host, sessions, typed }: Situation): NextStep | null {
  const onHost = (name: NextStepName, line: string): NextStep => ({ name, line, terminal: "host" });
  const base = host.images.find((image) => image.refs.includes(BASE));
  if (!base) return onHost("pull", `docker pull ${BASE}`);
  const made = host.images.find((image) => image.parent !== null);
  const session = sessions.findLast((one) => one.open);
  if (session) {
    const container = host.containers.find((one) => one.id === session.container);
    if (!container) return null;
    const old = container.image === base.id;
    if (made && old) {
      const seen = typed.at(-1) === "vim";
      return { name: seen ? "exit" : "vim", line: seen ? "exit" : "vim", terminal: session.terminal };
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
  if (!ofBase) {
    return typed.at(-1) === "vim --version" ? step("exit", "exit") : step("again", "vim --version");
  }
  if (!below("/usr/bin/vim")) {
    if (!below("/var/lib/apt/lists/")) {
      return typed.includes("vim") ? step("update", "apt-get update") : step("vim", "vim");
    }
    return step("install", "apt-get install -y vim");
  }
  if (!has("C", "/etc/bash.bashrc")) return step("write", "echo 'alias ll=\"ls -l\"' >> /etc/bash.bashrc");
  if (!has("D", "/etc/legal")) return step("remove", "rm /etc/legal");
  return step("exit", "exit");
}
