import { type RefObject, useEffect, useState } from "react";

/** From where to where of the picture something is drawn in full, px. */
export interface Sight {
  readonly top: number;
  readonly bottom: number;
}

/** Beyond what is seen, so that scrolling does not run ahead of the drawing; also how far it goes before that moves on, px. */
const SPARE = 400;

/** What of a tall picture is in sight within what scrolls it: a stack may be 127 plates high. */
export function useSight(picture: RefObject<HTMLElement | null>): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, bottom: 3 * SPARE });
  useEffect(() => {
    const scroller = picture.current?.parentElement;
    if (!scroller) return;
    const look = (): void => {
      const { scrollTop, clientHeight } = scroller;
      const top = Math.floor(scrollTop / SPARE) * SPARE - SPARE;
      const bottom = Math.ceil((scrollTop + clientHeight) / SPARE) * SPARE + SPARE;
      setSight((old) => (old.top === top && old.bottom === bottom ? old : { top, bottom }));
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, [picture]);
  return sight;
}

export function isInSight({ top, bottom }: Sight, box: { readonly y: number; readonly height: number }): boolean {
  return box.y < bottom && box.y + box.height > top;
}
