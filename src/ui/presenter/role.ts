import { createStore } from "zustand/vanilla";

/**
 * What this window is for a class. "projector": the one window, with the picture, the sentence and the last command.
 * "presenter": the whole page with the presenter's panel; "audience": the window that follows it.
 */
export type Role = "projector" | "presenter" | "audience";

/** What the pointer does on the picture. */
export type Tool = "pen" | "spot" | "zoom";

/** Time since the start, in ms since the epoch: it ran for `before`, and runs `since` then when it is not paused. */
export interface Timer {
  readonly before: number;
  readonly since: number | null;
}

export interface Presenting {
  readonly role: Role | null;
  /** The class: what the windows find each other by. */
  readonly id: string;
  readonly tool: Tool | null;
  /** The terminal may have the keys; else they are the clicker's. */
  readonly typing: boolean;
  /** Windows that follow. */
  readonly audience: number;
  readonly timer: Timer;
}

export const nothing: Presenting = {
  role: null,
  id: "",
  tool: null,
  typing: false,
  audience: 0,
  timer: { before: 0, since: null },
};

export const presenting = createStore<Presenting>(() => nothing);

/** In this tab alone: a reload goes on presenting. */
export const KEY = "lamina.presenting";

/** Whether this window presented before it was reloaded, or its address asks for it. */
export function mayPresent(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null || location.search.includes("present");
  } catch {
    return location.search.includes("present");
  }
}
