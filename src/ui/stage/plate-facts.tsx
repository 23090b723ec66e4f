import type { CSSProperties } from "react";
import { bytes, grouped } from "../../content/locales/phrase.ts";
import type { StackRow } from "../../engine/stack-view.ts";
import { useText } from "../context.ts";

/** Part of a plate that is hidden from above: less is told when its figures are pointed at. */
const WORTH_SAYING = 0.01;
/** Of a sheet, by the size of its names: the line of its size, and each line under it. */
const FIRST_LINE = 1.9;
const LINE = 1.12;
const LEAST_LINE = 15;

export const MARKS = [
  ["A", "added"],
  ["C", "changed"],
  ["D", "deleted"],
] as const;

interface PlateFactsProps {
  readonly row: StackRow;
  readonly bottom: boolean;
  /** Of the sheet, px. */
  readonly height: number;
  /** Of the names in tiles, px. */
  readonly font: number;
}

/** What a plate weighs, and what it adds, changes and deletes: in words where there is room for lines. */
export function PlateFacts({ row, bottom, height, font }: PlateFactsProps) {
  const text = useText();
  const counts = MARKS.filter(([, what]) => row[what] > 0);
  const dead = row.size - row.seen;
  const hidden = dead / row.size >= WORTH_SAYING ? dead : 0;
  const lines = Math.floor((height - font * FIRST_LINE) / Math.max(LEAST_LINE, font * LINE));
  const inWords = counts.length + (hidden > 0 ? 1 : 0) <= lines;
  return (
    <>
      <span className="sheet-size mono">{`${bottom ? "" : "+"}${bytes(row.size)}`}</span>
      {row.size === 0 && counts.length === 0 && inWords && (
        <span className="sheet-count">{text.stack.sizes.nothing}</span>
      )}
      {inWords ? (
        counts.map(([mark, what]) => (
          <span key={mark} className="sheet-count" data-mark={mark}>
            <b>{mark}</b> {grouped(row[what])} {text.stack.counts[what]}
          </span>
        ))
      ) : (
        <span className="sheet-count mono">
          {counts.map(([mark, what]) => (
            <span key={mark} data-mark={mark}>
              <b>{mark}</b> {row[what]}{" "}
            </span>
          ))}
        </span>
      )}
      {lines > 1 && hidden > 0 && (
        <span className="sheet-count sheet-hidden">
          <ShareBar row={row} />
          {text.stack.sizes.hidden(bytes(hidden))}
        </span>
      )}
    </>
  );
}

/** How much of it the merged view shows; hatched is what something above hides. */
function ShareBar({ row }: { row: StackRow }) {
  const share = row.size > 0 ? row.seen / row.size : 1;
  // A sliver must be seen to be there.
  const style = { "--share": `${Math.min(share * 100, share < 1 ? 94 : 100)}%` } as CSSProperties;
  return <span className="share-bar" style={style} aria-hidden />;
}
