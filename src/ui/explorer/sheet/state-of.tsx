import type { ReactNode } from "react";
import { useText } from "../../context.ts";
import type { Answer } from "../asking.ts";

/** What stands where an answer will be: waiting, what went wrong, or that it is not there. */
export function StateOf({ answer }: { answer: Answer<unknown> & { readonly retry: () => void } }): ReactNode {
  const text = useText();
  if (answer.is === "loading") {
    return (
      <p className="sheet-state quiet" role="status">
        {text.insight.loading}
      </p>
    );
  }
  if (answer.is === "here") return answer.value === null && <p className="sheet-state quiet">{text.insight.gone}</p>;
  return (
    <div className="sheet-state" role="alert">
      <p className="notice-bad">
        {text.insight.failed}: {answer.problem}
      </p>
      <button type="button" className="button" onClick={answer.retry}>
        {text.insight.retry}
      </button>
    </div>
  );
}
