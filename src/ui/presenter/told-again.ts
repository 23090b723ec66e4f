import { useEffect } from "react";
import { useApp, useAppStore } from "../context.ts";

/** After a reload nothing has told the step that is shown; a class wants its sentence, so it is asked for again. */
export function useToldAgain(): void {
  const store = useAppStore();
  const untold = useApp(({ phase, shown, step }) => phase === "ready" && shown.event === null && shown.step === step);
  useEffect(() => {
    const { step } = store.getState();
    if (untold && step > 0) void store.goto(step);
  }, [store, untold]);
}
