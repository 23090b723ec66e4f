import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "../theme/tokens.css";
import "../theme/base.css";
import "../components/components.css";
import "../header/header.css";
import "../stage/timeline.css";
import "../terminal/terminal.css";
import "./embed.css";
import { useEffect } from "react";
import type { Opening } from "../../host/opening.ts";
import { inLanguage } from "../../host/scenario.ts";
import type { AppStore } from "../../state/store.ts";
import { late } from "../components/late.tsx";
import { LookOnlyContext, StoreContext, useApp, useText } from "../context.ts";
import { Logo } from "../header/logo.tsx";
import { useLearn } from "../lessons/context.ts";
import { openedAllTheSame, problemWords } from "../share/link-problem.ts";
import type { Embedding } from "./embedding.ts";
import { Head } from "./head.tsx";

// The frame comes first; the picture is read and laid out while the worker still opens the host.
const Stage = late(async () => (await import("../stage/stage.tsx")).Stage, <Meanwhile />);
const Boot = late(async () => (await import("../boot/boot.tsx")).default, <Meanwhile />);
const PictureWords = late(async () => (await import("../stage/picture-words.tsx")).PictureWords);
const PastBanner = late(async () => (await import("../stage/past-banner.tsx")).PastBanner, <div />);
const Caption = late(async () => (await import("../stage/caption.tsx")).Caption, <div className="caption" />);
const Timeline = late(async () => (await import("../stage/timeline.tsx")).Timeline, <div className="timeline" />);
const Terminals = late(async () => (await import("../terminal/terminals.tsx")).Terminals, <div className="consoles" />);

interface EmbedPageProps {
  readonly store: AppStore;
  readonly embedding: Embedding;
  readonly opening: Opening;
}

/** One scene in a frame of somebody else's page. */
export function EmbedPage({ store, ...asked }: EmbedPageProps) {
  return (
    <StoreContext value={store}>
      <LookOnlyContext value={asked.embedding.terminal !== "write"}>
        <Frame {...asked} />
      </LookOnlyContext>
    </StoreContext>
  );
}

function Frame({ embedding, opening }: Omit<EmbedPageProps, "store">) {
  const text = useText();
  const words = useLearn()?.embed;
  const view = useApp((state) => state.pageView);
  const phase = useApp((state) => state.phase);
  const failure = useApp((state) => state.problem);
  const { problem, title } = useApp((state) => state.scene);
  const name = inLanguage(
    title,
    useApp((state) => state.preferences.locale),
  );
  useEffect(() => {
    document.documentElement.lang = text.tag;
    if (words) document.title = words.frame(name);
  }, [text, words, name]);
  const broken = problem && !openedAllTheSame(problem) ? problem.reason : null;
  if (phase === "failed" || broken) {
    return (
      <main className="embed-broken">
        <div role="alert">
          <h1>{broken ? words?.broken : text.app.failed}</h1>
          <p>{broken ? words?.problems[broken as keyof typeof words.problems] : failure}</p>
        </div>
        {words && (
          <a href="./" target="_blank" rel="noopener">
            <Logo />
            {words.openAnyway}
          </a>
        )}
      </main>
    );
  }
  const { terminal, controls } = embedding;
  return (
    <main className="embed" aria-label={words?.frame(name)} aria-busy={phase === "opening"} data-terminal={terminal}>
      {controls ? <Head title={name} opening={opening} /> : <h1 className="visually-hidden">{name || "Lamina"}</h1>}
      {problem && <p className="embed-notice">{problemWords(text, problem)}</p>}
      <section className="scene">
        {view === "boot" ? (
          <Boot />
        ) : (
          <>
            <Stage />
            <PictureWords />
            <PastBanner />
            <Caption />
            {controls && <Timeline />}
          </>
        )}
      </section>
      {terminal !== "no" && (
        // Seen and nothing more: neither keys nor the focus go in.
        <div className="embed-terminals" inert={terminal === "read"}>
          <Terminals />
        </div>
      )}
    </main>
  );
}

function Meanwhile() {
  const text = useText();
  return (
    <div className="stage" aria-busy>
      <p className="stage-words">{text.app.opening}</p>
    </div>
  );
}
