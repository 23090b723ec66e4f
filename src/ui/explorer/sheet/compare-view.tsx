import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import type { StackTarget } from "../../../engine/stack-view.ts";
import type { HostState } from "../../../engine/host-state.ts";
import type { PlateRef } from "../../../engine/insight/plates.ts";
import type { Moment, Side } from "../../../host/insight.ts";
import { useApp, useText } from "../../context.ts";
import { useAnswer } from "../asking.ts";
import { shortPlateName } from "../xray-words.ts";
import { Differences } from "./differences.tsx";
import { StackChoice } from "./stacks.tsx";
import { StateOf } from "./state-of.tsx";
import { useSheetHost } from "./sheet-host.ts";

/** As many commands back one can choose a moment. */
const MOMENTS = 60;

/** Two images, containers, moments or parts of a stack, and in what they differ. */
export function CompareView({ moment }: { moment: Moment }) {
  const text = useText();
  const host = useSheetHost();
  const after: Side = { ...moment, layers: null };
  const [sides, setSides] = useState({ before: { ...after, target: belowOf(host, moment.target) }, after });
  const answer = useAnswer("compare", sides);
  return (
    <div className="compare-view">
      <div className="compare-sides">
        <SideChoice
          title={text.insight.before}
          side={sides.before}
          change={(before) => setSides({ ...sides, before })}
        />
        <button
          type="button"
          className="icon-button compare-swap"
          aria-label={text.insight.swap}
          title={text.insight.swap}
          onClick={() => setSides({ before: sides.after, after: sides.before })}
        >
          <ArrowLeftRight size={15} aria-hidden />
        </button>
        <SideChoice
          title={text.insight.after}
          side={sides.after}
          change={(next) => setSides({ ...sides, after: next })}
        />
      </div>
      <StateOf answer={answer} />
      {answer.is === "here" && answer.value && (
        <Differences key={JSON.stringify(sides)} sides={sides} comparison={answer.value} />
      )}
    </div>
  );
}

/** What a stack was made from: a container's image, an image's parent, else another image. */
function belowOf(host: HostState, target: StackTarget): StackTarget {
  const image = host.images.find(({ id }) => id === target.id);
  const container = host.containers.find(({ id }) => id === target.id);
  const wanted = container?.image ?? image?.parent ?? host.images.find(({ id }) => id !== target.id)?.id;
  const found = host.images.find(({ id }) => id === wanted);
  return found ? { kind: "image", id: found.id } : target;
}

function SideChoice({ title, side, change }: { title: string; side: Side; change: (side: Side) => void }) {
  const text = useText();
  const host = useSheetHost();
  const segments = useApp((state) => state.segments);
  const container = host.containers.find(({ id }) => id === side.target.id);
  const image = host.images.find(({ id }) => id === (container?.image ?? side.target.id));
  const plates: readonly PlateRef[] = [...(image?.chain ?? []), ...(container ? (["init", "writable"] as const) : [])];
  const moments = segments.slice(-MOMENTS).toReversed();
  return (
    <fieldset className="compare-side">
      <legend>{title}</legend>
      <StackChoice
        label={text.insight.stack}
        value={side.target}
        change={(target) => change({ ...side, target, layers: null })}
      />
      <PlateChoice side={side} plates={plates} change={change} />
      <label className="sheet-choice">
        <span>{text.insight.moment}</span>
        <select
          value={side.step ?? ""}
          onChange={({ target: { value } }) => change({ ...side, step: value === "" ? null : Number(value) })}
        >
          <option value="">{text.insight.now}</option>
          {side.step !== null && !moments.some(({ to }) => to === side.step) && (
            <option value={side.step}>{text.timeline.stepShort(side.step, segments.at(-1)?.to ?? side.step)}</option>
          )}
          {moments.map(({ to, command }) => (
            <option key={to} value={to}>
              {text.insight.afterCommand(to, command)}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

/** Of all plates, those from one to another. */
function PlateChoice(props: { side: Side; plates: readonly PlateRef[]; change: (side: Side) => void }) {
  const text = useText();
  const host = useSheetHost();
  const { side, plates, change } = props;
  const top = plates.length;
  const [lowest, highest] = side.layers ?? [1, top];
  const choose = (from: number, to: number): void =>
    change({ ...side, layers: from === 1 && to === top ? null : [from, to] });
  const options = plates.map((plate, index) => (
    <option key={plate} value={index + 1}>
      {text.insight.plateAt(index + 1, shortPlateName(host, text, side.target, plate))}
    </option>
  ));
  return (
    <div className="sheet-choice plate-range" role="group" aria-label={text.insight.plates}>
      <span aria-hidden>{text.insight.plates}</span>
      <select
        aria-label={text.insight.lowest}
        value={lowest}
        disabled={top < 2}
        onChange={({ target: { value } }) => choose(Number(value), Math.max(Number(value), highest))}
      >
        {options}
      </select>
      <span aria-hidden>{text.insight.to}</span>
      <select
        aria-label={text.insight.highest}
        value={highest}
        disabled={top < 2}
        onChange={({ target: { value } }) => choose(Math.min(lowest, Number(value)), Number(value))}
      >
        {options}
      </select>
    </div>
  );
}
