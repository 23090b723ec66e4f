import type { Phrase } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { type Tint, amber, tintOf, untinted, volumeTint } from "../layer-color.ts";

/** What a name in a sentence wears. */
function tintOfPhrase(phrase: Exclude<Phrase, string>, host: HostState): Tint | null {
  switch (phrase.kind) {
    case "container":
      return amber;
    case "volume":
      return volumeTint;
    case "layer":
      return tintOf(host, phrase.layer);
    case "image":
      return tintOf(host, host.images.find((image) => image.id === phrase.image)?.chain.at(-1) ?? null);
    default:
      return null;
  }
}

/** A sentence whose names wear the colours of what they name. */
export function Sentence({ phrases, host }: { phrases: readonly Phrase[]; host: HostState }) {
  return phrases.map((phrase, index) => {
    if (typeof phrase === "string") return phrase;
    const tint = tintOfPhrase(phrase, host);
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
