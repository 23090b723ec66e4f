import type { Dictionary } from "../../content/locales/index.ts";
import { bytes, grouped } from "../../content/locales/phrase.ts";
import type { EngineEvent } from "../../engine/event.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackCell, StackRow, StackView } from "../../engine/stack-view.ts";
import { layerOf } from "../layer-color.ts";
import { imageName, layerName, layerOrigin, volumeName } from "../names.ts";
import { entriesOf, underLid } from "../stage/columns.ts";
import { outsideOf } from "../stage/outside.ts";
import { type OutlineItem, atMost } from "./outline-item.ts";

type Entry = ReturnType<typeof entriesOf>[number];

/** What the stack's picture shows, from the top down: the merged view, each layer, and what is mounted beside them. */
export function stackOutline(
  view: StackView,
  host: HostState,
  event: EngineEvent | null,
  text: Dictionary,
): readonly OutlineItem[] {
  const reader = new Reader(view, host, text);
  const outside = outsideOf(view, host, event).map((thing): OutlineItem => {
    const name = thing.volume === null ? text.stack.tmpfs : `${text.stack.volume} ${volumeName(host, thing.volume)}`;
    const state = thing.attached ? (thing.readOnly ? text.stack.readOnly : "") : text.stack.staysBehind;
    const much = thing.volume === null ? text.stack.inMemory : `${text.stack.files(thing.files)}, ${bytes(thing.size)}`;
    return leaf(thing.key, [name, text.stack.mountedAt(thing.target), much, state], text);
  });
  return [
    reader.merged(),
    ...view.rows.map((row, index) => reader.layer(row, index)),
    ...(outside.length > 0 ? [{ key: "outside", words: text.stack.outside, items: outside }] : []),
  ];
}

/** What the open stack is called. */
export function stackTitle({ target, path }: StackView, host: HostState, text: Dictionary): string {
  const container = host.containers.find(({ id }) => id === target.id);
  const image = host.images.find(({ id }) => id === target.id);
  return container
    ? text.outline.ofContainer(container.name, container.imageName, path)
    : text.outline.ofImage(image ? imageName(image) : "", path);
}

const leaf = (key: string, words: readonly string[], { outline }: Dictionary): OutlineItem => ({
  key,
  words: outline.facts(words.filter(Boolean)),
  items: [],
});

class Reader {
  readonly #view: StackView;
  readonly #host: HostState;
  readonly #text: Dictionary;
  readonly #entries: readonly Entry[];
  /** What each row has, top row first. */
  readonly #cells: readonly (readonly { readonly entry: Entry; readonly cell: StackCell }[])[];

