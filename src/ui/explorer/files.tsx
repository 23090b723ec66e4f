import { CornerLeftUp, Cylinder, File, FileSymlink, Folder } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { tintOf, untinted, volumeTint } from "../layer-color.ts";
import { seenIn } from "../stage/columns.ts";
import { markOf } from "./marks.ts";

/** The open directory as a list, with docker diff's marks. */
export function Files() {
  const store = useAppStore();
  const text = useText();
  const { view, host } = useApp((state) => state.shown);
  const selected = useApp((state) => state.selectedEntry);
  if (!view) return <p className="quiet explorer-empty">{text.panel.noFiles}</p>;
  const entries = seenIn(view).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const more = view.inside ? view.inside.more : view.folded.reduce((sum, fold) => sum + fold.count, 0);
  const memory = view.inside && view.mounts[view.inside.mount]?.type === "tmpfs";
  const nothing = memory ? text.stack.memoryContent : text.stack.empty;
  const up = view.path === "/" ? null : view.path.slice(0, Math.max(1, view.path.lastIndexOf("/")));
  return (
    <section className="files" aria-label={text.panel.files}>
      <h2 className="files-path mono">{view.path}</h2>
      <ul>
        {up !== null && (
          <li>
            <button type="button" className="file" onClick={() => void store.look(view.target, up)}>
              <span className="file-mark" />
              <CornerLeftUp size={13} aria-hidden />
              <span className="file-name mono">..</span>
              <span className="visually-hidden">{text.stack.up}</span>
            </button>
          </li>
        )}
        {entries.map(({ name, column, entry }) => {
          const mark = entry ? null : markOf(view, column);
          const { merged, mount } = column;
          const seen = entry ?? merged;
          const directory = seen?.kind === "directory";
          const Icon = mount !== null ? Cylinder : directory ? Folder : seen?.kind === "symlink" ? FileSymlink : File;
          const outside = entry !== null || mount !== null;
          const tint = outside ? volumeTint : merged ? tintOf(host, view.rows[merged.row]?.layer ?? null) : untinted;
          return (
            <li key={name}>
              <button
                type="button"
                className={`file ${tint.className}`}
                style={tint.style}
                data-mark={mark}
                data-gone={seen === null}
                aria-pressed={selected === name}
                onClick={() => {
                  store.selectEntry(name);
                  if (directory) void store.look(view.target, `${view.path === "/" ? "" : view.path}/${name}`);
                }}
              >
                <span className="file-mark mono" title={mark ? text.panel.marks[mark] : undefined}>
                  {mark}
                </span>
                <Icon size={13} aria-hidden />
                <span className="file-name mono">{name}</span>
                <span className="file-size mono">
                  {seen?.kind === "file"
                    ? bytes(seen.size)
                    : directory && mount === null && (merged?.mergedFrom ?? 1) === 1
                      ? seen.size
                      : ""}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {entries.length === 0 && <p className="quiet explorer-empty">{nothing}</p>}
      {more > 0 && <p className="quiet explorer-empty">{text.panel.more(more)}</p>}
    </section>
  );
}
