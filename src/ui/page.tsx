import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { type KeyboardEvent, type PointerEvent, Suspense, lazy, useEffect, useMemo, useState } from "react";
import type { Lesson } from "../content/lessons/lesson.ts";
import type { AppStore } from "../state/store.ts";
import { late } from "./components/late.tsx";
import { StoreContext, useApp, useText } from "./context.ts";
import { Explorer } from "./explorer/explorer.tsx";
import { Header } from "./header/header.tsx";
import { useViewKeys } from "./header/view-keys.ts";
import { stillWanted } from "./motion.ts";
import { OwnHosts } from "./share/own-hosts.tsx";
import { Caption } from "./stage/caption.tsx";
import { PastBanner } from "./stage/past-banner.tsx";
import { Stage } from "./stage/stage.tsx";
import { Timeline } from "./stage/timeline.tsx";
import { createTerminalHub } from "./terminal/hub.ts";
import { HubContext } from "./terminal/hub-context.ts";
import { Terminals } from "./terminal/terminals.tsx";

const SceneBanner = late(async () => (await import("./share/banner.tsx")).SceneBanner);
const DropScene = late(async () => (await import("./share/drop.tsx")).DropScene);
const StepNote = late(async () => (await import("./share/step-note.tsx")).StepNote);
const LessonSide = late(async () => (await import("./lessons/side.tsx")).LessonSide);
const Boot = lazy(() => import("./boot/boot.tsx"));

/** The whole page for one store. */
export function Page({ store, lesson = null }: { store: AppStore; lesson?: Lesson | null }) {
  const hub = useMemo(() => createTerminalHub(store, () => stillWanted(store.getState().preferences)), [store]);
  return (
    <StoreContext value={store}>
      <HubContext value={hub}>
        <Frame lesson={lesson} />
      </HubContext>
    </StoreContext>
  );
}

/** The document's own attributes follow the preferences. */
function useDocument(): void {
  const text = useText();
  const { theme } = useApp((state) => state.preferences);
  useEffect(() => {
    document.documentElement.lang = text.tag;
    document.title = text.app.title;
  }, [text]);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
}

function Frame({ lesson }: { lesson: Lesson | null }) {
  useDocument();
  useViewKeys();
  const text = useText();
  const phase = useApp((state) => state.phase);
  const problem = useApp((state) => state.problem);
  const scene = useApp(({ source }) => source.kind === "link" || source.kind === "file");
  if (phase === "failed") {
    return (
      <main className="opening">
        <h1>{text.app.failed}</h1>
        <p role="alert">{problem}</p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            {text.app.reload}
          </button>
        </p>
        <p>{text.app.failedHelp}</p>
        <OwnHosts />
      </main>
    );
  }
  return (
    <div className="page" aria-busy={phase === "opening"}>
      <a className="skip" href="#terminals" onClick={focusTerminal}>
        {text.app.skip}
      </a>
      <Header />
      {scene && <SceneBanner />}
      <DropScene />
      <Workspace lesson={lesson} />
    </div>
  );
}

function focusTerminal(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('.console[data-active="true"] textarea')?.focus();
}

/** Most scenes have none: it is loaded with the first that has. */
function Note() {
  const noted = useApp(({ history }) => history.entries.some(({ title, note }) => title || note));
  return noted && <StepNote />;
}

const LEAST = 120;

function Workspace({ lesson }: { lesson: Lesson | null }) {
  const text = useText();
  const view = useApp((state) => state.pageView);
  const [height, setHeight] = useState<number | null>(null);
  const most = (): number => Math.max(LEAST, window.innerHeight - 300);
  const clamp = (value: number): number => Math.round(Math.min(most(), Math.max(LEAST, value)));
  const current = height ?? Math.round(window.innerHeight * 0.31);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setHeight(clamp(window.innerHeight - event.clientY));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 24, ArrowDown: -24 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setHeight(clamp(current + by));
  };
  return (
    <main
      className="workspace"
      data-lesson={lesson !== null}
      style={height === null ? undefined : { ["--terminals" as string]: `${height}px` }}
    >
      {lesson && <LessonSide lesson={lesson} />}
      <section className="scene">
        {view === "boot" ? (
          <Suspense fallback={<div className="stage" aria-busy />}>
            <Boot />
          </Suspense>
        ) : (
          <>
            <Stage />
            <PastBanner />
            <Caption />
            <Note />
            <Timeline />
          </>
        )}
      </section>
      <Explorer />
      <div
        className="divider"
        role="separator"
        aria-orientation="horizontal"
        aria-label={text.terminal.resize}
        aria-valuemin={LEAST}
        aria-valuemax={most()}
        aria-valuenow={current}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <Terminals />
    </main>
  );
}
