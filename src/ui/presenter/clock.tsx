import { Pause, Play, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { useApp } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { type Timer, presenting } from "./presenting.ts";

const elapsed = ({ before, since }: Timer, now: number): number => before + (since === null ? 0 : now - since);

/** "4:05", "1:04:05" */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const every = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(every);
  }, []);
  return now;
}

/** How late it is, and how long this has been going on. */
export function Clock() {
  const words = useLearn()?.classroom;
  const locale = useApp((state) => state.preferences.locale);
  const timer = useStore(presenting, (state) => state.timer);
  const now = useNow();
  if (!words) return null;
  const set = (next: Timer): void => presenting.setState({ timer: next });
  const runs = timer.since !== null;
  return (
    <div className="class-clock">
      <time className="class-time" role="timer" aria-label={words.timer}>
        {clockText(elapsed(timer, now))}
      </time>
      <button
        type="button"
        className="icon-button"
        aria-label={runs ? words.pauseTimer : words.goOnTimer}
        title={runs ? words.pauseTimer : words.goOnTimer}
        onClick={() => set({ before: elapsed(timer, Date.now()), since: runs ? null : Date.now() })}
      >
        {runs ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.resetTimer}
        title={words.resetTimer}
        onClick={() => set({ before: 0, since: runs ? Date.now() : null })}
      >
        <RotateCcw size={14} aria-hidden />
      </button>
      <span className="spacer" />
      <time className="class-time-of-day" title={words.clock} dateTime={new Date(now).toISOString()}>
        <span className="visually-hidden">{words.clock} </span>
        {new Date(now).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })}
      </time>
    </div>
  );
}
