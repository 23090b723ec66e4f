import type { StoreApi } from "zustand/vanilla";
import type { HostState } from "../engine/host-state.ts";
import type { StackView } from "../engine/stack-view.ts";
import { type Focus, focusBefore, focusIn, focusOf, sameFocus } from "./focus.ts";
import type { HostClient } from "./host-client.ts";
import type { AppState } from "./store.ts";
import { type Segment, firstStep as firstStepOf, withRecalled } from "./story-line.ts";
import { MOST_QUEUED, type Shown, type Way, dwell, emptyHost, onTheWay, placeShown } from "./story.ts";

/** Entries of a directory that are asked for; the stage folds what it has no room for. */
const MOST_COLUMNS = 240;
/** All of a directory, when what is spoken of is not among the first. */
const ALL_COLUMNS = 5000;

/** A directory that has just been opened is seen this long before something happens in it, in ms at speed 1. */
const LOOK_FIRST = 350;

/** A pull that was seen live stays so long, complete, before its layers settle into a stack. */
const SETTLE = 700;

/** Moves what is shown along the story: at a pace while playing, at once when asked. */
export interface Playback {
  /** New frames have come. Those up to `seen` were seen as they happened (a pull), and are not told again. */
  tell(seen?: number): void;
  /** The host is what it is now; show that unless a step is being looked at. */
  refresh(): Promise<void>;
  /** Shows the host as it is, whatever was being told: another host was opened. */
  restart(): Promise<void>;
  /** Shows the moment that the host was moved to. */
  arrive(): Promise<void>;
  /** A command starts: whoever was looking back is brought to the present. */
  follow(): void;
  look(focus: Focus): Promise<void>;
  /** The place that is shown, or on its way to be: keys come faster than pictures. Between two steps: a fraction. */
  place(): number;
  goto(place: number): Promise<void>;
  next(): Promise<void>;
  play(): void;
  /** What moves stays where it is. */
  pause(): void;
  watchMotion(motion: () => Way | null): () => void;
}

/** A lookup points at a name of the open directory. */
function lookedUp({ event, focus }: Pick<Shown, "event" | "focus">): string | null {
  const slash = event?.type === "fs.read" ? event.path.lastIndexOf("/") : -1;
  if (event?.type !== "fs.read" || focus?.path !== event.path.slice(0, Math.max(1, slash))) return null;
  return event.path.slice(slash + 1);
}

