import { ChevronDown, ChevronRight, EyeOff, File, FileSymlink, Folder } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { bytes } from "../../../content/locales/phrase.ts";
import { MOUNT, OPAQUE, OUTSIDE } from "../../../engine/insight/flat-tree.ts";
import type { TreeQuestion, TreeRows } from "../../../engine/insight/tree-rows.ts";
import type { Moment } from "../../../host/insight.ts";
import { useText } from "../../context.ts";
import { tintOf, volumeTint } from "../../layer-color.ts";
import { shortPlateName } from "../xray-words.ts";
import { useRowWindow } from "./window-rows.ts";
import { useSheetHost } from "./sheet-host.ts";

/** Of a row, as `sheet.css` has it. */
const HEIGHT = 28;
/** Letters typed within this time are one name, ms. */
const TYPING = 700;

interface GridProps {
  readonly moment: Moment;
  readonly rows: TreeRows;
  /** The entries that are shown, in their order. */
  readonly shown: readonly number[];
  readonly question: TreeQuestion;
  readonly active: number;
  readonly setActive: (entry: number) => void;
  readonly turn: (entry: number) => void;
}

/** A treegrid (ARIA Authoring Practices): rows that fold, moved through by keys; only what is in sight is drawn. */
export function TreeGrid(props: GridProps) {
  const { rows, shown, question, active, setActive, turn } = props;
  const text = useText();
  const id = useId();
  const { scroller, from, to, show, page } = useRowWindow(shown.length, HEIGHT, HEIGHT);
  const typed = useRef({ letters: "", at: 0 });
  const place = shown.indexOf(active);
  useEffect(() => {
    if (place >= 0) show(place);
  }, [place, show]);

  const goTo = (index: number): void => {
    const entry = shown[Math.min(shown.length - 1, Math.max(0, index))];
    if (entry !== undefined) setActive(entry);
  };
  const typeName = (letter: string): void => {
    const time = performance.now();
    const letters = (time - typed.current.at < TYPING ? typed.current.letters : "") + letter.toLowerCase();
    typed.current = { letters, at: time };
    // One letter goes on to the next; more than one may stay where it is.
    const start = letters.length > 1 ? place : place + 1;
    for (let step = 0; step < shown.length; step++) {
      const index = (start + step) % shown.length;
      if (rows.names[shown[index] as number]?.toLowerCase().startsWith(letters)) return goTo(index);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const open = rows.isOpen(active, question);
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(place + 1),
      ArrowUp: () => goTo(place - 1),
      PageDown: () => goTo(place + page),
      PageUp: () => goTo(place - page),
      Home: () => goTo(0),
      End: () => goTo(shown.length - 1),
      ArrowRight: () => (open ? goTo(place + 1) : rows.isDirectory(active) && turn(active)),
      ArrowLeft: () => (open ? turn(active) : goTo(shown.indexOf(rows.parents[active] ?? -1))),
      Enter: () => rows.isDirectory(active) && turn(active),
    };
    const move = moves[event.key];
    if (move) {
      typed.current = { letters: "", at: 0 };
      move();
    } else if (event.key.length === 1 && event.key !== " ") typeName(event.key);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="tree-grid"
      role="treegrid"
      aria-label={text.insight.views.tree}
      aria-rowcount={shown.length + 1}
      aria-activedescendant={place >= 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <div className="tree-row tree-titles" role="row" aria-rowindex={1}>
        <span role="columnheader">{text.insight.name}</span>
        <span role="columnheader">{text.insight.mark}</span>
        <span role="columnheader">{text.insight.size}</span>
        <span role="columnheader">{text.insight.from}</span>
      </div>
      <div role="rowgroup" style={{ height: shown.length * HEIGHT, paddingTop: from * HEIGHT }}>
        {shown.slice(from, to).map((entry, index) => (
          <Row key={entry} {...props} id={`${id}-${entry}`} entry={entry} rowIndex={from + index + 2} />
        ))}
      </div>
    </div>
  );
}

function Row(props: GridProps & { id: string; entry: number; rowIndex: number }) {
  const { rows, entry, active, moment, question } = props;
  const text = useText();
  const host = useSheetHost();
  const { flat } = rows;
  const plate = flat.plates[flat.rows[entry] ?? -1];
  const outside = flat.rows[entry] === OUTSIDE;
  const tint = outside ? volumeTint : tintOf(host, plate ?? null);
  const letter = flat.marks[entry] as "A" | "C" | "D" | " ";
  const mark = letter === " " ? null : letter;
  const kind = flat.kinds[entry];
  const directory = rows.isDirectory(entry);
  const open = rows.isOpen(entry, question);
  const Icon = kind === "w" ? EyeOff : directory ? Folder : kind === "l" ? FileSymlink : File;
  const Chevron = open ? ChevronDown : ChevronRight;
  const flags = flat.flags[entry] ?? 0;
  const depth = rows.depth(entry);
  const name = plate ? shortPlateName(host, text, moment.target, plate) : text.insight.outside;
  return (
    <div
      className={`tree-row ${tint.className}`}
      style={tint.style}
      role="row"
      id={props.id}
      aria-level={depth}
      aria-rowindex={props.rowIndex}
      aria-expanded={directory ? open : undefined}
      aria-selected={entry === active}
      data-mark={mark}
      onClick={() => props.setActive(entry)}
      onDoubleClick={() => directory && props.turn(entry)}
    >
      <span role="gridcell" className="tree-name" style={{ paddingLeft: 8 + (depth - 1) * 14 }}>
        <span
          className="tree-turn"
          onClick={() => directory && props.turn(entry)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {directory && <Chevron size={13} aria-hidden />}
        </span>
        <Icon size={13} aria-hidden />
        <span className="mono">{rows.names[entry]}</span>
        {(flags & OPAQUE) > 0 && <span className="tree-flag">{text.insight.opaque}</span>}
        {(flags & MOUNT) > 0 && <span className="tree-flag">{text.insight.mount}</span>}
      </span>
      <span role="gridcell" className="tree-mark">
        {mark && (
          <>
            <b className="mono" aria-hidden>
              {mark}
            </b>{" "}
            {text.insight.marks[mark]}
          </>
        )}
      </span>
      <span role="gridcell" className="tree-size mono">
        {kind === "w" && !flat.sizes[entry] ? "" : bytes(flat.sizes[entry] ?? 0)}
      </span>
      <span role="gridcell" className="tree-from">
        {name}
      </span>
    </div>
  );
}
