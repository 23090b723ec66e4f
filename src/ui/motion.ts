import type { Preferences } from "../state/preferences.ts";

/** Still frames instead of a moving picture: the visitor's choice, else the system's. */
export function stillWanted(preferences: Preferences): boolean {
  if (preferences.motion !== "system") return preferences.motion === "still";
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
