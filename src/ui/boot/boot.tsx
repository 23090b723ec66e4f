import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useCallback, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Phrase, bytes } from "../../content/locales/phrase.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { isTaken } from "../keys.ts";
import { stillWanted } from "../motion.ts";
import { imageName } from "../names.ts";
import { PastBanner, PastWays, usePastMoment } from "../stage/past-banner.tsx";
import { toggleMotion } from "../stage/timeline-keys.ts";
import { kernelFile, machineSize } from "./figures.ts";
import { layoutBoot } from "./layout.ts";
import { BootPicture } from "./picture.tsx";
import { between, changedParts } from "./scene.ts";
import { STAGES, type Stage, stageByKey } from "./stages.ts";
import {
  type Subject,
  GENERIC,
  type RootEntry,
  containerOf,
  distributionsOf,
  imageOf,
  inCourseOrder,
} from "./subject.ts";
import "./boot.css";

/** Time between two stages, and time to read one, in ms at speed 1. */
const MOTION = 700;
const READING = 6000;
/** Names of a root directory that are asked for. */
const NAMES = 40;

const NONE: ReadonlySet<string> = new Set();

/** In the first pictures things keep their places, so that it says something when one is new or has moved. */
const isTower = (stage: number): boolean => stage < STAGES.indexOf("sizes");

/**
 * The third view: how a machine boots, and what of that an image does without. With `wanted` it stands in a text,
 * begins at that stage, and leaves the page's own place and keys alone.
 */
