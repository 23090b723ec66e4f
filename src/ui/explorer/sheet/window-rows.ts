import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Rows that are drawn beyond what is seen, above and below. */
const SPARE = 8;

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly from: number;
  readonly to: number;
  /** Brings a row into sight. */
  show(row: number): void;
  /** How many rows fit. */
  readonly page: number;
}

/**
 * Of `count` rows of one height, those that are in sight: 100,000 cost what a screenful costs.
 * `above`: px that titles take, which stay where they are.
 */
export function useRowWindow(count: number, height: number, above = 0): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, page: 30 });
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.floor(element.scrollTop / height);
    const page = Math.max(1, Math.floor((element.clientHeight - above) / height));
    setSeen((old) => (old.first === first && old.page === page ? old : { first, page }));
  }, [height, above]);
  useLayoutEffect(look, [look, count]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const watch = new ResizeObserver(look);
    watch.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [look]);
  const show = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = row * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (above + top + height > element.scrollTop + element.clientHeight) {
        element.scrollTop = above + top + height - element.clientHeight;
      }
      look();
    },
    [height, above, look],
  );
  const from = Math.max(0, Math.min(seen.first, count - seen.page) - SPARE);
  return { scroller, from, to: Math.min(count, seen.first + seen.page + 1 + SPARE), show, page: seen.page };
}
