import { CornerDownLeft } from "lucide-react";
import { useState } from "react";
import { isIdle } from "../../state/plan.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { nextStep } from "./next-step.ts";

/** One inviting next step, as a button that types it. */
export function NextStepButton() {
  const store = useAppStore();
  const text = useText();
  const host = useApp((state) => state.detailed);
  const sessions = useApp((state) => state.sessions);
  const typed = useApp((state) => state.typed);
  const idle = useApp(isIdle);
  const [pressed, setPressed] = useState(false);
  const step = nextStep({ host, sessions, typed });
  if (!idle || !step || host.images.length === 0) return null;
  return (
    <button
      type="button"
      className="next-step"
      title={step.line}
      disabled={pressed}
      onClick={() => {
        // Until it has run, a second click would type it once more.
        setPressed(true);
        void store.runCommand(step.line, step.terminal).finally(() => setPressed(false));
      }}
    >
      <small>{text.start.next}</small>
      {text.start.steps[step.name]}
      <CornerDownLeft size={14} aria-hidden />
    </button>
  );
}
