import type { AppStore } from "../../state/store.ts";

/**
 * Leaves what the page shows for one's own host. The page begins anew, so that nothing of the host before
 * is left in it; the browser's Back leads to the link again, if it was one.
 */
export function leave(): void {
  // The address without a link is one's own host: a change of it loads the page (main.tsx).
  if (/[?&](lesson|build)=/.test(location.search)) location.assign(location.pathname);
  else if (location.hash.length > 1) location.hash = "";
  else location.reload();
}

/** Opens the own host of that name, now and from now on. */
export function openOwnHost(store: AppStore, name: string): void {
  store.rememberHost(name);
  leave();
}
