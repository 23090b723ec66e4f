import type { Dictionary } from "../../content/locales/index.ts";
import type { Phrase } from "../../content/locales/phrase.ts";
import type { PlateRef } from "../../engine/insight/plates.ts";
import type { Hiding, XRay, XRayRow } from "../../engine/insight/xray.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import { shortInstruction } from "../instruction.ts";
import { layerOf } from "../layer-color.ts";
import { namesIn, volumeName } from "../names.ts";

/** What a plate of `target` is called. */
export function plateName(host: HostState, text: Dictionary, target: StackTarget, layer: PlateRef): Phrase {
  if (layer !== "writable") return namesIn(host, text).layer(layer);
  const container = host.containers.find((one) => one.id === target.id);
  const name = text.panel.writableOf(container?.name ?? "");
  return container ? { kind: "container", text: name, container: container.id } : name;
}

/** The same where it is clear which container is meant, as plain text. */
export function shortPlateName(host: HostState, text: Dictionary, target: StackTarget, layer: PlateRef): string {
  if (layer === "writable") return text.insight.writable;
  const name = plateName(host, text, target, layer);
  return typeof name === "string" ? name : name.text;
}

/** The one sentence: who supplies the path, whom that hides, and why. */
export function xrayWords(found: XRay, host: HostState, text: Dictionary, target: StackTarget): Phrase[] {
  const name = (layer: PlateRef): Phrase => plateName(host, text, target, layer);
  const { path, seen, rows, mount } = found;
  if (mount) {
    const outside: Phrase = {
      kind: "volume",
      text: mount.volume ? text.panel.theVolume(volumeName(host, mount.volume)) : text.panel.memory,
      volume: mount.volume,
    };
    const below = rows.filter((row) => row.kind !== "whiteout");
    if (mount.target === path) return text.panel.mountPointOf(path, outside, below[0]?.size ?? 0);
    if (mount.kind || below.length === 0) return text.panel.insideOf(path, outside);
    return text.panel.coveredOf(
      path,
      outside,
      below.map((row) => name(row.layer)),
    );
  }
  const hidden = rows.filter((row) => row.hidden !== null && row.kind !== "whiteout");
  const pieces = hidden.map((row) => hiddenWords(row, seen?.layer ?? null, path, text, name));
  if (!seen) {
    const whiteout = rows.find((row) => row.kind === "whiteout" && row.hidden === null);
    const start = whiteout ? text.insight.ghostOf(path, name(whiteout.layer)) : text.insight.notSeen(path);
    return [...start, ...(pieces.length > 0 ? text.insight.stillThere(pieces) : [text.insight.end])];
  }
  const start =
    seen.from > 1
      ? text.insight.mergedOf(path, seen.from, name(seen.layer))
      : text.insight.suppliedBy(path, name(seen.layer), made(host, seen.layer));
  if (pieces.length > 0) return [...start, ...text.insight.hides(pieces)];
  return [...start, seen.from > 1 ? text.insight.end : text.insight.nothingBelow];
}

/** What becomes of what one layer has at the path, in one sentence; where it is what one sees, that of the whole. */
export function plateWords(
  found: XRay,
  layer: PlateRef,
  host: HostState,
  text: Dictionary,
  target: StackTarget,
): Phrase[] {
  const row = found.rows.find((one) => one.layer === layer);
  const name = (of: PlateRef): Phrase => plateName(host, text, target, of);
  if (!row?.hidden || found.mount) return xrayWords(found, host, text, target);
  const why = whyWords(row.hidden, null, found.path, text, name);
  return text.insight.unseen(text.insight.kinds[row.kind], name(layer), why);
}

/** What made a layer, where its name does not say so. */
function made(host: HostState, layer: PlateRef): string {
  const found = layerOf(host, layer);
  return found?.name ? shortInstruction(found.createdBy) : "";
}

function hiddenWords(
  row: XRayRow,
  seen: PlateRef | null,
  path: string,
  text: Dictionary,
  name: (layer: PlateRef) => Phrase,
): Phrase[] {
  const why = row.hidden ? whyWords(row.hidden, seen, path, text, name) : [];
  return text.insight.hiddenOne(text.insight.kinds[row.kind], name(row.layer), why);
}

function whyWords(
  { by, reason, at, aspects }: Hiding,
  seen: PlateRef | null,
  path: string,
  text: Dictionary,
  name: (layer: PlateRef) => Phrase,
): Phrase[] {
  const elsewhere = at === path ? null : at;
  switch (reason) {
    case "overwritten":
      return text.insight.overwritten(by === seen ? null : name(by));
    case "metadata":
      return text.insight.metadata(text.insight.and(aspects.map((aspect) => text.insight.aspects[aspect])));
    case "deleted":
      return text.insight.deletedAt(elsewhere, name(by));
    case "opaque":
      return text.insight.opaqueAt(at, name(by));
    case "replaced":
      return text.insight.replacedAt(elsewhere, name(by));
  }
}
