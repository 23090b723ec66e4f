import { Keyboard, X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { Lesson } from "../../content/lessons/lesson.ts";
import { late } from "../components/late.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { openedAllTheSame, problemWords } from "../share/link-problem.ts";
import { createActs } from "./acts.ts";
import { ClassScene } from "./class-scene.tsx";
import { useClickerKeys } from "./clicker-keys.ts";
import { presenting, stop } from "./presenting.ts";
import { ToolButton, Tools } from "./tools.tsx";
import { useToldAgain } from "./told-again.ts";
import { useWakeLock } from "./wake-lock.ts";

const Terminals = late(async () => (await import("../terminal/terminals.tsx")).Terminals, <div className="consoles" />);

/** One window does: what the class sees, a few tools in its corner, and the terminal when it is asked for. */
export function Projector({ lesson }: { lesson: Lesson | null }) {
  const store = useAppStore();
  const words = useLearn()?.classroom;
  const acts = useMemo(() => createActs(store, lesson), [store, lesson]);
  const typing = useStore(presenting, (state) => state.typing);
  const text = useText();
  const problem = useApp((state) => state.scene.problem);
  const editing = useApp((state) => state.editor !== null);
  useClickerKeys(acts);
  useWakeLock();
  useToldAgain();
  // An editor that has opened has to be seen.
  useEffect(() => {
    if (editing) presenting.setState({ typing: true });
  }, [editing]);
  return (
    <div className="class-page" data-typing={typing}>
      <ClassScene lookOnly={false}>
        {words && (
          <div className="class-bar">
            <ToolButton label={words.type} keys="T" pressed={typing} act={() => acts("type")}>
              <Keyboard size={16} aria-hidden />
            </ToolButton>
            <Tools acts={acts} />
            <ToolButton label={words.end} keys="Escape" act={stop}>
              <X size={16} aria-hidden />
            </ToolButton>
          </div>
        )}
      </ClassScene>
      {problem && (
        <div className="class-wait" role="alert" data-alone={!openedAllTheSame(problem)}>
          <p>{problemWords(text, problem)}</p>
        </div>
      )}
      <Terminals />
    </div>
  );
}
