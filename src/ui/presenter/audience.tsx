import { Maximize } from "lucide-react";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { loadLocale } from "../../content/locales/index.ts";
import { type Following, follow, hostOfPresenter } from "../../state/classroom.ts";
import { createHostClient } from "../../state/host-client.ts";
import { type PreferenceStore, readPreferences } from "../../state/preferences.ts";
import { type AppStore, createAppStore } from "../../state/store.ts";
import { StoreContext, useApp } from "../context.ts";
import { useDocument } from "../document.ts";
import { Logo } from "../header/logo.tsx";
import { useLearn } from "../lessons/context.ts";
import type { Act } from "./acts.ts";
import { ClassScene } from "./class-scene.tsx";
import { useClickerKeys } from "./clicker-keys.ts";
import { classChannel, freshId, pointing, presenting, toggleFullScreen } from "./presenting.ts";
import { ToolButton } from "./tools.tsx";
import { useWakeLock } from "./wake-lock.ts";

const presence = createStore<{ readonly presenter: "here" | "away" | "over" }>(() => ({ presenter: "away" }));

/**
 * The window that the class sees: it has no host of its own, and shows what the presenter's page shows. The language
 * is the visitor's until the presenter's is known.
 */
export async function showAudience(root: HTMLElement, id: string, kept: PreferenceStore | null): Promise<AppStore> {
  const visit = readPreferences(kept, navigator.languages);
  const channel = classChannel(id);
  const me = freshId();
  presenting.setState({ role: "audience", id });
  const store = createAppStore(createHostClient(hostOfPresenter(channel, me)), {
    dictionary: await loadLocale(visit.locale),
    preferenceStore: null,
    languages: navigator.languages,
    visit,
    base: document.baseURI.replace(/[?#].*$/, ""),
  });
  store.subscribe(({ preferences: { locale } }, before) => {
    if (locale === before.preferences.locale) return;
    void loadLocale(locale).then((dictionary) => store.setState({ dictionary }));
  });
  const following = follow(store, pointing, channel, {
    me,
    onPresenter: (presenter) => presence.setState({ presenter }),
  });
  window.addEventListener("pagehide", following.leave);
  createRoot(root).render(
    <StoreContext value={store}>
      <Audience acts={actsOf(following)} />
    </StoreContext>,
  );
  return store;
}

/** A clicker speaks to the window that has the focus: what it asks for is the presenter's to do. */
function actsOf(following: Following) {
  return (act: Act): void => {
    if (act === "full") toggleFullScreen();
    if (act === "next" || act === "previous" || act === "blank") following.clicker(act);
  };
}

function Audience({ acts }: { acts: (act: Act) => void }) {
  useDocument();
  useWakeLock();
  useClickerKeys(acts);
  const words = useLearn()?.classroom;
  const known = useApp((state) => state.phase === "ready");
  const locked = useStore(pointing, (state) => state.locked);
  const presenter = useStore(presence, (state) => state.presenter);
  const full = useFullScreen();
  return (
    <div className="class-page" data-typing={false}>
      <ClassScene lookOnly={locked} />
      {words && presenter !== "here" && (
        <div className="class-wait" role="status" data-alone={!known || presenter === "over"}>
          <Logo />
          <p>{presenter === "over" ? words.over : words.waiting}</p>
        </div>
      )}
      {words && !full && (
        <div className="class-corner">
          <ToolButton label={words.full} keys="F" act={toggleFullScreen}>
            <Maximize size={16} aria-hidden />
          </ToolButton>
        </div>
      )}
    </div>
  );
}

function useFullScreen(): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = (): void => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  return full;
}
