import { type ReactNode, useEffect } from "react";
import { useShallow } from "zustand/react/shallow";
import { commandShown } from "../../state/classroom.ts";
import { late } from "../components/late.tsx";
import { LookOnlyContext, useApp, useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { Marks } from "./marks.tsx";
import "../components/components.css";
import "./projector.css";

const Stage = late(async () => (await import("../stage/stage.tsx")).Stage, <div className="stage" />);
const Boot = late(async () => (await import("../boot/boot.tsx")).default, <div className="stage" />);
const Caption = late(async () => (await import("../stage/caption.tsx")).Caption, <div className="caption" />);
const PictureWords = late(async () => (await import("../stage/picture-words.tsx")).PictureWords);

/** The smallest text of the page is 11 px: so large it is 24. */
const ENLARGED = 24 / 11;
/** From this size of a window on, CSS pixels; in a smaller one all is smaller, as on the same wall. */
const LEAST = { width: 1600, height: 800 };
/** Beyond this one all grows with the window. */
const WALL = { width: 1920, height: 1080 };

const partOf = (whole: { width: number; height: number }): number =>
  Math.min(window.innerWidth / whole.width, window.innerHeight / whole.height);

/** The projector theme, while this is drawn: colours of a contrast of 7 and letters of 24 px, in any large window. */
function useProjectorTheme(): void {
  useEffect(() => {
    const { dataset, style } = document.documentElement;
    const size = (): void => {
      const scale = Math.max(Math.min(1, partOf(LEAST)), partOf(WALL));
      style.setProperty("--enlarged", String(Math.max(1, Math.ceil(ENLARGED * scale * 1000) / 1000)));
    };
    dataset["projector"] = "true";
    size();
    window.addEventListener("resize", size);
    return () => {
      delete dataset["projector"];
      style.removeProperty("--enlarged");
      window.removeEventListener("resize", size);
    };
  }, []);
}

/** What a class sees: the picture, the sentence, and the last command. */
export function ClassScene({ lookOnly, children }: { lookOnly: boolean; children?: ReactNode }) {
  useProjectorTheme();
  const text = useText();
  const view = useApp((state) => state.pageView);
  return (
    <LookOnlyContext value>
      <main className="class-scene">
        <h1 className="visually-hidden">{text.app.title}</h1>
        <section className="scene" inert={lookOnly}>
          {view === "boot" ? (
            <Boot />
          ) : (
            <>
              <Stage />
              <PictureWords />
              <Caption />
            </>
          )}
        </section>
        <LastCommand>{children}</LastCommand>
      </main>
      <Marks />
    </LookOnlyContext>
  );
}

/** What the teacher has typed: seen from the last row. */
function LastCommand({ children }: { children: ReactNode }) {
  const words = useLearn()?.classroom;
  const command = useApp(useShallow(commandShown));
  return (
    <div className="class-foot">
      <p className="class-command" aria-label={words?.lastCommand} data-container={command?.inContainer}>
        {command && (
          <>
            <span className="class-prompt" aria-hidden>
              {command.inContainer ? "#" : "$"}
            </span>
            <code>{command.line}</code>
          </>
        )}
      </p>
      {children}
    </div>
  );
}
