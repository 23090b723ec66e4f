/** A line of the picture in words, and what lies in it. Plain text: it is there to be read aloud. */
export interface OutlineItem {
  readonly key: string;
  readonly words: string;
  readonly items: readonly OutlineItem[];
}

/** More lines than this in one list nobody listens to; the rest is counted. */
const MOST = 60;

/** A list of at most {@link MOST} lines, and how many are left out; `uncounted`: entries that were not even asked for. */
export function atMost(
  items: readonly OutlineItem[],
  more: (count: number) => string,
  uncounted = 0,
): readonly OutlineItem[] {
  const left = Math.max(0, items.length - MOST) + uncounted;
  const shown = items.slice(0, MOST);
  return left === 0 ? shown : [...shown, { key: "…", words: more(left), items: [] }];
}
