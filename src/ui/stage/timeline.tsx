import { ChevronLeft, ChevronRight, GitBranch, Pause, Play, Redo2, SkipBack, SkipForward, Undo2 } from "lucide-react";
import { type ReactNode, useContext } from "react";
import { placeShown } from "../../state/story.ts";
import { firstStep } from "../../state/story-line.ts";
import { lastStep } from "../../state/time.ts";
import { Menu } from "../components/menu.tsx";
import { LookOnlyContext, useApp, useAppStore, useText } from "../context.ts";
import { playOrPause, useTimelineKeys } from "./timeline-keys.ts";
import { TimelineTrack } from "./timeline-track.tsx";

const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** The log under the stage: what was done, where one looks, and the ways back and forth. */
export function Timeline() {
  useTimelineKeys();
  const store = useAppStore();
  const text = useText();
  const place = useApp((state) => placeShown(state.shown));
  const last = useApp(lastStep);
  const first = useApp((state) => firstStep(state, lastStep(state)));
  const lookOnly = useContext(LookOnlyContext);
  const nothing = useApp((state) => state.segments.length === 0);
  const moving = useApp((state) => state.playing) && place < last;
  const { time } = store;
  return (
    <div className="timeline" role="group" aria-label={text.timeline.name}>
      <div className="timeline-play">
        <Step label={text.time.previousCommand} keys="PageUp" disabled={place <= first} act={time.previousCommand}>
          <SkipBack size={14} aria-hidden />
        </Step>
        <Step label={text.timeline.previous} keys="←" disabled={place <= first} act={store.previous}>
          <ChevronLeft size={16} aria-hidden />
        </Step>
        <button
          type="button"
          className="round round-main"
          aria-label={moving ? text.timeline.pause : text.timeline.play}
          title={`${moving ? text.timeline.pause : text.timeline.play} (${text.time.space})`}
          disabled={nothing}
          onClick={() => playOrPause(store)}
        >
          {moving ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
        </button>
        <Step label={text.timeline.next} keys="→" disabled={place >= last} act={store.next}>
          <ChevronRight size={16} aria-hidden />
        </Step>
        <Step label={text.time.nextCommand} keys="PageDown" disabled={place >= last} act={time.nextCommand}>
          <SkipForward size={14} aria-hidden />
        </Step>
      </div>
      <TimelineTrack />
      <div className="timeline-tools">
        <Speed />
        {!lookOnly && <Moves />}
      </div>
    </div>
  );
}

interface StepProps {
  readonly label: string;
  readonly keys: string;
  readonly disabled: boolean;
  readonly act: () => Promise<void>;
  readonly children: ReactNode;
}

function Step({ label, keys, disabled, act, children }: StepProps) {
  return (
    <button
      type="button"
      className="round"
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={disabled}
      onClick={() => void act()}
    >
      {children}
    </button>
  );
}

function Speed() {
  const store = useAppStore();
  const text = useText();
  const speed = useApp((state) => state.speed);
  const items = SPEEDS.map((one) => ({ label: `${one}×`, checked: one === speed, act: () => store.setSpeed(one) }));
  return (
    <Menu label={`${text.timeline.speed} ${speed}×`} className="speed mono" groups={[{ items }]}>
      {speed}×
    </Menu>
  );
}

/** Undo, redo and the other lines: these move the host. */
function Moves() {
  const store = useAppStore();
  const text = useText();
  const { undo, redo, lines } = useApp((state) => state.history);
  // A move waits for a command that runs; better not to promise it before that has ended.
  const busy = useApp((state) => state.busy.length > 0);
  const { time } = store;
  const undoLabel = undo ? text.time.undo(short(undo.line)) : text.time.nothingToUndo;
  const redoLabel = redo ? text.time.redo(short(redo.line)) : text.time.nothingToRedo;
  return (
    <div className="timeline-moves">
      <button
        type="button"
        className="icon-button"
        aria-label={undoLabel}
        title={undoLabel}
        disabled={!undo || busy}
        onClick={(event) => void stay(event.currentTarget, time.undo)}
      >
        <Undo2 size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={redoLabel}
        title={redoLabel}
        disabled={!redo || busy}
        onClick={(event) => void stay(event.currentTarget, time.redo)}
      >
        <Redo2 size={16} aria-hidden />
      </button>
      {lines.length > 0 && (
        <Menu
          label={text.time.lines(lines.length)}
          className="icon-button lines-button"
          groups={[
            {
              title: text.time.linesTitle,
              items: lines.toReversed().map(({ tip, commands, after, last: end }) => ({
                label: text.time.lineOf(commands, after === null ? null : short(after), short(end)),
                icon: <GitBranch size={14} />,
                disabled: busy,
                act: () => void time.move(tip),
              })),
            },
          ]}
        >
          <GitBranch size={16} aria-hidden />
          <span className="lines-count" aria-hidden>
            {lines.length}
          </span>
        </Menu>
      )}
    </div>
  );
}

/** The turn may go to another terminal; who pressed the button by keyboard wants to press it again. */
async function stay(button: HTMLElement, act: () => Promise<void>): Promise<void> {
  await act();
  requestAnimationFrame(() => button.focus());
}

const LONGEST = 48;

function short(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
