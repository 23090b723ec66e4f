import { createContext, useContext } from "react";
import type { HostState } from "../../../engine/host-state.ts";
import { emptyHost } from "../../../state/story.ts";

/** The host at the moment the explorer looks at: the story may go on behind it. */
export const SheetHost = createContext<HostState>(emptyHost);

export const useSheetHost = (): HostState => useContext(SheetHost);
