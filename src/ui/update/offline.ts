import { createStore } from "zustand/vanilla";
import { CATALOGUE_CACHE, keepCatalogue } from "./keep-catalogue.ts";

/** How far the page is from working without a network, and whether a newer one waits. */
export interface Offline {
  /** The service worker of a newer version; it takes over when the last page of the old one has gone. */
  readonly waiting: ServiceWorker | null;
  /** The page and its whole catalogue are kept in this browser. */
  readonly ready: boolean;
}

export const offline = createStore<Offline>(() => ({ waiting: null, ready: false }));

/** Every open page holds a share of this lock, so that each can tell whether it is the only one. */
const PAGE_LOCK = "lamina.page";
const KEEP_LOCK = "lamina.catalogue";

/** ms after the page was open; what a visitor asks for first is not to wait for it. */
const KEEP_AFTER = 3000;

/** A service worker leaves when it has nothing to answer any more: then fetching the catalogue makes way. */
const leaving = new AbortController();

interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** Each byte is paid for, or the visitor asked to be spared: then only what was pulled is kept. */
function metered({ connection }: { readonly connection?: Connection }): boolean {
  return connection?.saveData === true || connection?.type === "cellular";
}

/**
 * Makes the page work with the network gone: registers the service worker, which keeps the page itself, and then
 * fetches the catalogue bit by bit. Throws where the browser refuses, as it does without HTTPS or from a file.
 *
 * @param base the page's folder, with a slash at its end
 */
export async function workOffline(base: string): Promise<void> {
  const registration = await navigator.serviceWorker.register(new URL("sw.js", base));
  void navigator.locks.request(PAGE_LOCK, { mode: "shared" }, () => new Promise(() => undefined));
  watchUpdates(registration);
  await navigator.serviceWorker.ready;
  await new Promise((passed) => setTimeout(passed, KEEP_AFTER));
  if (metered(navigator as { connection?: Connection })) return;
  // One page of several does it.
  await navigator.locks.request(KEEP_LOCK, async () => {
    const fetched = (url: RequestInfo | URL, how?: RequestInit) => fetch(url, { ...how, signal: leaving.signal });
    const ready = await keepCatalogue(base, await caches.open(CATALOGUE_CACHE), fetched);
    offline.setState({ ready });
  });
}

function watchUpdates(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // The very first one replaces nothing.
    if (registration.active) offline.setState({ waiting: registration.waiting });
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  // A page may stay open for weeks, and is seldom looked at.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => undefined);
  });
}

/**
 * Opens the newer version in this page. Refused, with `false`, while other pages of the old one are open: they
 * would lose what they have yet to load.
 */
export async function openUpdate(waiting: ServiceWorker): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  if (held.filter(({ name }) => name === PAGE_LOCK).length > 1) return false;
  leaving.abort();
  waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
  waiting.postMessage({ type: "SKIP_WAITING" });
  return true;
}