  constructor(view: StackView, host: HostState, text: Dictionary) {
    this.#view = view;
    this.#host = host;
    this.#text = text;
    this.#entries = entriesOf(view);
    const cells = view.rows.map((): { entry: Entry; cell: StackCell }[] => []);
    for (const entry of this.#entries) for (const cell of entry.column.cells) cells[cell.row]?.push({ entry, cell });
    this.#cells = cells;
  }

  merged(): OutlineItem {
    const { target, rows, mergedSize, folded, inside } = this.#view;
    const text = this.#text;
    const what = target.kind === "container" ? text.stack.mergedWhat : text.stack.mergedImage;
    const left = inside ? inside.more : folded.reduce((sum, { count }) => sum + count, 0);
    const lines = this.#entries.flatMap((entry) => {
      const words = this.#seen(entry);
      return words === null ? [] : [leaf(entry.name, words, text)];
    });
    return {
      key: "merged",
      words: text.outline.merged(what, bytes(mergedSize), rows.length),
      items: atMost(lines, text.panel.more, left),
    };
  }

  layer(row: StackRow, index: number): OutlineItem {
    const { outline, stack } = this.#text;
    const layer = layerOf(this.#host, row.chainId);
    const made = layer ? layerOrigin(layer) : row.layer === "init" ? stack.initWhat : "";
    const counts = (["added", "changed", "deleted"] as const).flatMap((what) =>
      row[what] > 0 ? outline.counted[what](grouped(row[what])) : [],
    );
    const closed = row.layer !== "writable" || this.#container?.readOnly ? stack.readOnly : "";
    const sizes = outline.sizes(
      bytes(row.size),
      bytes(row.seen) === bytes(row.size) ? null : bytes(row.seen),
      bytes(row.total),
    );
    const words = [this.#name(index), closed, made, sizes, ...counts].filter(Boolean);
    const lines = this.#cells[index]?.map(({ entry, cell }) => leaf(entry.name, this.#held(entry, cell), this.#text));
    const place = this.#view.rows.length - index;
    return {
      key: row.layer,
      words: outline.layer(place, this.#view.rows.length, outline.facts(words)),
      items: atMost(lines ?? [], this.#text.panel.more),
    };
  }

  get #container() {
    return this.#host.containers.find(({ id }) => id === this.#view.target.id);
  }

  #name(row: number): string {
    const layer = this.#view.rows[row]?.layer ?? "init";
    if (layer === "writable") return this.#text.panel.writableOf(this.#container?.name ?? "");
    return layer === "init" ? this.#text.stack.init : layerName(this.#host, layer);
  }

  /** An entry as one sees it from above; null when nothing is to be seen there, not even that something is gone. */
  #seen({ name, entry, column, covered }: Entry): string[] | null {
    const { stack, outline } = this.#text;
    const mount = column.mount === null ? undefined : this.#view.mounts[column.mount];
    const volume = (of: string | null): string | null => (of === null ? null : volumeName(this.#host, of));
    if (mount) return [name, stack.mountPoint, stack.mountNote(volume(mount.volume), mount.hides)];
    if (entry) {
      const open = this.#view.mounts[this.#view.inside?.mount ?? -1]?.volume ?? null;
      return [...this.#is(name, entry.kind, entry.size), stack.ofVolume(volume(open))];
    }
    if (covered) return null;
    const { merged } = column;
    if (merged) {
      const from = merged.mergedFrom > 1 ? stack.mergedFrom(merged.mergedFrom) : stack.from(this.#name(merged.row));
      return [...this.#is(name, merged.kind, merged.mergedFrom > 1 ? null : merged.size), from];
    }
    const whiteout = column.cells.find((cell) => cell.kind === "whiteout" && !cell.hidden);
    return whiteout ? [outline.ghost(name, this.#name(whiteout.row))] : [stack.ghost(name)];
  }

  /** What one layer has at a name, and what becomes of it. */
  #held({ name, column }: Entry, cell: StackCell): string[] {
    const { stack, outline } = this.#text;
    const is = cell.kind === "whiteout" ? [name, stack.whiteout] : this.#is(name, cell.kind, cell.size);
    const below = column.cells.find((one) => one.row > cell.row && one.kind !== "whiteout");
    return [
      ...is,
      cell.opaque ? stack.opaque : "",
      cell.hidden ? this.#hidden(column.mount !== null, column, cell) : this.#over(cell, below, outline),
    ];
  }

  #over(cell: StackCell, below: StackCell | undefined, outline: Dictionary["outline"]): string {
    if (!below) return cell.row === 0 && this.#view.rows[0]?.layer === "writable" ? outline.fresh : "";
    const from = this.#name(below.row);
    if (cell.copiedUp) return outline.copiedUp(from);
    const together = cell.kind === "directory" && below.kind === "directory" && !cell.opaque;
    return together ? outline.mergedWith(from) : outline.hides(from);
  }

  #hidden(underMount: boolean, column: Entry["column"], cell: StackCell): string {
    if (underMount || this.#view.inside) return this.#text.stack.underMount;
    const by = underLid(column) ? undefined : column.cells.findLast((one) => one.row < cell.row && !one.hidden);
    return by ? this.#text.outline.hiddenBy(this.#name(by.row), by.kind === "whiteout") : this.#text.stack.hidden;
  }

  #is(name: string, kind: Exclude<StackCell["kind"], "whiteout">, size: number | null): string[] {
    const much = size === null ? "" : kind === "file" ? bytes(size) : "";
    const entries = size !== null && kind === "directory" ? this.#text.stack.entries(size) : "";
    return [name, this.#text.outline.kinds[kind], much, entries];
  }
}
