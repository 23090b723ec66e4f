import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./explorer/explorer.css";
import "./header/header.css";
import "./stage/timeline.css";
import "./terminal/terminal.css";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useStore } from "zustand";
import type { Lesson } from "../content/lessons/lesson.ts";
import { scenarioIn } from "../host/host-names.ts";
import type { AppStore } from "../state/store.ts";
import { late } from "./components/late.tsx";
import { StoreContext, useApp, useText } from "./context.ts";
import { useDocument } from "./document.ts";
import { Brand } from "./header/logo.tsx";
import { presenting } from "./presenter/role.ts";
import { Opening } from "./stage/opening.tsx";

// All has its place at once, and comes a moment later. What the host answers is drawn on the stage, so that is
// asked for before anything of the page is drawn, and is here when the worker is.
const stage = import("./stage/stage.tsx");
const Stage = late(
  async () => (await stage).Stage,
  <div className="stage">
    <Opening />
  </div>,
);
const Header = late(
  async () => (await import("./header/header.tsx")).Header,
  <header className="header">
    <Brand />
  </header>,
);
const ViewKeys = late(async () => (await import("./header/view-keys.ts")).ViewKeys);
const SceneBanner = late(async () => (await import("./share/banner.tsx")).SceneBanner);
const DropScene = late(async () => (await import("./share/drop.tsx")).DropScene);
const Failed = late(async () => (await import("./failed.tsx")).Failed);
const BuilderSide = late(async () => (await import("./builder/side.tsx")).BuilderSide, <aside className="lesson" />);
const LessonSide = late(async () => (await import("./lessons/side.tsx")).LessonSide, <aside className="lesson" />);
const Projector = late(async () => (await import("./presenter/projector.tsx")).Projector);
const UnknownLesson = late(async () => (await import("./lessons/unknown.tsx")).UnknownLesson);
const PresenterPanel = late(
  async () => (await import("./presenter/panel.tsx")).PresenterPanel,
  <aside className="class-panel" />,
);
const Terminals = late(async () => (await import("./terminal/terminals.tsx")).Terminals, <div className="consoles" />);
const Explorer = late(async () => (await import("./explorer/explorer.tsx")).Explorer, <div className="explorer" />);
const Timeline = late(async () => (await import("./stage/timeline.tsx")).Timeline, <div className="timeline" />);
const Caption = late(async () => (await import("./stage/caption.tsx")).Caption, <div className="caption" />);
const PastBanner = late(async () => (await import("./stage/past-banner.tsx")).PastBanner, <div />);
const StepNote = late(async () => (await import("./share/step-note.tsx")).StepNote);
const PictureWords = late(async () => (await import("./stage/picture-words.tsx")).PictureWords);
const Boot = late(async () => (await import("./boot/boot.tsx")).default, <div className="stage" aria-busy />);

/** The whole page for one store. */
export function Page({ store, lesson = null }: { store: AppStore; lesson?: Lesson | null }) {
  return (
    <StoreContext value={store}>
      <Frame lesson={lesson} />
      <ViewKeys />
    </StoreContext>
  );
}

function Frame({ lesson: asked }: { lesson: Lesson | null }) {
  // One of the course, or one that came with a link.
  const lesson = useApp(({ scene }) => asked ?? scene.lesson ?? null);
  useDocument();
  const text = useText();
  const phase = useApp((state) => state.phase);
  const role = useStore(presenting, (state) => state.role);
  const unknown = lesson ? null : new URLSearchParams(location.search).get("lesson");
  const scene = useApp(({ source }) => source.kind === "link" || source.kind === "file");
  if (phase === "failed") return <Failed />;
  if (role === "projector") return <Projector lesson={lesson} />;
  return (
    <div className="page" aria-busy={phase === "opening"}>
      <a className="skip" href="#terminals" onClick={focusTerminal}>
        {text.app.skip}
      </a>
      <Header />
      {scene && <SceneBanner />}
      <DropScene />
      {unknown !== null && <UnknownLesson id={unknown} />}
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
  const built = useApp(({ source }) => scenarioIn(source));
  const presents = useStore(presenting, (state) => state.role === "presenter");
  // While the clicker drives, a terminal that opens does not take the keys.
  const driven = useStore(presenting, (state) => state.role === "presenter" && !state.typing);
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
      data-lesson={(lesson !== null || built !== null) && !presents}
      data-presenter={presents}
      style={height === null ? undefined : { ["--terminals" as string]: `${height}px` }}
    >
      {built !== null && !presents && <BuilderSide id={built} />}
      {lesson && !presents && <LessonSide lesson={lesson} />}
      <section className="scene">
        {view === "boot" ? (
          <Boot />
        ) : (
          <>
            <Stage />
            <PictureWords />
            <PastBanner />
            <Caption />
            <Note />
            <Timeline />
          </>
        )}
      </section>
      {presents ? <PresenterPanel lesson={lesson} /> : <Explorer />}
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
      <div className="terminals-place" inert={driven}>
        <Terminals />
      </div>
    </main>
  );
}
