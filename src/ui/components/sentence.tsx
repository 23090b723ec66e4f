import type { Phrase } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { amber, tintOf, untinted } from "../layer-color.ts";

/** A sentence whose names wear the colours of what they name. */
export function Sentence({ phrases, host }: { phrases: readonly Phrase[]; host: HostState }) {
  return phrases.map((phrase, index) => {
    if (typeof phrase === "string") return phrase;
    const tint =
      phrase.kind === "container"
        ? amber
        : phrase.kind === "layer"
          ? tintOf(host, phrase.layer)
          : phrase.kind === "image"
            ? tintOf(host, host.images.find((image) => image.id === phrase.image)?.chain.at(-1) ?? null)
            : null;
    const { className, style } = tint ?? untinted;
    const wear = tint ? className : "";
    return (
      // The words of a sentence have no identity but their place.
      <span key={index} className={`name name-${phrase.kind} ${wear}`} style={style}>
        {phrase.text}
      </span>
    );
  });
}
