import type { Digest } from "./digest.ts";

// Apart from what hashes: who only prints a digest, as the page does at first, need not load that.
/** The 12 hex digits docker prints. (docker/cli, `stringid.TruncateID`) */
export function shortOf(digest: Digest): string {
  return digest.slice(7, 19);
}
