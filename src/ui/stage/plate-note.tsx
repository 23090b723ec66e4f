import { Fragment } from "react";
import { bytes } from "../../content/locales/phrase.ts";
import type { StackRow } from "../../engine/stack-view.ts";
import { useText } from "../context.ts";
import { MARKS } from "./plate-facts.tsx";

/** All that is counted of a plate, in words: shown when its figures are pointed at, or its name has the focus. */
export function PlateNote({ row, align }: { row: StackRow /** Which edges meet. */; align: "top" | "bottom" }) {
  const text = useText();
  const { sizes, counts } = text.stack;
  return (
    <dl className="plate-note" data-align={align}>
      <dt>{sizes.atRest}</dt>
      <dd className="mono">{bytes(row.size)}</dd>
      <dt>{sizes.seen}</dt>
      <dd className="mono">{bytes(row.seen)}</dd>
      <dt>{sizes.total}</dt>
      <dd className="mono">{bytes(row.total)}</dd>
      {MARKS.map(([mark, what]) => (
        <Fragment key={mark}>
          <dt className="sheet-count" data-mark={mark}>
            <b>{mark}</b> {counts[what]}
          </dt>
          <dd className="mono">{row[what].toLocaleString(text.tag)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
