import type { Preferences } from "../state/preferences.ts";

const reduced = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
let systemStill = reduced?.matches ?? false;
// Asked each time, it may cost a layout.
reduced?.addEventListener("change", ({ matches }) => (systemStill = matches));

/** Still frames instead of a moving picture: the visitor's choice, else the system's. */
export function stillWanted(preferences: Preferences): boolean {
  if (preferences.motion !== "system") return preferences.motion === "still";
  return systemStill;
}
