import names from "docker-names";
import { EngineError } from "./error.ts";
import type { Random } from "./ports.ts";
import type { Container, EngineState } from "./state.ts";

const VALID = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const ATTEMPTS = 6;

/** The container that has this name. */
function containerNamed(state: EngineState, name: string): Container | undefined {
  for (const container of state.containers.values()) if (container.name === name) return container;
  return undefined;
}

/** `name` without its leading slash; refused when it is not valid or taken. */
export function claimedName(state: EngineState, name: string): string {
  if (!VALID.test(name.replace(/^\//, ""))) throw new EngineError("invalid-name", { name });
  const bare = name.replace(/^\//, "");
  const taken = containerNamed(state, bare);
  if (taken) throw new EngineError("name-conflict", { name: bare, container: taken.id });
  return bare;
}

/** Whether docker may have made that name up. */
export function isGenerated(name: string): boolean {
  const [left = "", right = ""] = name.replace(/\d$/, "").split("_");
  return names.left.includes(left) && names.right.includes(right);
}

/** adjective_surname that is still free; after a collision with a digit. (moby, internal/namesgenerator) */
export function generatedName(state: EngineState, random: Random, fallback: string): string {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const pick = (list: readonly string[]): string => list[random.integer(list.length)] ?? "";
    let name = "";
    // Steve Wozniak is not boring.
    do name = `${pick(names.left)}_${pick(names.right)}`;
    while (name === "boring_wozniak");
    if (attempt > 0) name += String(random.integer(10));
    if (containerNamed(state, name) === undefined) return name;
  }
  return fallback;
}
