import { useEffect, useState } from "react";
import { join } from "../../core/filesystem/path.ts";
import type { PlateRef } from "../../engine/insight/plates.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp, useText } from "../context.ts";
import { useAnswer, useMoment } from "../explorer/asking.ts";
import { plateWords, xrayWords } from "../explorer/xray-words.ts";
import "./tip.css";

/** A pointer that only passes by asks nothing. */
const RESTED = 350;
/** px. */
const WIDTH = 300;
const GAP = 8;

interface Pointed {
  readonly name: string;
  readonly row: number;
  readonly box: DOMRect;
}

/**
 * Why the tile that is pointed at, or has the keyboard, is seen or not: which layer supplies it, what hides it.
 * For eyes alone: a screen reader is told by the X-ray and by the picture in words. Escape takes it away.
 */
export function TileTip() {
  const text = useText();
  const shown = useApp((state) => state.shown);
  const pointed = usePointed();
  const moment = useMoment();
  const { view, host } = shown;
  const path = pointed && view ? join(view.path, pointed.name) : null;
  const answer = useAnswer("x-ray", moment && path !== null ? { ...moment, path } : null);
  if (!pointed || !moment || answer.is !== "here" || !answer.value) return null;
  const layer = view?.rows[pointed.row]?.layer as PlateRef | undefined;
  const words =
    layer === undefined
      ? xrayWords(answer.value, host, text, moment.target)
      : plateWords(answer.value, layer, host, text, moment.target);
  const { left, width, top, bottom } = pointed.box;
  const above = top > window.innerHeight / 2;
  return (
    <p
      className="tip"
      aria-hidden
      style={{
        left: Math.max(GAP, Math.min(left + width / 2 - WIDTH / 2, window.innerWidth - WIDTH - GAP)),
        maxWidth: WIDTH,
        ...(above ? { bottom: window.innerHeight - top + GAP } : { top: bottom + GAP }),
      }}
    >
      <Sentence phrases={words} host={host} />
    </p>
  );
}

/** The tile under the pointer once that rests, or with the keyboard's focus. Tiles carry their name and row. */
function usePointed(): Pointed | null {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const view = useApp((state) => state.shown.view);
  const [seen, setSeen] = useState(view);
  // Another picture: the tile may not be there any more.
  if (seen !== view) {
    setSeen(view);
    setPointed(null);
  }
  useEffect(() => {
    let timer = 0;
    const point = (tile: HTMLElement | null, after: number): void => {
      clearTimeout(timer);
      if (!tile) return setPointed(null);
      const { name = "", row } = tile.dataset;
      const tell = (): void => setPointed({ name, row: Number(row), box: tile.getBoundingClientRect() });
      timer = window.setTimeout(tell, after);
    };
    const tileOf = ({ target }: Event): HTMLElement | null =>
      (target as Element | null)?.closest<HTMLElement>(".tile[data-name]:not(:has(> .tile-note))") ?? null;
    const over = (event: PointerEvent): void => {
      if (event.pointerType === "touch") return;
      if (!(event.target as Element | null)?.closest(".tip")) point(tileOf(event), RESTED);
    };
    const focus = (event: FocusEvent): void => {
      const tile = tileOf(event);
      point(tile?.matches(":focus-visible") ? tile : null, 0);
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key === "Escape") point(null, 0);
    };
    const gone = (): void => point(null, 0);
    const away = new AbortController();
    const { signal } = away;
    document.addEventListener("pointerover", over, { signal });
    document.addEventListener("focusin", focus, { signal });
    document.addEventListener("keydown", escape, { signal });
    document.addEventListener("pointerdown", gone, { signal });
    document.addEventListener("scroll", gone, { signal, capture: true });
    return () => {
      clearTimeout(timer);
      away.abort();
    };
  }, []);
  return pointed;
}
