import { createStore } from "zustand/vanilla";
import { type Pointing, nothingPointed } from "../../state/pointing.ts";
import { KEY, type Presenting, nothing, presenting } from "./role.ts";

export { type Role, type Timer, type Tool, presenting } from "./role.ts";

export const pointing = createStore<Pointing>(() => nothingPointed);

type Kept = Pick<Presenting, "role" | "id" | "timer">;

presenting.subscribe(({ role, id, timer }) => {
  if (role === "audience") return;
  try {
    if (role === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify({ role, id, timer } satisfies Kept));
  } catch {
    // Storage is forbidden: a reload ends the presentation.
  }
});

function kept(): Kept | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Kept | null;
    return found?.role === "projector" || found?.role === "presenter" ? found : null;
  } catch {
    return null;
  }
}

/** Found by nobody else in this browser. `randomUUID` is not there on a page of plain HTTP. */
export const freshId = (): string => crypto.getRandomValues(new Uint32Array(3)).join("-");

export function start(role: "projector" | "presenter"): void {
  presenting.setState({ ...nothing, role, id: freshId(), timer: { before: 0, since: Date.now() } });
}

export function stop(): void {
  pointing.setState(nothingPointed);
  presenting.setState(nothing);
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  const { pathname, search, hash } = location;
  const query = new URLSearchParams(search);
  if (!query.has("present")) return;
  query.delete("present");
  history.replaceState(null, "", `${pathname}${query.size > 0 ? `?${query}` : ""}${hash}`);
}

/** What this window was before it was reloaded, or what its address asks for: `?present`, `?present=panel`. */
export function resume(): void {
  const before = kept();
  const asked = new URLSearchParams(location.search).get("present");
  if (before) presenting.setState({ ...nothing, ...before });
  else if (asked !== null) start(asked === "panel" ? "presenter" : "projector");
}

/** The address of a window that follows: it asks the presenter's for everything, so it needs neither link nor lesson. */
const audienceAddress = (id: string): string => `${location.pathname}?audience=${id}`;

export function openAudience(id: string): void {
  // Each time another: a class may have two screens.
  window.open(audienceAddress(id), "_blank", "popup,width=1280,height=720");
}

/** Full screen, or back; refused without a key or click before it. */
export function toggleFullScreen(): void {
  const turned = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  turned.catch(() => undefined);
}

/** Where the windows of a class hear each other: those of this browser, with or without a network. */
export const classChannel = (id: string): BroadcastChannel => new BroadcastChannel(`lamina.class.${id}`);
