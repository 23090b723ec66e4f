import { startTransition } from "react";
import { createRoot } from "react-dom/client";
import type { Lesson } from "./content/lessons/lesson.ts";
import { scenarioHost } from "./host/host-names.ts";
import { loadLocale } from "./content/locales/index.ts";
import type { Opening } from "./host/opening.ts";
import type { HostSource } from "./host/protocol.ts";
import { type HostPort, createHostClient } from "./state/host-client.ts";
import { type Lamina, answerMessages, createLamina } from "./state/lamina.ts";
import { readPreferences } from "./state/preferences.ts";
import { type AppStore, createAppStore } from "./state/store.ts";
import { builtIn } from "./ui/builder/address.ts";
import { Page } from "./ui/page.tsx";
import { mayPresent } from "./ui/presenter/role.ts";

declare global {
  interface Window {
    lamina: Lamina;
  }
}

/** A browser may refuse storage altogether; then preferences last as long as the page. */
function preferenceStore(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** What the names of lessons' hosts begin with; the page lists only the others. */
const LESSON_HOST = "lesson:";

const OWN_KEY = "lamina.host";

/** Nothing of one's own is seen, not even what one likes. */
const FRESH = { theme: "system", motion: "system" } as const;

/** The lesson that the address asks for: in the query, so that the fragment stays the link's own. */
async function lessonIn(search: string): Promise<Lesson | null> {
  const id = new URLSearchParams(search).get("lesson");
  if (id === null) return null;
  const { folderOf, loadLesson } = await import("./content/lessons/index.ts");
  const folder = folderOf(id);
  return folder === null ? null : loadLesson(folder);
}

function sourceOf(fragment: string, lesson: Lesson | null): HostSource {
  if (lesson) return { kind: "own", name: `${LESSON_HOST}${lesson.id}`, start: lesson.start };
  const built = builtIn(location.search);
  if (built !== null) return { kind: "own", name: scenarioHost(built) };
  if (fragment.length > 1) return { kind: "link", fragment };
  return { kind: "own", name: preferenceStore()?.getItem(OWN_KEY) ?? "default" };
}

/** How the link says that it opens; most say nothing. */
async function openingIn(fragment: string): Promise<Opening> {
  if (!fragment.includes("&")) return {};
  const { readOpening } = await import("./host/opening.ts");
  return readOpening(fragment);
}

/** Draws the page and opens its host; brings the store when the host is open. */
async function start(root: HTMLElement): Promise<AppStore> {
  const preferences = preferenceStore();
  const audience = new URLSearchParams(location.search).get("audience");
  if (audience !== null) {
    const { showAudience } = await import("./ui/presenter/audience.tsx");
    return showAudience(root, audience, preferences);
  }
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "lamina" });
  const lesson = await lessonIn(location.search);
  const opening = await openingIn(location.hash);
  const visit = { ...(opening.layout && FRESH), ...(opening.lang && { locale: opening.lang }) };
  const { locale } = { ...readPreferences(preferences, navigator.languages), ...visit };
  if (opening.layout) document.documentElement.dataset["layout"] = opening.layout;
  const store = createAppStore(createHostClient(worker as unknown as HostPort), {
    dictionary: await loadLocale(locale),
    preferenceStore: preferences,
    languages: navigator.languages,
    visit,
    base: document.baseURI.replace(/[?#].*$/, ""),
  });
  const opened = store.open(sourceOf(location.hash, lesson));
  // Another address is another host: the page begins anew, so that nothing of this one is left in it.
  window.addEventListener("hashchange", () => location.reload());
  if (mayPresent()) (await import("./ui/presenter/presenting.ts")).resume();
  // In slices: what is pressed meanwhile does not wait for all of it.
  startTransition(() => createRoot(root).render(<Page store={store} lesson={lesson} />));
  const { start: told } = await opened;
  if (told !== undefined || location.hash.includes("&")) {
    const { openAt } = await import("./ui/share/open-at.ts");
    await openAt(store, opening);
  }
  return store;
}

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
window.lamina = createLamina(start(root), location);
answerMessages(window.lamina, window);
// Once it is open, the page makes itself work with the network gone; where service workers are refused, it does not.
if (import.meta.env.PROD) {
  void window.lamina.ready
    .then(() => import("./ui/update/offline.ts"))
    .then(({ workOffline }) => workOffline(new URL(".", document.baseURI).href))
    .catch(() => undefined);
}
