import type { AppStore } from "../../state/store.ts";
import { openAt } from "./open-at.ts";

/**
 * Opens a scene's file, or a picture of one, in place of what the page shows. One's own host stays as it was kept.
 * While something is being opened, it waits for nothing and does nothing: one scene at a time.
 */
export async function openFile(store: AppStore, file: Blob): Promise<void> {
  if (store.getState().phase === "opening") return;
  // A reload leads to one's own host, not to a link that was open before.
  history.replaceState(null, "", location.pathname + location.search);
  await store.open({ kind: "file", file }).catch(() => undefined);
  if (store.getState().phase === "ready") await openAt(store, {});
}
