import type { ChainId, Digest, ImageId } from "../../core/oci/digest.ts";
import type { ContainerId, EngineEvent, LayerRef, LookupAnswer } from "../../engine/event.ts";

/** A piece of a sentence: plain words, or a name that wears the colour of what it names. */
export type Phrase =
  | string
  | { readonly kind: "layer"; readonly text: string; readonly layer: ChainId | null }
  | { readonly kind: "container"; readonly text: string; readonly container: ContainerId }
  | { readonly kind: "image"; readonly text: string; readonly image: ImageId }
  /** Shown as an object of its own, beside the layers; null: a tmpfs. */
  | { readonly kind: "volume"; readonly text: string; readonly volume: string | null }
  | { readonly kind: "path"; readonly text: string }
  | { readonly kind: "code"; readonly text: string };

/** What the things of an event are called, at the moment the event tells of. */
export interface Names {
  /** `digest`: what docker calls it as long as it is not here. */
  layer(layer: LayerRef, digest?: Digest): Phrase;
  container(id: ContainerId): Phrase;
  image(id: ImageId): Phrase;
  /** By its name, shortened when docker made it up. */
  volume(name: string): Phrase;
  /** The volumes that a container mounts, each once. */
  volumesOf(id: ContainerId): readonly Phrase[];
}

/** A sentence written as a template: `say`…${path("/etc")} …`` */
export function say(words: TemplateStringsArray, ...values: readonly (Phrase | number)[]): Phrase[] {
  const phrases: Phrase[] = [];
  words.forEach((word, index) => {
    if (word !== "") phrases.push(word);
    const value = values[index];
    if (value !== undefined && value !== "") phrases.push(typeof value === "number" ? String(value) : value);
  });
  return phrases;
}

/** Phrases with `between` them: "a, b". */
export const joined = (phrases: readonly Phrase[], between: string): Phrase[] =>
  phrases.flatMap((phrase, index) => (index === 0 ? [phrase] : [between, phrase]));

/**
 * A lookup in words: the plate at the top when it has nothing, how many below it have not either (docker's own
 * init layer is passed over), and the one that settles it; null when no plate has the name.
 */
export function lookupOf({ answers }: Extract<EngineEvent, { type: "fs.read" }>): {
  readonly passed: LookupAnswer["layer"] | null;
  readonly below: number;
  readonly settled: LookupAnswer | null;
} {
  const passed = answers.filter(({ answer }) => answer === "nothing");
  const below = passed.slice(1).filter(({ layer }) => layer !== "init").length;
  const settled = answers.find(({ answer }) => answer !== "nothing");
  return { passed: passed[0]?.layer ?? null, below, settled: settled ?? null };
}

const grouping = new Intl.NumberFormat("en");

/** "12,345", as English and Chinese both write it. `toLocaleString` makes a format anew each time, which a deep stack feels. */
export const grouped = (n: number): string => grouping.format(n);

export const path = (text: string): Phrase => ({ kind: "path", text });
export const code = (text: string): Phrase => ({ kind: "code", text });

const LONGEST_INSTRUCTION = 64;

/** An instruction of a Dockerfile, short enough for a sentence. */
export function instruction(written: string): Phrase {
  const line = written.replace(/\s+/g, " ");
  return code(line.length <= LONGEST_INSTRUCTION ? line : `${line.slice(0, LONGEST_INSTRUCTION - 2)} …`);
}

/** A directory as people call it, without the "/" or "/." that a command line may have behind it. */
export const place = (written: string): string => written.replace(/\/\.?$/, "") || "/";

/** The sentence as plain text: live region, transcript, handout. */
export function plain(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === "string" ? phrase : phrase.text)).join("");
}

/** Base 1000, three digits, as docker prints sizes: 0B, 2.3kB, 78.1MB. (docker/go-units, `HumanSize`) */
export function bytes(size: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}
