import { CornerLeftUp, File, FileSymlink, Folder } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { tintOf, untinted } from "../layer-color.ts";
import { underLid } from "../stage/columns.ts";
import { markOf } from "./marks.ts";

/** The open directory as a list, with docker diff's marks. */
export function Files() {
  const store = useAppStore();
  const text = useText();
  const { view, host } = useApp((state) => state.shown);
  const selected = useApp((state) => state.selectedEntry);
  if (!view) return <p className="quiet explorer-empty">{text.panel.noFiles}</p>;
  const columns = view.columns.filter((column) => !underLid(column)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const more = view.folded.reduce((sum, fold) => sum + fold.count, 0);
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
        {columns.map((column) => {
          const mark = markOf(view, column);
          const { merged, name } = column;
          const directory = merged?.kind === "directory";
          const Icon = directory ? Folder : merged?.kind === "symlink" ? FileSymlink : File;
          const tint = merged ? tintOf(host, view.rows[merged.row]?.layer ?? null) : untinted;
          return (
            <li key={name}>
              <button
                type="button"
                className={`file ${tint.className}`}
                style={tint.style}
                data-mark={mark}
                data-gone={merged === null}
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
                  {merged &&
                    (directory
                      ? merged.mergedFrom > 1
                        ? ""
                        : merged.size
                      : merged.kind === "file"
                        ? bytes(merged.size)
                        : "")}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {columns.length === 0 && <p className="quiet explorer-empty">{text.stack.empty}</p>}
      {more > 0 && <p className="quiet explorer-empty">{text.panel.more(more)}</p>}
    </section>
  );
}
