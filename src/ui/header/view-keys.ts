import { useEffect } from "react";
import { PAGE_VIEWS } from "../../state/store.ts";
import { useAppStore } from "../context.ts";

/** What takes keys for itself, or stands in front of the page. */
const TAKERS =
  "input, textarea, select, [contenteditable=true], .xterm, .cm-editor, dialog, [role=dialog], [role=menu]";

/** 1, 2 and 3 change the view, unless something else takes the keys. */
export function useViewKeys(): void {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const view = PAGE_VIEWS[Number(event.key) - 1];
      if (!view || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as Element | null;
      // The timeline's slider has no use for digits.
      if (target?.closest(TAKERS) && !target.matches("input[type=range]")) return;
      event.preventDefault();
      store.setPageView(view);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [store]);
}
