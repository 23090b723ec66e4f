import { useEffect } from "react";
import { PAGE_VIEWS } from "../../state/store.ts";
import { useAppStore } from "../context.ts";
import { isTaken } from "../keys.ts";

/** 1, 2 and 3 change the view, unless something else takes the keys. */
export function ViewKeys(): null {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const view = PAGE_VIEWS[Number(event.key) - 1];
      if (!view || isTaken(event) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      store.setPageView(view);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [store]);
  return null;
}
