import type { Moment } from "../../../host/insight.ts";
import { Sentence } from "../../components/sentence.tsx";
import { useText } from "../../context.ts";
import { useAnswer } from "../asking.ts";
import { xrayWords } from "../xray-words.ts";
import { useSheetHost } from "./sheet-host.ts";

/** Which layer supplies a path, which it hides, and why. */
export function XRaySentence({ moment, path }: { moment: Moment; path: string }) {
  const text = useText();
  const host = useSheetHost();
  const answer = useAnswer("x-ray", { ...moment, path });
  return (
    <p className="xray-sentence" aria-live="polite">
      {answer.is === "here" && answer.value && (
        <Sentence phrases={xrayWords(answer.value, host, text, moment.target)} host={host} />
      )}
      {answer.is === "failed" && `${text.insight.failed}: ${answer.problem}`}
    </p>
  );
}
