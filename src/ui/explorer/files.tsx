import { CornerLeftUp, Cylinder, File, FileSymlink, Folder } from "lucide-react";
import { memo, useDeferredValue } from "react";
import { bytes } from "../../content/locales/phrase.ts";
import { join } from "../../core/filesystem/path.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { type Tint, tintOf, untinted, volumeTint } from "../layer-color.ts";
import { type ColumnBox, seenIn } from "../stage/columns.ts";
import { type Mark, markOf } from "./marks.ts";

/** The open directory as a list, with docker diff's marks. The picture is drawn first: it moves, and this may be long. */
export function Files() {
  const store = useAppStore();
  const text = useText();
  const { view, host } = useDeferredValue(useApp((state) => state.shown));
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
          const { merged, mount } = column;
          const outside = entry !== null || mount !== null;
          const layerTint = merged ? tintOf(host, view.rows[merged.row]?.layer ?? null) : untinted;
          return (
            <FileRow
              key={name}
              target={view.target}
              path={join(view.path, name)}
              name={name}
              column={column}
              entry={entry}
              mark={entry ? null : markOf(view, column)}
              tint={outside ? volumeTint : layerTint}
              selected={selected === name}
            />
          );
        })}
      </ul>
      {entries.length === 0 && <p className="quiet explorer-empty">{nothing}</p>}
      {more > 0 && <p className="quiet explorer-empty">{text.panel.more(more)}</p>}
    </section>
  );
}

interface FileRowProps {
  readonly target: StackTarget;
  readonly path: string;
  readonly name: string;
  readonly column: ColumnBox["column"];
  readonly entry: ColumnBox["entry"];
  readonly mark: Mark | null;
  readonly tint: Tint;
  readonly selected: boolean;
}

const FileRow = memo(function FileRow({ target, path, name, column, entry, mark, tint, selected }: FileRowProps) {
  const store = useAppStore();
  const text = useText();
  const { merged, mount } = column;
  const seen = entry ?? merged;
  const directory = seen?.kind === "directory";
  const Icon = mount !== null ? Cylinder : directory ? Folder : seen?.kind === "symlink" ? FileSymlink : File;
  return (
    <li>
      <button
        type="button"
        className={`file ${tint.className}`}
        style={tint.style}
        data-mark={mark}
        data-gone={seen === null}
        aria-pressed={selected}
        onClick={() => {
          store.selectEntry(name);
          if (directory) void store.look(target, path);
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
});
