import { read1 } from "./link-format1.ts";
import { type Damage, read2, write2 } from "./link-format2.ts";
import { base64url, fromBase64url } from "./packing.ts";
import type { LinkResult } from "./protocol.ts";
import type { Scenario } from "./scenario.ts";

/** The format that is written; every format that was ever released is read for ever. */
const FORMAT = "2";

/** A link that cannot be opened at all. `reason` is what the page tells the visitor in their language. */
export class LinkError extends Error {
  override readonly name = "LinkError";
  constructor(readonly reason: "foreign" | "newer" | "damaged" | "empty") {
    super(`this link cannot be opened: ${reason}`);
  }
}

/** What a link carries: a format's character, then base64url of what `link-formatN.ts` makes of the scenario. */
export function encodeLink(scenario: Scenario): string {
  return FORMAT + base64url(write2(scenario));
}

export interface ReadLink {
  readonly scenario: Scenario;
  /** Of a link that came damaged: what is missing of it. */
  readonly damage: Damage | null;
}

/** Reads a fragment, with or without `#` and what says how it opens (`opening.ts`). Throws {@link LinkError}. */
export function decodeLink(fragment: string): ReadLink {
  // Mail programs break lines, chats put a full stop behind: neither is of the link.
  const [text = ""] = fragment
    .replace(/^#/, "")
    .replaceAll(/\s|%20|%0[AD]/gi, "")
    .split("&");
  if (text === "") throw new LinkError("empty");
  const [format = "", body = ""] = [text[0], /^[\w-]*/.exec(text.slice(1))?.[0]];
  if (format !== "1" && format !== "2") throw new LinkError(/[3-9]/.test(format) ? "newer" : "foreign");
  const bytes = fromBase64url(body);
  const old = format === "1" ? read1(bytes) : null;
  const read = old ? { scenario: old, damage: null } : format === "2" ? read2(bytes) : null;
  if (!read) throw new LinkError("damaged");
  return read;
}

/** The link of a scenario; `left`: names or ids of what was handed in and stays behind. */
export function linkOf(scenario: Scenario): LinkResult {
  const commands = scenario.entries.filter((entry) => !entry.imported).length;
  const left = [...new Set(scenario.entries.flatMap((entry) => entry.imported ?? []))];
  return { fragment: encodeLink(scenario), commands, left };
}
