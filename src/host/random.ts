import { hexOf, sha256 } from "../core/oci/digest.ts";
import type { Random } from "../engine/ports.ts";

/**
 * Random numbers of one command: sha256 in counter mode over the host's seed and the command's place
 * in the log. A command that is not logged shifts nothing for those after it.
 */
export function seededRandom(seed: string, command: number): Random {
  let counter = 0;
  let pool = "";
  const hex = (bytes: number): string => {
    while (pool.length < bytes * 2) {
      pool += hexOf(sha256(new TextEncoder().encode(`${seed}/${command}/${counter++}`)));
    }
    const taken = pool.slice(0, bytes * 2);
    pool = pool.slice(bytes * 2);
    return taken;
  };
  return {
    hex,
    // 48 bits against at most a few thousand choices: the bias is below anything that could be seen.
    integer: (below) => Number.parseInt(hex(6), 16) % below,
  };
}

export function newSeed(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
