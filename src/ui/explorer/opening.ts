import { createContext, useContext } from "react";
import type { PlateRef } from "../../engine/insight/plates.ts";

export const EXPLORER_VIEWS = ["tree", "dead", "compare"] as const;
export type ExplorerView = (typeof EXPLORER_VIEWS)[number];

/** With what the explorer opens. */
export interface Opening {
  readonly view: ExplorerView;
  /** null: all layers merged. */
  readonly layer?: PlateRef | null;
  /** The path that is selected. */
  readonly path?: string;
}

/** Opens the explorer over the page. */
export const ExplorerOpening = createContext<(opening: Opening) => void>(() => {});

export const useExplorer = (): ((opening: Opening) => void) => useContext(ExplorerOpening);
