import { familiar, normalized, withDefaultTag } from "../../core/oci/reference.ts";
import type { Reference } from "../../core/oci/reference.ts";
import { EngineError } from "../error.ts";
import { findImage } from "../lookup.ts";
import type { Transaction } from "../transaction.ts";
import { withTag } from "../update.ts";

/** Gives the image one name more; a name that another image had moves. */
export function tag(tx: Transaction, source: string, target: Reference): void {
  const image = findImage(tx.state, source);
  if (target.digest !== null) throw new EngineError("digest-tag", { reference: familiar(target) });
  const reference = familiar(withDefaultTag(target));
  tx.update(withTag(tx.state, normalized(target), image.id), { type: "image.tag", image: image.id, reference });
}
