import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Dictionary } from "../content/locales/index.ts";
import { inLanguage } from "../host/scenario.ts";
import type { AppState, AppStore } from "../state/store.ts";

export const StoreContext = createContext<AppStore | null>(null);

/** Whether the host may only be looked at: then nothing that types a command is offered. */
export const LookOnlyContext = createContext(false);

export function useAppStore(): AppStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("a component stands outside the page");
  return store;
}

/** A piece of the page's state; the component draws again when it changes. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useAppStore(), select);
}

/** What a part of the page is called: in a page with several scenes, each part says of which it is. */
export function useLandmark(name: string): string {
  const title = useApp(({ scene, preferences }) => inLanguage(scene.title, preferences.locale));
  return title ? `${name}: ${title}` : name;
}

export function useText(): Dictionary {
  return useApp((state) => state.dictionary);
}
