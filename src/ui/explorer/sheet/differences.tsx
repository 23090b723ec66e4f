import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { bytes } from "../../../content/locales/phrase.ts";
import { type Comparison, type ComparedEntry, type Mark, grown } from "../../../engine/insight/comparison.ts";
import type { TextRow } from "../../../engine/insight/text-difference.ts";
import type { Side } from "../../../host/insight.ts";
import { useText } from "../../context.ts";
import { useAnswer } from "../asking.ts";
import { StateOf } from "./state-of.tsx";
import { useRowWindow } from "./window-rows.ts";

const HEIGHT = 28;
const MARKS = ["A", "C", "D"] as const;

interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** "+1.2 kB", "−340 B". */
const signed = (size: number): string => `${size < 0 ? "−" : size > 0 ? "+" : ""}${bytes(Math.abs(size))}`;

/** What differs between two sides, and the text of the one that is chosen. */
export function Differences({ sides, comparison }: { sides: Sides; comparison: Comparison }) {
  const text = useText();
  const [marks, setMarks] = useState("");
  const [name, setName] = useState("");
  const { entries, more } = comparison;
  const shown = useMemo(() => {
    const wanted = name.toLowerCase();
    const meets = ({ mark, path }: ComparedEntry): boolean =>
      (marks === "" || marks.includes(mark)) && path.toLowerCase().includes(wanted);
    return entries.filter(meets);
  }, [entries, marks, name]);
  const [chosen, setChosen] = useState<ComparedEntry | null>(null);
  const sums = { A: comparison.added, C: comparison.changed, D: comparison.deleted };
  if (entries.length === 0) return <p className="sheet-state">{text.insight.equal}</p>;
  return (
    <>
      <div className="tree-filters">
        <div className="looks looks-sums" role="group" aria-label={text.insight.mark}>
          {MARKS.map((mark) => (
            <button
              key={mark}
              type="button"
              data-mark={mark}
              aria-pressed={marks.includes(mark)}
              onClick={() => setMarks(marks.includes(mark) ? marks.replace(mark, "") : marks + mark)}
            >
              {text.insight.total(
                mark,
                sums[mark].files,
                mark === "C" ? signed(sums.C.bytes) : bytes(sums[mark].bytes),
              )}
            </button>
          ))}
        </div>
        <input
          type="search"
          className="tree-find"
          aria-label={text.insight.name}
          placeholder={text.insight.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {more > 0 && <span className="tree-count">{text.insight.more(more)}</span>}
      </div>
      {shown.length === 0 ? (
        <p className="sheet-state quiet tree-grid">{text.insight.noMatch}</p>
      ) : (
        <List shown={shown} chosen={chosen ?? null} choose={setChosen} />
      )}
      {chosen ? (
        <Beside key={chosen.path} sides={sides} entry={chosen} />
      ) : (
        <p className="file-view quiet">{text.insight.pickDifference}</p>
      )}
    </>
  );
}

function List(props: {
  shown: readonly ComparedEntry[];
  chosen: ComparedEntry | null;
  choose: (entry: ComparedEntry) => void;
}) {
  const { shown, chosen, choose } = props;
  const text = useText();
  const id = useId();
  const { scroller, from, to, show, page } = useRowWindow(shown.length, HEIGHT);
  const place = chosen ? shown.indexOf(chosen) : -1;
  useEffect(() => {
    if (place >= 0) show(place);
  }, [place, show]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to_ = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (to_ === undefined) return;
    event.preventDefault();
    const entry = shown[Math.min(shown.length - 1, Math.max(0, to_))];
    if (entry) choose(entry);
  };
  return (
    <div
      className="tree-grid"
      role="listbox"
      aria-label={text.insight.result}
      aria-activedescendant={place >= 0 ? `${id}-${place}` : undefined}
      tabIndex={0}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: shown.length * HEIGHT, paddingTop: from * HEIGHT }}>
        {shown.slice(from, to).map((entry, index) => (
          <div
            key={entry.path}
            role="option"
            id={`${id}-${from + index}`}
            aria-selected={entry === chosen}
            aria-setsize={shown.length}
            aria-posinset={from + index + 1}
            className="tree-row difference"
            data-mark={entry.mark}
            onClick={() => choose(entry)}
          >
            <span className="tree-mark">
              <b className="mono" aria-hidden>
                {entry.mark}
              </b>
              <span className="visually-hidden">{text.insight.marks[entry.mark]}</span>
            </span>
            <span className="tree-name mono">{entry.path}</span>
            <span className="tree-from">
              {entry.aspects.map((aspect) => text.insight.aspects[aspect]).join(text.insight.between)}
            </span>
            <span className="tree-size mono">{sizeText(entry)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function sizeText(entry: ComparedEntry): string {
  const file = entry.before?.kind === "file" || entry.after?.kind === "file";
  const by = grown(entry);
  return file && (by !== 0 || entry.mark !== "C") ? signed(entry.mark === "D" ? -Math.abs(by) : by) : "";
}

/** One difference: attributes before and after, and the text side by side. */
function Beside({ sides, entry }: { sides: Sides; entry: ComparedEntry }) {
  const text = useText();
  const { path, before, after, aspects } = entry;
  const file = before?.kind === "file" || after?.kind === "file";
  const answer = useAnswer("text", file ? { ...sides, path } : null);
  const found = answer.is === "here" ? answer.value : null;
  const mark: Mark = entry.mark;
  const sizes = [before, after].map((one) => (one?.kind === "file" ? bytes(one.size) : "–"));
  return (
    <article className="file-view" aria-label={path}>
      <header>
        <h3 className="mono">{path}</h3>
      </header>
      <p className="file-facts" data-mark={mark}>
        <b>{text.insight.marks[mark]}</b>
        {aspects.length > 0 && ` · ${aspects.map((aspect) => text.insight.aspects[aspect]).join(text.insight.between)}`}
        {file && (
          <span className="mono">
            {" "}
            · {sizes[0]} → {sizes[1]}
          </span>
        )}
        {before && after && before.mode !== after.mode && (
          <span className="mono">
            {" "}
            · {octal(before.mode)} → {octal(after.mode)}
          </span>
        )}
      </p>
      {file && <StateOf answer={answer} />}
      {found === "binary" && <p className="notice">{text.insight.noText}</p>}
      {found === "large" && <p className="notice">{text.insight.tooLarge}</p>}
      {found && typeof found === "object" && (
        <div className="text-difference" tabIndex={0} role="region" aria-label={text.insight.textOf(path)}>
          <table>
            <colgroup>
              <col className="line-numbers" />
              <col />
              <col className="line-numbers" />
              <col />
            </colgroup>
            <thead>
              <tr>
                <th colSpan={2}>{text.insight.before}</th>
                <th colSpan={2}>{text.insight.after}</th>
              </tr>
            </thead>
            <tbody>
              {found.rows.map((row, index) => (
                <Line key={index} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </article>
  );
}

const octal = (mode: number): string => mode.toString(8).padStart(4, "0");

function Line({ row }: { row: TextRow }) {
  const text = useText();
  if (row.kind === "skipped") {
    return (
      <tr className="skipped">
        <td colSpan={4}>⋯ {text.insight.skippedLines(row.count)}</td>
      </tr>
    );
  }
  const { kind, before, after } = row;
  const gone = kind !== "same" && before !== null;
  const come = kind !== "same" && after !== null;
  return (
    <tr data-kind={kind}>
      <td className="line-number">{before?.number}</td>
      <td className="line-text" data-side={gone ? "gone" : undefined} data-empty={before === null}>
        {gone && <span className="line-sign">−</span>}
        {before?.text}
      </td>
      <td className="line-number">{after?.number}</td>
      <td className="line-text" data-side={come ? "come" : undefined} data-empty={after === null}>
        {come && <span className="line-sign">+</span>}
        {after?.text}
      </td>
    </tr>
  );
}
