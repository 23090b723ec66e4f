import { join } from "../../core/filesystem/path.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp, useText } from "../context.ts";
import { entriesOf } from "../stage/columns.ts";
import { useAnswer, useMoment } from "./asking.ts";
import { useExplorer } from "./opening.ts";
import { xrayWords } from "./xray-words.ts";

/** Which layer gives the selected entry, what it hides, and why. */
export default function XRay() {
  const text = useText();
  const { view, host } = useApp((state) => state.shown);
  const selected = useApp((state) => state.selectedEntry);
  const moment = useMoment();
  const open = useExplorer();
  const found = view && entriesOf(view).some((one) => one.name === selected);
  const path = found && selected !== null ? join(view.path, selected) : null;
  const answer = useAnswer("x-ray", moment && path !== null ? { ...moment, path } : null);
  if (!moment || path === null) return null;
  return (
    <section className="card" aria-live="polite" aria-label={text.panel.xray}>
      <h2>{text.panel.xray}</h2>
      <p>
        {answer.is === "here" && answer.value && (
          <Sentence phrases={xrayWords(answer.value, host, text, moment.target)} host={host} />
        )}
        {answer.is === "failed" && `${text.insight.failed}: ${answer.problem}`}
      </p>
      <div className="card-actions">
        <button type="button" className="button" onClick={() => open({ view: "tree", path })}>
          {text.insight.open}
        </button>
      </div>
    </section>
  );
}
