import { useEffect } from "react";
import { isTaken } from "../keys.ts";
import { type Act, type Acts, focusTerminal } from "./acts.ts";
import { presenting } from "./presenting.ts";

/** What clickers send, whatever they think of the program: these are theirs even in a terminal. */
const CLICKER: Readonly<Record<string, Act>> = { PageDown: "next", PageUp: "previous", F5: "full" };
const KEYS: Readonly<Record<string, Act>> = {
  ArrowRight: "next",
  ArrowDown: "next",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  b: "blank",
  ".": "blank",
  f: "full",
  Escape: "escape",
  p: "pen",
  s: "spot",
  z: "zoom",
  c: "clear",
  q: "invite",
  t: "type",
};
/** Where arrow keys already move something. */
const MOVERS = "[data-column], [role=menu], [role=separator], .class-body";

function actOf(event: KeyboardEvent): Act | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target as Element | null;
  const clicker = CLICKER[event.key];
  if (clicker && !target?.closest(".cm-editor, dialog")) return clicker;
  if (event.shiftKey || isTaken(event)) return null;
  const moves = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End";
  if (moves && target?.closest(MOVERS)) return null;
  return KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}

/** The keys of a presentation, before all others; and a click into the terminals gives them the keys. */
export function useClickerKeys(acts: Acts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const act = actOf(event);
      if (!act) return;
      // A terminal would take PageDown for its program.
      event.preventDefault();
      event.stopImmediatePropagation();
      acts(act);
    };
    const onPointerDown = ({ clientX: x, clientY: y }: PointerEvent): void => {
      const box = document.querySelector("#terminals")?.getBoundingClientRect();
      if (!box || presenting.getState().typing || x < box.left || x > box.right || y < box.top || y > box.bottom)
        return;
      presenting.setState({ typing: true });
      focusTerminal();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("pointerdown", onPointerDown, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("pointerdown", onPointerDown, { capture: true });
    };
  }, [acts]);
}
