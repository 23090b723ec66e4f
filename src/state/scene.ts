import type { OpenResult } from "../host/protocol.ts";

/** Of a scene that came by link or file. `replaying`: how far it has been run while it is being opened, in lines. */
export interface Scene extends Pick<OpenResult, "problem" | "title" | "start" | "lesson"> {
  readonly replaying: { readonly done: number; readonly of: number } | null;
}

export const noScene: Scene = { problem: null, replaying: null };
