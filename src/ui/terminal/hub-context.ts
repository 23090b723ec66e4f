import { createContext, useContext } from "react";
import type { TerminalHub } from "./hub.ts";

export const HubContext = createContext<TerminalHub | null>(null);

export function useHub(): TerminalHub {
  const hub = useContext(HubContext);
  if (!hub) throw new Error("a terminal stands outside the page");
  return hub;
}
