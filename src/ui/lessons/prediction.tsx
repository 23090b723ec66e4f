import { Check, HelpCircle, X } from "lucide-react";
import { useEffect, useState } from "react";
import { bytes } from "../../content/locales/phrase.ts";
import type { StackRow } from "../../engine/stack-view.ts";
import type { Answer, Size } from "../../state/lesson.ts";
import { useApp, useText } from "../context.ts";
import { tintOf, untinted } from "../layer-color.ts";
import { layerName } from "../names.ts";
import { useLearn, useLesson, useLessonStore } from "./context.ts";
import { MarkdownLine } from "./markdown.tsx";

const SIZES: readonly Size[] = ["larger", "same", "smaller"];

/** A question before a command runs; the truth is read off the state after it. `away` lets the stage be seen. */
export function PredictionCard({ question, away }: { question: string; away: () => void }) {
  const store = useLessonStore();
  const learn = useLearn();
  const prediction = useLesson((state) => state.lesson.prediction);
  const asking = useLesson((state) => state.asking);
  const predicted = useLesson((state) => state.predicted);
  const [plates, setPlates] = useState<readonly StackRow[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    let gone = false;
    if (asking) void store.plates().then((rows) => !gone && setPlates(rows));
    return () => {
      gone = true;
    };
  }, [store, asking]);
  if (!prediction || !learn) return null;
  const text = learn.lessons.prediction;
  if (predicted) return <Truth right={predicted.right} />;
  if (!asking) return null;
  const run = (given: Answer | null): void => {
    away();
    void store.predict(given);
  };
  const answer: Answer | null = prediction.asks.kind === "plates" ? { plates: chosen } : size && { size };
  return (
    <section className="prediction" aria-label={text.title}>
      <h3>
        <HelpCircle size={15} aria-hidden /> {text.title}
      </h3>
      <p>
        <MarkdownLine source={question} />
      </p>
      <code className="demo-line">{prediction.line}</code>
      {prediction.asks.kind === "plates" ? (
        <fieldset>
          <legend>{text.plates}</legend>
          {plates.map(({ layer }) => (
            <label key={layer} className="choice">
              <input
                type="checkbox"
                checked={chosen.includes(layer)}
                onChange={() =>
                  setChosen(chosen.includes(layer) ? chosen.filter((one) => one !== layer) : [...chosen, layer])
                }
              />
              <PlateName layer={layer} />
            </label>
          ))}
        </fieldset>
      ) : (
        <fieldset>
          <legend>
            {text.sizes} {text.than(prediction.asks.than)}
          </legend>
          {SIZES.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="size" checked={size === one} onChange={() => setSize(one)} />
              {text[one]}
            </label>
          ))}
        </fieldset>
      )}
      <div className="prediction-foot">
        <button type="button" className="button" onClick={() => run(null)}>
          {text.skip}
        </button>
        <button type="button" className="button-main" disabled={answer === null} onClick={() => run(answer)}>
          {text.answer}
        </button>
      </div>
    </section>
  );
}

function PlateName({ layer }: { layer: string }) {
  const text = useText();
  const host = useApp((state) => state.host);
  const { className, style } = tintOf(host, layer) ?? untinted;
  return (
    <span className={`name ${className}`} style={style}>
      {layer === "writable" ? text.stack.writable : layer === "init" ? text.stack.init : layerName(host, layer)}
    </span>
  );
}

/** What came of it, in words; empty while nothing was predicted. */
export function useTruth(): string {
  const learn = useLearn();
  const text = useText();
  const host = useApp((state) => state.host);
  const predicted = useLesson((state) => state.predicted);
  const asks = useLesson((state) => state.lesson.prediction?.asks);
  if (!learn || !predicted || !asks) return "";
  const words = learn.lessons.prediction;
  const { truth } = predicted;
  if ("plates" in truth) {
    const name = (layer: string): string =>
      layer === "writable" ? text.stack.writable : layer === "init" ? text.stack.init : layerName(host, layer);
    return truth.plates.length === 0 ? words.nothing : words.changed(truth.plates.map(name).join(", "));
  }
  const by = bytes(truth.by ?? 0);
  const image = asks.kind === "sizes" ? asks.image : "";
  if (truth.size === "same") return words.equal(image);
  return truth.size === "larger" ? words.grew(image, by) : words.shrank(image, by);
}

function Truth({ right }: { right: boolean }) {
  const words = useLearn()?.lessons.prediction;
  const told = useTruth();
  if (!words) return null;
  return (
    <section className="prediction" data-right={right} role="status">
      <h3>
        {right ? <Check size={15} aria-hidden /> : <X size={15} aria-hidden />} {right ? words.right : words.wrong}
      </h3>
      <p>{told}</p>
    </section>
  );
}
