import type { Phrase } from "../../content/locales/phrase.ts";
import { useApp, useText } from "../context.ts";
import { Sentence } from "../components/sentence.tsx";
import { namesIn, volumeName } from "../names.ts";
import { entriesOf, underLid } from "../stage/columns.ts";

/** Which layer gives the selected entry, and what it hides. */
export function XRay() {
  const text = useText();
  const { view, host } = useApp((state) => state.shown);
  const selected = useApp((state) => state.selectedEntry);
  const found = view && entriesOf(view).find((one) => one.name === selected);
  if (!view || !found) return null;
  const { column } = found;
  const names = namesIn(host, text);
  const rowName = (index: number): Phrase => {
    const layer = view.rows[index]?.layer ?? "init";
    if (layer !== "writable") return names.layer(layer);
    const container = host.containers.find((one) => one.id === view.target.id);
    const name = text.panel.writableOf(container?.name ?? "");
    return container ? { kind: "container", text: name, container: container.id } : name;
  };
  const path = `${view.path === "/" ? "" : view.path}/${column.name}`;
  const mount = view.mounts[column.mount ?? view.inside?.mount ?? -1];
  const outside: Phrase = {
    kind: "volume",
    text: mount?.volume ? text.panel.theVolume(volumeName(host, mount.volume)) : text.panel.memory,
    volume: mount?.volume ?? null,
  };
  const { merged } = column;
  const hidden = column.cells
    .filter((cell) => cell.hidden && cell.kind !== "whiteout")
    .map((cell) => rowName(cell.row));
  const whiteout = column.cells.find((cell) => cell.kind === "whiteout");
  const phrases = mount
    ? column.mount !== null
      ? text.panel.mountPointOf(path, outside, mount.hides)
      : found.entry
        ? [...text.panel.insideOf(path, outside), ...(hidden.length > 0 ? text.panel.hides(hidden) : [])]
        : text.panel.coveredOf(path, outside, hidden)
    : merged
      ? [
          ...(merged.mergedFrom > 1
            ? text.panel.mergedOf(path, rowName(merged.row), merged.mergedFrom)
            : text.panel.suppliedBy(path, rowName(merged.row))),
          ...(hidden.length > 0 ? text.panel.hides(hidden) : []),
        ]
      : underLid(column)
        ? text.panel.opaqueOf(path, hidden)
        : text.panel.ghostOf(path, rowName(whiteout?.row ?? 0), hidden);
  return (
    <section className="card" aria-live="polite" aria-label={text.panel.xray}>
      <h2>{text.panel.xray}</h2>
      <p>
        <Sentence phrases={phrases} host={host} />
      </p>
    </section>
  );
}
