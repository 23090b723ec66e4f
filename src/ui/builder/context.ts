import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { LearnDictionary } from "../../content/locales/learn/index.ts";
import { type Draft, emptyDraft } from "../../host/draft.ts";
import type { DraftState, DraftStore } from "../../state/draft.ts";

/** A scenario that is being made, and the words of the builder: both are there when a part of it is drawn. */
export const BuilderContext = createContext<{
  readonly store: DraftStore;
  readonly learn: LearnDictionary;
} | null>(null);

export function useBuilder(): { readonly store: DraftStore; readonly learn: LearnDictionary } {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error("a component stands outside the builder");
  return builder;
}

export function useDraftState<T>(select: (state: DraftState) => T): T {
  return useStore(useBuilder().store, select);
}

export function useDraft(): Draft {
  return useDraftState((state) => state.draft) ?? emptyDraft;
}
