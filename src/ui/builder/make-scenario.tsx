import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { scenarioIn } from "../../host/host-names.ts";
import { useApp, useAppStore } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { makeFromHost } from "./make.ts";

/** The way from what the page shows to a scenario; nothing where nothing was done yet, or one is being made. */
export function MakeScenario() {
  const app = useAppStore();
  const words = useLearn()?.builder;
  const offered = useApp(({ history, source }) => history.head >= 0 && scenarioIn(source) === null);
  const [problem, setProblem] = useState("");
  if (!words || !offered) return null;
  return (
    <section className="dialog-part" aria-label={words.make}>
      <p>{words.makeWhat}</p>
      <div className="dialog-foot">
        <span role="alert">{problem}</span>
        <button
          type="button"
          className="button"
          onClick={() =>
            void makeFromHost(app).catch((error: unknown) =>
              setProblem(words.list.failed(error instanceof Error ? error.message : String(error))),
            )
          }
        >
          <GraduationCap size={14} aria-hidden />
          {words.make}
        </button>
      </div>
    </section>
  );
}
