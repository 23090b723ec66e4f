import { ArrowDownWideNarrow, ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { bytes } from "../../../content/locales/phrase.ts";
import type { PlateRef } from "../../../engine/insight/plates.ts";
import { type TreeQuestion, TreeRows, isAsking } from "../../../engine/insight/tree-rows.ts";
import type { Moment } from "../../../host/insight.ts";
import { useText } from "../../context.ts";
import { useAnswer } from "../asking.ts";
import { shortPlateName } from "../xray-words.ts";
import { FileView } from "./file-view.tsx";
import { StateOf } from "./state-of.tsx";
import { TreeGrid } from "./tree-grid.tsx";
import { useSheetHost } from "./sheet-host.ts";

const MARKS = ["A", "C", "D"] as const;
const MINIMA = [0, 1000, 100_000, 1_000_000, 10_000_000];
const ALL: TreeQuestion = { marks: "", name: "", minimum: 0, sort: "name", turned: new Set() };

/** The files of a stack as a tree: all layers merged, or one by itself; beside it the one that is chosen. */
export function TreeView(props: {
  moment: Moment;
  layer: PlateRef | null;
  path: string | null;
  setLayer: (layer: PlateRef | null) => void;
}) {
  const { moment, layer } = props;
  const text = useText();
  const answer = useAnswer("tree", { ...moment, layer });
  const flat = answer.is === "here" ? answer.value : null;
  const rows = useMemo(() => flat && new TreeRows(flat), [flat]);
  return (
    <div className="tree-view">
      <div className="tree-side">
        <LayerChoice {...props} plates={flat?.plates ?? []} />
        <StateOf answer={answer} />
        {rows && rows.count === 0 && (
          <p className="sheet-state quiet">
            {layer === "writable" ? text.insight.emptyWritable : text.insight.emptyLayer}
          </p>
        )}
      </div>
      {rows && rows.count > 0 && <Tree key={`${layer} ${props.path}`} {...props} rows={rows} />}
    </div>
  );
}

function LayerChoice(props: {
  moment: Moment;
  layer: PlateRef | null;
  plates: readonly PlateRef[];
  setLayer: (layer: PlateRef | null) => void;
}) {
  const text = useText();
  const host = useSheetHost();
  const { layer, moment } = props;
  // Before the answer is there, the chosen one alone.
  const plates = props.plates.length > 0 ? props.plates.toReversed() : layer === null ? [] : [layer];
  const nameOf = (plate: PlateRef): string => shortPlateName(host, text, moment.target, plate);
  return (
    <>
      <label className="sheet-choice">
        <span>{text.insight.layer}</span>
        <select
          value={layer ?? ""}
          onChange={({ target: { value } }) => props.setLayer(value === "" ? null : (value as PlateRef))}
        >
          <option value="">{text.insight.merged}</option>
          {plates.map((plate) => (
            <option key={plate} value={plate}>
              {nameOf(plate)}
            </option>
          ))}
        </select>
      </label>
      {layer !== null && <Lift moment={moment} layer={layer} />}
    </>
  );
}

/** What would be lost without a layer. */
function Lift({ moment, layer }: { moment: Moment; layer: PlateRef }): ReactNode {
  const text = useText();
  const answer = useAnswer("lift", { ...moment, layer });
  if (answer.is !== "here" || !answer.value) return null;
  const { lost, older, back, first } = answer.value;
  return (
    <details className="lift">
      <summary>
        <b>{text.insight.lift}</b>: {text.insight.liftTold(lost.files, bytes(lost.bytes), older.files, back.files)}
      </summary>
      <ul className="lift-list mono" tabIndex={0} aria-label={text.insight.lift}>
        {first.map(({ path, mark, size }) => (
          <li key={path} data-mark={mark}>
            <span className="lift-mark">{text.insight.lifted[mark]}</span> <span>{path}</span> {bytes(size)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Tree(props: { moment: Moment; layer: PlateRef | null; path: string | null; rows: TreeRows }) {
  const { rows, moment, layer } = props;
  const text = useText();
  const [question, setQuestion] = useState<TreeQuestion>(() => ({ ...ALL, turned: above(rows, props.path) }));
  const [active, setActive] = useState(() => (props.path === null ? 1 : Math.max(1, rows.find(props.path))));
  // Typing goes before what it finds; keys in the tree do not wait.
  const name = useDeferredValue(question.name);
  const asked = useMemo(() => ({ ...question, name }), [question, name]);
  const shown = useMemo(() => rows.rows(asked), [rows, asked]);
  const met = useMemo(() => (isAsking(asked) ? rows.met(asked) : rows.count), [rows, asked]);
  const anyOpen = useMemo(() => shown.some((entry) => rows.isOpen(entry, asked)), [shown, rows, asked]);
  // What a filter shows is folded anew: its directories are open.
  const ask = (change: Partial<TreeQuestion>): void => {
    setQuestion((old) => {
      const next = { ...old, ...change };
      return isAsking(next) !== isAsking(old) ? { ...next, turned: new Set() } : next;
    });
  };
  const turn = (entry: number): void => {
    const turned = new Set(question.turned);
    if (!turned.delete(entry)) turned.add(entry);
    setQuestion({ ...question, turned });
  };
  const at = shown.includes(active) ? active : (shown[0] ?? -1);
  return (
    <>
      <div className="tree-filters">
        <input
          type="search"
          className="tree-find"
          aria-label={text.insight.find}
          placeholder={text.insight.find}
          value={question.name}
          onChange={(event) => ask({ name: event.target.value })}
        />
        <div className="looks" role="group" aria-label={text.insight.mark}>
          <button type="button" aria-pressed={question.marks === ""} onClick={() => ask({ marks: "" })}>
            {text.insight.allMarks}
          </button>
          {MARKS.map((mark) => (
            <button
              key={mark}
              type="button"
              data-mark={mark}
              aria-pressed={question.marks.includes(mark)}
              onClick={() => {
                const { marks } = question;
                ask({ marks: marks.includes(mark) ? marks.replace(mark, "") : marks + mark });
              }}
            >
              {text.insight.marks[mark]}
            </button>
          ))}
        </div>
        <label className="tree-least">
          <span className="visually-hidden">{text.insight.minimum}</span>
          <select value={question.minimum} onChange={(event) => ask({ minimum: Number(event.target.value) })}>
            {MINIMA.map((size) => (
              <option key={size} value={size}>
                {size === 0 ? text.insight.anySize : `≥ ${bytes(size)}`}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button small"
          aria-pressed={question.sort === "size"}
          onClick={() => ask({ sort: question.sort === "size" ? "name" : "size" })}
        >
          <ArrowDownWideNarrow size={13} aria-hidden />
          {text.insight.sort}
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => setQuestion({ ...question, turned: rows.allTurned(!anyOpen, question) })}
        >
          {anyOpen ? <ChevronsDownUp size={13} aria-hidden /> : <ChevronsUpDown size={13} aria-hidden />}
          {anyOpen ? text.insight.closeAll : text.insight.openAll}
        </button>
        <span className="tree-count" role="status">
          {text.insight.entries(met, rows.count)}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="sheet-state quiet tree-grid">{text.insight.noMatch}</p>
      ) : (
        <TreeGrid
          moment={moment}
          rows={rows}
          shown={shown}
          question={question}
          active={at}
          setActive={setActive}
          turn={turn}
        />
      )}
      {at > 0 && <FileView moment={moment} layer={layer} path={rows.path(at)} whiteout={rows.flat.kinds[at] === "w"} />}
    </>
  );
}

/** The directories above a path: open, so that it is seen. */
function above(rows: TreeRows, path: string | null): Set<number> {
  const open = new Set<number>();
  const entry = path === null ? -1 : rows.find(path);
  for (let at = rows.parents[entry] ?? -1; at > 0; at = rows.parents[at] ?? -1) open.add(at);
  return open;
}
