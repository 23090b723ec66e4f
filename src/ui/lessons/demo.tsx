import { Play, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Demo } from "../../content/lessons/lesson.ts";
import { createHostClient, type HostPort } from "../../state/host-client.ts";
import { type AppStore, createAppStore } from "../../state/store.ts";
import { StoreContext, useApp, useAppStore } from "../context.ts";
import { Caption } from "../stage/caption.tsx";
import { Stage } from "../stage/stage.tsx";
import { useLearn } from "./context.ts";

/** A demonstration in a lesson's text: how it stands before, the command, how it stands after; on a host of its own. */
export function LessonDemo({ demo }: { demo: Demo }) {
  const learn = useLearn();
  const near = useRef<HTMLElement>(null);
  const [wanted, setWanted] = useState(false);
  // A host costs something: it is made when the reader comes near.
  useEffect(() => {
    const element = near.current;
    if (!element || wanted) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setWanted(true),
      { rootMargin: "120px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [wanted]);
  return (
    <figure className="demo" ref={near} aria-label={learn?.lessons.demo.name(demo.line)}>
      {wanted ? <DemoHost demo={demo} /> : <div className="demo-stage" aria-busy />}
    </figure>
  );
}

function DemoHost({ demo }: { demo: Demo }) {
  const page = useAppStore();
  const learn = useLearn();
  const locale = useApp((state) => state.preferences.locale);
  const [store, setStore] = useState<AppStore | null>(null);
  const [phase, setPhase] = useState<"making" | "before" | "running" | "after" | "failed">("making");
  const [round, setRound] = useState(0);

  useEffect(() => {
    const worker = new Worker(new URL("../../worker.ts", import.meta.url), { type: "module", name: "lamina demo" });
    const own = createAppStore(createHostClient(worker as unknown as HostPort), {
      dictionary: page.getState().dictionary,
      preferenceStore: null,
      languages: [locale],
      base: document.baseURI.replace(/[?#].*$/, ""),
    });
    const { preferences } = page.getState();
    void own.setPreferences(preferences);
    own.setPageView(demo.shows);
    let gone = false;
    setPhase("making");
    own.open({ kind: "demo", start: demo.before }).then(
      async () => {
        const { focus } = own.getState().shown;
        if (demo.path && focus) await own.look(focus.target, demo.path);
        if (gone) return;
        setStore(own);
        setPhase("before");
      },
      () => !gone && setPhase("failed"),
    );
    return () => {
      gone = true;
      worker.terminate();
    };
    // Another language changes the words alone; see below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [demo, page, round]);

  const preferences = useApp((state) => state.preferences);
  useEffect(() => void store?.setPreferences(preferences), [store, preferences]);

  const run = async (): Promise<void> => {
    if (!store) return;
    setPhase("running");
    await store.runTyped(store.getState().activeTerminal, demo.line, 80);
    setPhase("after");
  };
  if (!learn) return null;
  const text = learn.lessons.demo;
  return (
    <>
      {store && phase !== "making" ? (
        <StoreContext value={store}>
          <div className="demo-stage">
            <Stage />
          </div>
          <figcaption className="demo-words">
            {phase === "before" ? <p className="quiet">{text.ready}</p> : <Caption />}
          </figcaption>
        </StoreContext>
      ) : (
        <p className="demo-stage demo-making" role="status">
          {phase === "failed" ? text.failed : text.making}
        </p>
      )}
      <div className="demo-foot">
        <code className="demo-line">{demo.line}</code>
        {phase === "after" ? (
          <button type="button" className="button" onClick={() => setRound(round + 1)}>
            <RotateCcw size={13} aria-hidden />
            {text.again}
          </button>
        ) : (
          <button type="button" className="button-main" disabled={phase !== "before"} onClick={() => void run()}>
            <Play size={13} aria-hidden />
            {text.run}
          </button>
        )}
      </div>
    </>
  );
}
