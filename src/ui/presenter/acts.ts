import type { Lesson } from "../../content/lessons/lesson.ts";
import type { ClickerAction } from "../../state/classroom.ts";
import type { Pointing } from "../../state/pointing.ts";
import { typeLine } from "../../state/lesson.ts";
import { isIdle, linesLeft, nextMove } from "../../state/plan.ts";
import type { AppState, AppStore } from "../../state/store.ts";
import { STAGES } from "../boot/stages.ts";
import { nextStep } from "../start/next-step.ts";
import { type Tool, pointing, presenting, stop, toggleFullScreen } from "./presenting.ts";

/** What a presenter can do, by key or by button. */
export type Act = ClickerAction | Tool | "first" | "last" | "clear" | "invite" | "type" | "full" | "escape";

/** Opens an editor, in which somebody has to write: nothing for a clicker. */
const NEEDS_HANDS = ["vim /root/hello.txt"];

/** What is still to be typed: the way through the lesson; without one, what the page proposes. */
export function linesToCome(
  lesson: Lesson | null,
  { history, detailed, sessions, typed }: Pick<AppState, "history" | "detailed" | "sessions" | "typed">,
): readonly string[] {
  if (lesson) return linesLeft(lesson.solution, lesson.start, history);
  const proposed = nextStep({ host: detailed, sessions, typed: [...typed, ...NEEDS_HANDS] });
  return proposed ? [proposed.line] : [];
}

export type Acts = (act: Act) => void;

export function createActs(store: AppStore, lesson: Lesson | null): Acts {
  const goOn = onward(store, lesson);
  return (act) => {
    const { blank, invite, zoom, spot } = pointing.getState();
    const { tool, role, typing } = presenting.getState();
    switch (act) {
      case "next":
        return void goOn();
      case "previous":
        drive();
        return bootBy(store, -1) ? undefined : void store.previous();
      case "first":
        return void store.time.toFirst();
      case "last":
        return void store.time.toNow();
      case "blank":
        return pointing.setState({ blank: !blank });
      case "pen":
      case "spot":
      case "zoom":
        return take(act);
      case "clear":
        return wipe();
      case "invite":
        if (invite !== null) return pointing.setState({ invite: null });
        return void inviteTo(store).then(
          (address) => pointing.setState({ invite: address }),
          () => undefined,
        );
      case "type":
        presenting.setState({ typing: !typing });
        return typing ? undefined : focusTerminal();
      case "full":
        return toggleFullScreen();
      case "escape":
        // What lies over the picture goes first; only in the one window is there nothing else to leave.
        if (blank || invite !== null || zoom || spot || tool) {
          pointing.setState({ blank: false });
          return wipe(pointing.getState().strokes);
        }
        if (role === "projector") stop();
    }
  };
}

/** One step of the story; at its end the next line of the plan is typed, and tells itself. */
function onward(store: AppStore, lesson: Lesson | null): () => Promise<void> {
  let typing = false;
  return async () => {
    drive();
    if (bootBy(store, 1)) return;
    const state = store.getState();
    const move = nextMove(state, linesToCome(lesson, state));
    if (move?.kind === "step") return store.next();
    // A second press while a line is being typed would type it once more.
    if (!move || typing || !isIdle(state)) return;
    typing = true;
    try {
      await typeLine(store, move.line);
      // What is proposed next depends on what has changed: answered in order, so known when this is.
      await store.client.state(null);
    } finally {
      typing = false;
    }
  };
}

/** In the boot view the keys move along the boot; false in the others. */
function bootBy(store: AppStore, by: number): boolean {
  const { pageView, bootStage } = store.getState();
  if (pageView !== "boot") return false;
  if (STAGES[bootStage + by]) store.setState({ bootStage: bootStage + by });
  return true;
}

/** The hand is at the clicker: a terminal that opens now does not take the keys, and who looked around is back. */
function drive(): void {
  presenting.setState({ typing: false });
  pointing.setState({ locked: true });
}

/** The terminal that has the turn gets the keys, once it may have them. */
export function focusTerminal(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.console[data-active="true"] textarea')?.focus({ preventScroll: true }),
  );
}

/** Takes a tool, or lays it down again, and with it what it did. */
function take(tool: Tool): void {
  const taken = presenting.getState().tool === tool;
  const { zoom } = pointing.getState();
  pointing.setState({ spot: null });
  if (tool === "zoom" && zoom) return pointing.setState({ zoom: null });
  presenting.setState({ tool: taken ? null : tool });
}

function wipe(strokes: Pointing["strokes"] = []): void {
  presenting.setState({ tool: null });
  pointing.setState({ spot: null, strokes, zoom: null, invite: null });
}

/** The address at which others open what is open here: a lesson by its name, all else by its link. */
async function inviteTo(store: AppStore): Promise<string> {
  const { origin, pathname, search } = location;
  const page = `${origin}${pathname}`;
  const lesson = new URLSearchParams(search).get("lesson");
  if (lesson !== null) return `${page}?lesson=${encodeURIComponent(lesson)}`;
  const { fragment, commands } = await store.client.link();
  return commands > 0 ? `${page}#${fragment}` : page;
}
