import type { HostContainer, HostImage, HostLayer, HostState } from "../../engine/host-state.ts";
import type { Run } from "../../state/story.ts";

/** A name in the root directory of the image. */
export interface RootEntry {
  readonly name: string;
  /** Chain ID of the layer it is seen in; null: no image is here, the name is one that every Linux has. */
  readonly layer: string | null;
}

export interface Distribution {
  /** "alpine:3.20" */
  readonly reference: string;
  /** Null: not pulled yet. */
  readonly image: HostImage | null;
  readonly command: string;
  /** What `uname -r` said in it; null: nobody has asked. */
  readonly answer: string | null;
}

/** What of the host the view is about. */
export interface Subject {
  readonly host: HostState;
  readonly image: HostImage | null;
  /** The newest container of that image. */
  readonly container: HostContainer | null;
  readonly entries: readonly RootEntry[];
  readonly distributions: readonly Distribution[];
}

/** Base images that are a distribution each, and the tag to pull when none of it is here. */
const FAMILIES = [
  ["ubuntu", "22.04"],
  ["debian", "12-slim"],
  ["alpine", "3.20"],
  ["centos", "7"],
  ["busybox", "latest"],
] as const;

const SHOWN = 3;

/** Course order: what every book names first. */
const KNOWN = ["dev", "proc", "bin", "etc", "usr", "lib", "var", "home", "root", "sbin", "sys", "tmp"];

/** A Linux has these, pulled or not. */
export const GENERIC: readonly RootEntry[] = ["dev", "proc", "bin", "etc"].map((name) => ({ name, layer: null }));

export function inCourseOrder(entries: readonly RootEntry[]): RootEntry[] {
  const place = ({ name }: RootEntry): number => (KNOWN.includes(name) ? KNOWN.indexOf(name) : KNOWN.length);
  return [...entries].sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

/** `wanted`: the image or container that is looked at elsewhere on the page. */
export function imageOf(host: HostState, wanted: string | null): HostImage | null {
  const container = host.containers.find((one) => one.id === wanted);
  const image = host.images.find((one) => one.id === (container?.image ?? wanted));
  return image ?? host.images.at(-1) ?? null;
}

export function containerOf(host: HostState, image: HostImage | null, wanted: string | null): HostContainer | null {
  const its = host.containers.filter((one) => one.image === image?.id);
  return its.find((one) => one.id === wanted) ?? its.at(-1) ?? null;
}

/** Three distributions, those that are here before those that would have to be pulled. */
export function distributionsOf(host: HostState, runs: readonly Run[]): Distribution[] {
  const answers = answersOf(host, runs);
  const all = FAMILIES.map(([family, tag]) => {
    const isIts = (reference: string): boolean => reference.startsWith(`${family}:`);
    const preferred = `${family}:${tag}`;
    const image =
      host.images.find((one) => one.refs.includes(preferred)) ??
      host.images.findLast((one) => one.refs.some(isIts)) ??
      null;
    const reference = image?.refs.includes(preferred) ? preferred : (image?.refs.find(isIts) ?? preferred);
    const said = [reference, ...(image?.refs ?? [])].find((name) => answers.has(name));
    return {
      reference,
      image,
      command: `docker run --rm ${reference} uname -r`,
      answer: said === undefined ? null : (answers.get(said) ?? null),
    };
  });
  const here = all.filter(({ image }) => image !== null);
  const chosen = [...here, ...all.filter(({ image }) => image === null)].slice(0, SHOWN);
  return all.filter((one) => chosen.includes(one));
}

const ASKED = /^\s*docker (?:container )?(run|exec)\s(?:.*\s)?(\S+) uname -r\s*$/;

/** What the terminals answered to `uname -r`, by the reference that was run. The newest answer counts. */
export function answersOf(host: HostState, runs: readonly Run[]): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const { line, output, exitCode } of runs) {
    const [, verb, name = ""] = ASKED.exec(line) ?? [];
    if (verb === undefined || exitCode !== 0) continue;
    // A pull's progress stands before it.
    const answer = output.trimEnd().split(/\r?\n/).at(-1)?.trim() ?? "";
    const reference = verb === "run" ? tagged(name) : imageOfContainer(host, name);
    if (answer !== "" && reference !== null) answers.set(reference, answer);
  }
  return answers;
}

const tagged = (reference: string): string => (reference.includes(":") ? reference : `${reference}:latest`);

function imageOfContainer(host: HostState, name: string): string | null {
  const container = host.containers.find((one) => one.name === name || one.id.startsWith(name));
  return host.images.find((one) => one.id === container?.image)?.refs[0] ?? null;
}

/** Layers of an image that are drawn as one sheet: `layers` has one, or several that were folded. Bottom first. */
export interface Sheet {
  readonly id: string;
  readonly layers: readonly HostLayer[];
  readonly size: number;
}

/** At most `most` sheets, bottom first; what is between the bottom one and the upper ones folds. */
export function sheetsOf(host: HostState, image: HostImage, most: number): Sheet[] {
  const layers = image.chain.flatMap((chain) => host.layers.find((one) => one.chainId === chain) ?? []);
  const folded = layers.length > most ? layers.length - most + 1 : 0;
  const groups =
    folded === 0
      ? layers.map((layer) => [layer])
      : [layers.slice(0, 1), layers.slice(1, 1 + folded), ...layers.slice(1 + folded).map((layer) => [layer])];
  return groups.flatMap((group) => {
    const first = group[0];
    if (!first) return [];
    const size = group.reduce((sum, layer) => sum + layer.size, 0);
    return [{ id: `layer ${image.id} ${first.chainId}`, layers: group, size }];
  });
}