export function createPlayback(
  store: StoreApi<AppState>,
  client: HostClient,
  wait: (ms: number) => Promise<void>,
): Playback {
  const { getState: get, setState: set } = store;
  /** Whoever changes what is shown takes a new number; slower answers to an older one are dropped. */
  let turn = 0;
  let telling = false;
  /** Where a seek is going that has not arrived. */
  let sought: number | null = null;
  /** What was seen live; only what comes after it is told. */
  let seenLive = 0;
  let motion: () => Way | null = () => null;

  const stateAt = (step: number): HostState => {
    const { frames, host, step: newest } = get();
    // Frames may be ahead of the host's own announcement: their state is the truth of their step.
    if (step === newest) return host;
    const { hostBefore } = get();
    if (step === hostBefore?.step) return hostBefore.host;
    return frames.findLast((frame) => frame.step <= step)?.state ?? emptyHost;
  };
  const eventAt = (step: number) => get().frames.find((frame) => frame.step === step)?.event ?? null;
  const lastStep = (): number => Math.max(get().step, get().frames.at(-1)?.step ?? 0);
  /** Steps that wait behind the command whose step is told next. */
  const queued = (): number => {
    const { segments, shown } = get();
    const next = segments.find((segment) => segment.to > shown.step);
    return next ? lastStep() - next.to : 0;
  };
  const pullEnded = (): void => {
    if (get().pulling?.done) set({ pulling: null });
  };
  const firstStep = (): number => firstStepOf(get(), lastStep());

  /** Whether the frames of the command that told a step have been let go, or are from before a reload. */
  const toRecall = (step: number): Segment | undefined => {
    const { segments, told, hostBefore } = get();
    if (step === hostBefore?.step) return undefined;
    return segments.find(({ from, to, entry }) => from <= step && step <= to && !told.has(entry));
  };
  async function recall(told: Segment): Promise<void> {
    const frames = await client.recall(told.entry).catch(() => []);
    if (get().segments.some(({ entry }) => entry === told.entry)) set(withRecalled(get(), told.entry, frames));
  }

  /** What a step did is seen by the one before it. */
  async function recallAround(step: number): Promise<void> {
    for (const one of [step - 1, step]) {
      const missing = toRecall(one);
      if (missing) await recall(missing);
    }
  }

  async function viewAt(step: number, focus: Focus | null, columns = MOST_COLUMNS): Promise<StackView | null> {
    if (!focus) return null;
    const at = step >= lastStep() && step <= get().step ? null : step;
    try {
      return await client.view(focus.target, focus.path, at, columns);
    } catch {
      return null;
    }
  }

  /** The view of `focus`, or of the nearest directory above it that is there. */
  async function viewNear(step: number, focus: Focus | null): Promise<[Focus | null, StackView | null]> {
    let seen = focus;
    for (;;) {
      const view = await viewAt(step, seen);
      if (view || !seen || seen.path === "/") return [seen, view];
      seen = { ...seen, path: seen.path.slice(0, Math.max(1, seen.path.lastIndexOf("/"))) };
    }
  }

  /** A moment as it is at rest. What is shown already is not asked for again. */
  async function momentAt(step: number, wanted: Focus | null): Promise<Shown> {
    const host = stateAt(step);
    const { shown } = get();
    const known = [shown, shown.way?.before].find(
      (one) => one?.view && one.step === step && one.host === host && sameFocus(one.focus, wanted),
    );
    if (known) return { ...known, event: eventAt(step), manner: "still", way: null };
    const [focus, view] = await viewNear(step, focusIn(host, wanted));
    const event = eventAt(step);
    const spoken = lookedUp({ event, focus });
    const folds = spoken !== null && view?.folded.length && !view.columns.some(({ name }) => name === spoken);
    const whole = folds ? await viewAt(step, focus, ALL_COLUMNS) : null;
    return { step, event, host, focus, view: whole ?? view, manner: "still", way: null };
  }

  /** Where a step is best seen. */
  const focusAt = (step: number): Focus | null => {
    const { focus } = get().shown;
    const event = eventAt(step);
    return (event && focusOf(event, focus, stateAt(step - 1))) ?? focus;
  };

  function show(shown: Shown, place: number): void {
    if (place === sought) sought = null;
    const entries = [...(shown.view?.columns ?? []), ...(shown.view?.inside?.entries ?? [])];
    const spoken = shown.event === get().shown.event ? null : lookedUp(shown);
    const wanted = spoken ?? get().selectedEntry;
    set({ shown, selectedEntry: entries.some(({ name }) => name === wanted) ? wanted : null });
    pullEnded();
  }

  async function showStep(step: number, wanted: Focus | null): Promise<void> {
    const mine = ++turn;
    const moment = await momentAt(step, wanted);
    if (mine === turn) show(moment, step);
  }

  /** Shows the way to a step from the one before it: at rest at the position, or told on from there. */
  async function showWay(step: number, position: number, manner: Shown["manner"], wanted: Focus | null): Promise<void> {
    const event = eventAt(step);
    if (!event) return showStep(step, wanted);
    const mine = ++turn;
    const [before, moment] = await Promise.all([
      momentAt(step - 1, focusBefore(event, wanted)),
      momentAt(step, wanted),
    ]);
    const shown = { ...moment, manner, way: { before, position } };
    if (mine === turn) show(shown, placeShown(shown));
  }

  /** Shows a place of the line: a step, or the way to it from the one before. */
  function showPlace(place: number, wanted: Focus | null): Promise<void> {
    const step = Math.ceil(place);
    return step === place ? showStep(step, wanted) : showWay(step, place - (step - 1), "still", wanted);
  }

  /** Waits until what is told can have been seen; once more when it was paused meanwhile, and goes on. */
  async function seen(hurried: boolean): Promise<void> {
    for (;;) {
      const { shown, speed } = get();
      const rest = 1 - (shown.way?.position ?? 0);
      if (shown.event) await wait((dwell(shown.event, lastStep() - shown.step, hurried) * rest) / speed);
      const now = get();
      if (now.shown === shown || !now.playing || !now.shown.way || onTheWay(now.shown)) return;
    }
  }

  async function tellNext(): Promise<void> {
    const step = Math.max(get().shown.step, firstStep()) + 1;
    const begun = turn;
    await recallAround(step);
    if (begun !== turn) return;
    const { shown, speed } = get();
    const wanted = focusAt(step);
    const event = eventAt(step);
    const from = event && focusBefore(event, wanted);
    if (from && !sameFocus(from, shown.focus) && focusIn(stateAt(step - 1), from) === from) {
      const mine = turn;
      await showStep(step - 1, from);
      if (mine + 1 === turn && queued() === 0 && lastStep() - step < 12) await wait(LOOK_FIRST / speed);
      if (mine + 1 !== turn) return;
    }
    await showWay(step, 0, "told", wanted);
  }

  /** The step before the next one to tell: what was seen live is passed over, and what many later commands have overtaken. */
  function passed(): number {
    const { shown } = get();
    if (queued() > MOST_QUEUED) return lastStep() - 1;
    return Math.max(shown.step, seenLive);
  }

  async function loop(resumed = false): Promise<void> {
    if (telling) return;
    telling = true;
    // Once somebody types ahead of the telling, it hurries until it has caught up.
    let hurried = false;
    try {
      if (resumed) await seen(false);
      while (get().playing && get().shown.step < lastStep() && get().frames.length > 0) {
        const from = passed();
        if (from > get().shown.step) {
          seenLive = 0;
          await showStep(from, get().shown.focus);
          if (queued() === 0) await wait(SETTLE / get().speed);
          continue;
        }
        await tellNext();
        hurried ||= queued() > 0;
        await seen(hurried);
      }
    } finally {
      telling = false;
      pullEnded();
    }
    const { shown, step, host } = get();
    // At the end of the story the host's own state takes over: it holds what frames leave out.
    if (placeShown(shown) === step && shown.host !== host) await showStep(step, shown.focus);
  }

  const goOn = (): void => set({ shown: { ...get().shown, manner: "told" } });

  const place = (): number => sought ?? placeShown(get().shown);

  async function goto(place: number): Promise<void> {
    seenLive = 0;
    const mine = ++turn;
    const at = Math.min(lastStep(), Math.max(firstStep(), place));
    set({ playing: false });
    sought = at;
    await recallAround(Math.ceil(at));
    if (mine !== turn) return;
    await showPlace(at, focusAt(Math.ceil(at)));
  }

  return {
    tell(seen = 0) {
      seenLive = Math.max(seenLive, seen);
      void loop();
    },
    async refresh() {
      const { shown, frames, step } = get();
      if (telling || placeShown(shown) < step) {
        // Another tab's doing comes without frames: there is nothing to tell, only something to show.
        if (!telling && (frames.at(-1)?.step ?? 0) < step) await showStep(step, shown.focus);
        else void loop();
        return;
      }
      await showStep(step, shown.focus);
    },
    async arrive() {
      [seenLive, sought] = [0, null];
      const at = lastStep();
      const mine = ++turn;
      await recallAround(at);
      if (mine !== turn) return;
      await showStep(at, focusAt(at));
    },
    restart() {
      [seenLive, sought] = [0, null];
      return showStep(get().step, get().shown.focus);
    },
    follow() {
      sought = null;
      set({ playing: true });
      if (!telling && placeShown(get().shown) < lastStep()) void showStep(lastStep(), get().shown.focus);
    },
    place,
    look(focus) {
      sought = null;
      return showPlace(placeShown(get().shown), focus);
    },
    goto,
    async next() {
      const hurried = sought !== null;
      const to = Math.floor(place()) + 1;
      if (hurried) return goto(to);
      seenLive = 0;
      set({ playing: false });
      if (onTheWay(get().shown)) return goOn();
      if (to > lastStep()) return;
      sought = to;
      await tellNext();
    },
    play() {
      seenLive = 0;
      sought = null;
      set({ playing: true });
      const { shown, segments } = get();
      const last = segments.at(-1);
      if (onTheWay(shown)) {
        goOn();
        return void loop(true);
      }
      if (shown.step < lastStep()) return void loop();
      if (last) void showStep(Math.max(firstStep(), last.from - 1), shown.focus).then(() => loop());
    },
    pause() {
      const way = motion();
      const { shown } = get();
      set({ playing: false, ...(way && { shown: { ...shown, manner: "still", way } }) });
    },
    watchMotion(watch) {
      motion = watch;
      return () => {
        if (motion === watch) motion = () => null;
      };
    },
  };
}
