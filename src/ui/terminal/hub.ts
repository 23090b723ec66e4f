import type { TerminalId } from "../../host/protocol.ts";
import type { AppStore } from "../../state/store.ts";
import { stillWanted } from "../motion.ts";
import { type TerminalController, createTerminalController } from "./controller.ts";

/** Every terminal of the page, made when first asked for; they outlive the components that draw them. */
export interface TerminalHub {
  terminal(id: TerminalId): TerminalController;
}

const hubs = new WeakMap<AppStore, TerminalHub>();

export function hubOf(store: AppStore): TerminalHub {
  const hub = hubs.get(store) ?? createTerminalHub(store);
  hubs.set(store, hub);
  return hub;
}

function createTerminalHub(store: AppStore): TerminalHub {
  const still = (): boolean => stillWanted(store.getState().preferences);
  const controllers = new Map<TerminalId, TerminalController>();
  store.subscribe((now, before) => {
    if (now.phase === before.phase) return;
    if (now.phase === "ready") controllers.get("host")?.prompt(now.hostPrompt);
    if (now.phase !== "opening") return;
    // Sessions of another host are other terminals, whatever their numbers.
    for (const id of controllers.keys()) if (id !== "host") controllers.delete(id);
    controllers.get("host")?.reset();
  });
  const hub: TerminalHub = {
    terminal(id) {
      const known = controllers.get(id);
      if (known) return known;
      const made = createTerminalController(id, { store, other: hub.terminal, still });
      controllers.set(id, made);
      store.attachTerminal(id, made.type);
      return made;
    },
  };
  return hub;
}
