import type { EngineEvent } from "./event.ts";
import type { EngineState } from "./state.ts";

/** One step of the story: what happened, and the host right after it. */
export interface Frame {
  readonly event: EngineEvent;
  readonly state: EngineState;
}

/**
 * One command's way from the state before to the state after. Operations move it on with
 * {@link update}; storage writes the outcome once, when the command has ended, so a tab killed in
 * the middle leaves the host as it was.
 */
export class Transaction {
  readonly before: EngineState;
  readonly story: Frame[] = [];
  /** How often {@link update} was called: where a command was when it was interrupted. */
  updates = 0;
  #state: EngineState;
  readonly #watch: ((tx: Transaction) => void) | undefined;

  /** `watch` is told after each update. */
  constructor(before: EngineState, watch?: (tx: Transaction) => void) {
    this.before = before;
    this.#state = before;
    this.#watch = watch;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Moves to `next`; with `event`, the step is told. */
  update(next: EngineState, event?: EngineEvent): void {
    this.#state = next;
    if (event) this.story.push({ event, state: next });
    this.updates += 1;
    this.#watch?.(this);
  }

  /** Tells a step that changes nothing. */
  tell(event: EngineEvent): void {
    this.story.push({ event, state: this.#state });
  }
}
