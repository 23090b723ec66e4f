import type { AttachRequest } from "../cli/command.ts";
import type { EngineState } from "../engine/state.ts";
import type { SavedSession, ShellSession } from "../shell/session.ts";
import type { SessionInfo, TerminalId } from "./protocol.ts";

/** A terminal in a container: `session-1` is the first the host ever opened. */
export interface Session {
  readonly terminal: TerminalId;
  /** The container's own process: its end is the container's. */
  readonly main: boolean;
  readonly shell: ShellSession;
}

/** A session as it is kept over a reload. */
export interface KeptSession extends SavedSession {
  readonly terminal: TerminalId;
  readonly main: boolean;
}

/** The terminals that are open in containers. Numbers are never used twice: the log names them. */
export class Sessions {
  readonly #open = new Map<TerminalId, Session>();
  #last: number;

  /** `last`: the highest number given out before. */
  constructor(last: number) {
    this.#last = last;
  }

  get last(): number {
    return this.#last;
  }

  /** Another tab gave out numbers up to `last`. */
  takeNumber(last: number): void {
    this.#last = Math.max(this.#last, last);
  }

  add(request: AttachRequest, shell: ShellSession): Session {
    this.#last += 1;
    return this.restore({ terminal: `session-${this.#last}`, main: request.main, shell });
  }

  restore(session: Session): Session {
    this.#open.set(session.terminal, session);
    return session;
  }

  get(terminal: TerminalId): Session | undefined {
    return this.#open.get(terminal);
  }

  get terminals(): TerminalId[] {
    return [...this.#open.keys()];
  }

  close(terminal: TerminalId): void {
    this.#open.get(terminal)?.shell.dispose();
    this.#open.delete(terminal);
  }

  /** Closes what stands in containers that no longer run: `docker stop` ends their terminals. */
  closeStopped(state: EngineState): void {
    for (const { terminal, shell } of this.#open.values()) {
      if (state.containers.get(shell.container)?.status.kind !== "running") this.close(terminal);
    }
  }

  /** The youngest open terminal: where one is back when another has closed. */
  get youngest(): TerminalId {
    return [...this.#open.keys()].at(-1) ?? "host";
  }

  /** `terminal` while it is open, else where one is back. */
  turn(terminal: TerminalId): TerminalId {
    return terminal === "host" || this.#open.has(terminal) ? terminal : this.youngest;
  }

  kept(): KeptSession[] {
    return [...this.#open.values()].map(({ terminal, main, shell }) => ({ terminal, main, ...shell.save() }));
  }

  info(state: EngineState): SessionInfo[] {
    return [...this.#open.values()].flatMap(({ terminal, shell }) => {
      const container = state.containers.get(shell.container);
      if (!container) return [];
      return [
        {
          terminal,
          container: container.id,
          containerName: container.name,
          image: container.imageName,
          open: true,
          prompt: shell.prompt(),
        },
      ];
    });
  }
}
