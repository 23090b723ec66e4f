import { useEffect } from "react";
import type { AppStore } from "../../state/store.ts";
import { useAppStore } from "../context.ts";
import { isTaken } from "../keys.ts";
import { stillWanted } from "../motion.ts";

/** What scrolls or moves by the same keys keeps them. */
const MOVERS = "[role=tabpanel], [role=tablist], [role=radiogroup], [role=separator], pre";

/** PageUp and PageDown are what a presenter's clicker sends. */
function actionOf(event: KeyboardEvent, store: AppStore): (() => unknown) | null {
  const byCommand = event.ctrlKey || event.metaKey;
  const { time } = store;
  switch (event.key) {
    case "ArrowLeft":
      return byCommand ? time.previousCommand : store.previous;
    case "ArrowRight":
      return byCommand ? time.nextCommand : store.next;
    case "PageUp":
      return time.previousCommand;
    case "PageDown":
      return time.nextCommand;
    case "Home":
      return time.toFirst;
    case "End":
      return time.toNow;
    case " ":
      return byCommand ? null : () => playOrPause(store);
    case "m":
    case "M":
      return byCommand ? null : () => toggleMotion(store);
    default:
      return null;
  }
}

/** Playing at the end is waiting for what comes: then Play tells the last command again. */
export function playOrPause(store: AppStore): void {
  const { playing, shown, step } = store.getState();
  if (playing && shown.step < step) store.pause();
  else store.play();
}

export function toggleMotion(store: AppStore): Promise<void> {
  return store.setPreferences({ motion: stillWanted(store.getState().preferences) ? "full" : "still" });
}

/** The keys of the timeline, wherever the focus is that has no use for them itself. */
export function useTimelineKeys(): void {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const target = event.target as Element | null;
      if (isTaken(event) || event.shiftKey || target?.closest(MOVERS)) return;
      // Space presses the button that has the focus.
      if (event.key === " " && target?.closest("button, a, summary, [role=button]")) return;
      const act = actionOf(event, store);
      if (!act) return;
      event.preventDefault();
      void act();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [store]);
}