export default function Boot({ wanted }: { wanted?: Stage }) {
  const text = useText();
  const preferences = useApp((state) => state.preferences);
  const speed = useApp((state) => state.speed);
  const store = useAppStore();
  const subject = useSubject();
  const past = usePastMoment() !== null;
  const root = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  // The page's own place is the page's: one comes back to it, and a class follows it.
  const shared = useApp((state) => state.bootStage);
  const [own, setOwn] = useState(wanted ? STAGES.indexOf(wanted) : 0);
  const now = wanted ? own : shared;
  const [at, setAt] = useState({ stage: now, before: now });
  if (at.stage !== now) setAt({ stage: now, before: at.stage });
  const [playing, setPlaying] = useState(false);
  const still = stillWanted(preferences);
  const position = usePosition(at, still, speed);

  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth - 24, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const go = useCallback(
    (stage: number): void => {
      if (root.current) root.current.scrollTop = 0;
      if (wanted) setOwn(stage);
      else store.setState({ bootStage: stage });
    },
    [store, wanted],
  );
  const goByHand = (stage: number): void => {
    setPlaying(false);
    go(stage);
  };
  const last = STAGES.length - 1;
  const moving = playing && at.stage < last;
  const toggle = (): true => {
    if (!moving && at.stage === last) go(0);
    setPlaying(!moving);
    return true;
  };
  useStageKeys(root, wanted !== undefined, (key) => {
    if (key === " ") return toggle();
    if (key === "m" || key === "M") {
      void toggleMotion(store);
      return true;
    }
    const stage = stageByKey(at.stage, key);
    if (stage !== null) goByHand(stage);
    return stage !== null;
  });
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => (at.stage < last ? go(at.stage + 1) : setPlaying(false)), READING / speed);
    return () => clearTimeout(timer);
  }, [playing, at.stage, speed, last, go]);

  const stage = STAGES[at.stage] ?? "power";
  const scenes = useMemo(() => {
    if (!size) return null;
    const before = layoutBoot(STAGES[at.before] ?? "power", subject, size);
    return { before, after: layoutBoot(stage, subject, size) };
  }, [size, at, stage, subject]);
  const marks = useMemo(
    () =>
      scenes && still && isTower(at.before) && isTower(at.stage) ? changedParts(scenes.before, scenes.after) : NONE,
    [scenes, still, at],
  );

  return (
    <>
      <div className="stage boot" ref={root} role="region" aria-label={text.boot.name} tabIndex={0}>
        {scenes && (
          <BootPicture
            scene={between(scenes.before, scenes.after, position)}
            stage={stage}
            host={subject.host}
            marks={marks}
            settled={position >= 1}
          />
        )}
      </div>
      <PastBanner />
      <div className="caption boot-caption" data-past={past}>
        <span className="caption-step mono">{text.timeline.stepShort(at.stage + 1, STAGES.length)}</span>
        <p className="caption-words" aria-live="polite">
          <Sentence phrases={captionOf(stage, subject, text.boot.captions)} host={subject.host} />
        </p>
        {past && <PastWays />}
      </div>
      <div className="timeline boot-steps" role="group" aria-label={text.boot.steps}>
        <button
          type="button"
          className="round"
          aria-label={text.boot.previous}
          disabled={at.stage === 0}
          onClick={() => goByHand(at.stage - 1)}
        >
          <SkipBack size={14} aria-hidden />
        </button>
        <button
          type="button"
          className="round round-main"
          aria-label={moving ? text.boot.pause : text.boot.play}
          onClick={toggle}
        >
          {moving ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
        </button>
        <button
          type="button"
          className="round"
          aria-label={text.boot.next}
          disabled={at.stage === last}
          onClick={() => goByHand(at.stage + 1)}
        >
          <SkipForward size={14} aria-hidden />
        </button>
        <ol className="boot-track">
          {STAGES.map((one, index) => (
            <li key={one}>
              <button
                type="button"
                aria-current={index === at.stage ? "step" : undefined}
                aria-label={text.boot.step(index + 1, STAGES.length, text.boot.titles[one])}
                data-done={index <= at.stage}
                onClick={() => goByHand(index)}
              >
                <span className="boot-track-title">
                  <b className="mono">{index + 1}</b>
                  <span>{text.boot.titles[one]}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}

/** How far it is from the stage before to this one, 0 to 1; at once 1 when still pictures are wanted. */
function usePosition(at: { readonly stage: number; readonly before: number }, still: boolean, speed: number): number {
  const [told, setTold] = useState({ at, position: 1 });
  useEffect(() => {
    if (still || at.stage === at.before) return;
    let frame = 0;
    const begun = performance.now();
    const tick = (now: number): void => {
      const position = Math.min(1, Math.max(0, ((now - begun) * speed) / MOTION));
      setTold({ at, position });
      if (position < 1) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [at, still, speed]);
  if (still || at.stage === at.before) return 1;
  return told.at === at ? eased(told.position) : 0;
}

/** The same forwards and backwards: eased(1 - t) is 1 - eased(t). */
const eased = (t: number): number => t * t * t * (t * (6 * t - 15) + 10);

/**
 * `take` answers whether it had a use for the key. Fields, terminals and dialogs keep theirs; in a text it has only
 * those that are pressed in it.
 */
function useStageKeys(root: RefObject<HTMLElement | null>, inText: boolean, take: (key: string) => boolean): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTaken(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const target = event.target as Element | null;
      const around = root.current?.parentElement;
      const ours = (!inText && (target === document.body || target?.closest(".switch"))) || around?.contains(target);
      // A button is pressed with Space.
      if (event.key === " " && target?.closest("button")) return;
      if (!ours || !latest.current(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [root, inText]);
}

/** The host as it is shown, the image that is looked at, and what its root directory holds. */
function useSubject(): Subject {
  const store = useAppStore();
  const host = useApp((state) => state.shown.host);
  const step = useApp((state) => state.shown.step);
  const wanted = useApp((state) => state.shown.focus?.target.id ?? null);
  const runs = useApp((state) => state.runs);
  const image = imageOf(host, wanted);
  const [root, setRoot] = useState<{ readonly image: string; readonly entries: readonly RootEntry[] } | null>(null);
  useEffect(() => {
    if (!image) return;
    let gone = false;
    store.client.view({ kind: "image", id: image.id }, "/", step, NAMES).then(
      (view) => {
        if (gone || !view) return;
        const entries = view.columns.flatMap(({ name, merged }) =>
          merged ? [{ name, layer: view.rows[merged.row]?.chainId ?? null }] : [],
        );
        setRoot({ image: image.id, entries: inCourseOrder(entries) });
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [store, image, step]);
  const entries = root !== null && root.image === image?.id ? root.entries : null;
  return useMemo(
    () => ({
      host,
      image,
      container: containerOf(host, image, wanted),
      entries: entries ?? (image ? [] : GENERIC),
      distributions: distributionsOf(host, runs),
    }),
    [host, image, wanted, entries, runs],
  );
}

type Captions = ReturnType<typeof useText>["boot"]["captions"];

function captionOf(stage: Stage, { image, container, distributions }: Subject, captions: Captions): Phrase[] {
  const its: Phrase | null = image ? { kind: "image", text: imageName(image), image: image.id } : null;
  switch (stage) {
    case "power":
    case "release":
      return captions[stage]();
    case "load":
      return captions.load(bytes(kernelFile.size));
    case "root":
      return captions.root(its);
    case "container":
      return captions.container(
        its,
        container ? { kind: "container", text: container.name, container: container.id } : null,
      );
    case "sizes":
      return captions.sizes(its, bytes(image?.size ?? 0), bytes(machineSize));
    case "kernel": {
      const answers = distributions.flatMap(({ answer }) => answer ?? []);
      const same = new Set(answers).size === 1 ? (answers[0] ?? null) : null;
      return captions.kernel(answers.length, distributions.length, same);
    }
  }
}
