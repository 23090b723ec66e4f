import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import { type LearnDictionary, loadLearn } from "../../content/locales/learn/index.ts";
import type { LessonState, LessonStore } from "../../state/lesson.ts";
import { useApp } from "../context.ts";

export const LessonContext = createContext<LessonStore | null>(null);

export function useLessonStore(): LessonStore {
  const store = useContext(LessonContext);
  if (!store) throw new Error("a component stands outside a lesson");
  return store;
}

export function useLesson<T>(select: (state: LessonState) => T): T {
  return useStore(useLessonStore(), select);
}

/** The words of lessons in the page's language; null until they are here. */
export function useLearn(): LearnDictionary | null {
  const locale = useApp((state) => state.preferences.locale);
  return useLoaded(locale, loadLearn);
}

/** What `load` brings for a key; null until it is here, the old one while a new one comes. */
export function useLoaded<K extends string, T>(key: K, load: (key: K) => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    let gone = false;
    load(key).then(
      (value) => !gone && setLoaded(() => value),
      () => undefined,
    );
    return () => {
      gone = true;
    };
    // `load` is a module's function, or one of the key alone.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return loaded;
}
