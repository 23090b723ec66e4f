import { createRoot } from "react-dom/client";
import { loadLocale } from "./content/locales/index.ts";
import { readOpening } from "./host/opening.ts";
import { type HostPort, createHostClient } from "./state/host-client.ts";
import { type Lamina, answerMessages, createLamina, looking } from "./state/lamina.ts";
import { readPreferences } from "./state/preferences.ts";
import { type AppStore, createAppStore } from "./state/store.ts";
import { readEmbedding } from "./ui/embed/embedding.ts";
import { EmbedPage } from "./ui/embed/page.tsx";

declare global {
  interface Window {
    lamina: Lamina;
  }
}

const embedding = readEmbedding(location.hash);
const opening = readOpening(location.hash);
/** The folder of the page: the catalogue lies in it, and the page that has everything. */
const base = new URL("./", document.baseURI.replace(/[?#].*$/, "")).href;

/**
 * Draws the scene of the address and opens it, in memory. Nothing that the visitor keeps in this browser is read or
 * written: neither hosts nor preferences.
 */
async function start(root: HTMLElement): Promise<AppStore> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "lamina" });
  const visit = { theme: embedding.theme, ...(opening.lang && { locale: opening.lang }) };
  const { locale } = { ...readPreferences(null, navigator.languages), ...visit };
  const store = createAppStore(createHostClient(worker as unknown as HostPort), {
    dictionary: await loadLocale(locale),
    preferenceStore: null,
    languages: navigator.languages,
    visit,
    base,
  });
  // Without a link there is no scene, and never one's own host.
  const opened = store.open({ kind: "link", fragment: location.hash || "#" });
  window.addEventListener("hashchange", () => location.reload());
  createRoot(root).render(<EmbedPage store={store} embedding={embedding} opening={opening} />);
  await opened;
  const { openAt } = await import("./ui/share/open-at.ts");
  await openAt(store, opening);
  return store;
}

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
if (embedding.theme !== "system") document.documentElement.dataset["theme"] = embedding.theme;
const lamina = createLamina(start(root), { href: base });
window.lamina = embedding.terminal === "write" ? lamina : looking(lamina);
answerMessages(window.lamina, window, ({ origin, source }) => {
  return source === window.parent && (origin === location.origin || origin === embedding.origin);
});
