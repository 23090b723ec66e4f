import { Play, RotateCcw } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Demo } from "../../content/lessons/lesson.ts";
import { createHostClient, type HostPort } from "../../state/host-client.ts";
import { type AppStore, createAppStore } from "../../state/store.ts";
import { late } from "../components/late.tsx";
import { LookOnlyContext, StoreContext, useApp, useAppStore } from "../context.ts";
import { Caption } from "../stage/caption.tsx";
import { sceneAt } from "../stage/scene.ts";
import { Stage } from "../stage/stage.tsx";
import { useLearn } from "./context.ts";

const Boot = late(async () => (await import("../boot/boot.tsx")).default);

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
  const [said, setSaid] = useState({ output: "", told: true });

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
    const { step, activeTerminal } = store.getState();
    try {
      const { output } = await store.runTyped(activeTerminal, demo.line, 80);
      setSaid({ output: plain(output), told: store.getState().step > step });
      setPhase("after");
    } catch {
      setPhase("failed");
    }
  };
  if (!learn) return null;
  const text = learn.lessons.demo;
  return (
    <>
      {store && phase !== "making" && phase !== "failed" ? (
        <StoreContext value={store}>
          <LookOnlyContext value={true}>
            {demo.shows === "boot" ? (
              <div className="demo-stage" data-shows="boot" data-told={phase === "after"}>
                <Boot key={phase} wanted={phase === "after" ? "kernel" : "power"} />
              </div>
            ) : (
              <>
                <DemoStage demo={demo} running={phase !== "after"} />
                <figcaption className="demo-words">
                  {phase === "before" ? (
                    <p className="quiet">{text.ready}</p>
                  ) : phase === "after" && !said.told ? (
                    <p role="status">{text.reads}</p>
                  ) : (
                    <Caption />
                  )}
                </figcaption>
              </>
            )}
            {phase === "after" && said.output !== "" && (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys have to reach it.
              <pre className="demo-output" tabIndex={0} role="group" aria-label={text.output}>
                {said.output}
              </pre>
            )}
          </LookOnlyContext>
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

/** What a command printed, where it is a few plain lines: not what is drawn with a terminal's own means. */
function plain(output: string): string {
  const lines = output.replaceAll("\r\n", "\n").trimEnd();
  return lines.includes("\u001b") || lines.includes("\r") ? "" : lines;
}

const HEIGHT = { least: 250, most: 440 };
/** Of a layer that is being fetched, and of what stands above the layers, px. */
const [ROW, STRIP] = [56, 60];

/** The picture of a stack or a host, as high as it has to be, and never lower than it was. It is looked at: the terminal that its buttons would type in is not here. */
function DemoStage({ demo: { shows, path }, running }: { demo: Demo; running: boolean }) {
  const store = useAppStore();
  const box = useRef<HTMLDivElement>(null);
  const shown = useApp((state) => state.shown);
  const pull = useApp((state) => state.pulling);
  const told = useApp((state) => state.shown.step === state.step);
  const [height, setHeight] = useState(HEIGHT.least);
  useLayoutEffect(() => {
    const size = { width: (box.current?.clientWidth ?? 320) - 24, height: 0 };
    const host = shows === "host";
    const { stack, plates } = sceneAt(shown, { ...size, expanded: false, host });
    const coming = pull ? STRIP + (host || pull.done ? 0 : pull.total * ROW) : 0;
    const needed = host ? (plates?.height ?? 0) + coming : Math.max(stack?.height ?? 0, coming);
    setHeight((now) => Math.min(HEIGHT.most, Math.max(now, needed)));
  }, [shown, pull, shows]);
  const over = !running && told;
  // The story goes to where something happens; at its end stands what the author wants to be seen.
  useEffect(() => {
    const target = store.getState().shown.focus?.target;
    if (over && path && target) void store.look(target, path);
  }, [over, path, store]);
  return (
    <div
      className="demo-stage"
      ref={box}
      style={{ height }}
      data-told={over && (!path || shown.focus?.path === path)}
      inert
    >
      <Stage />
    </div>
  );
}
