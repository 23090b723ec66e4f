import { memo, startTransition, useEffect, useState } from "react";
import type { Dictionary } from "../../content/locales/index.ts";
import { sharing } from "../../state/sharing.ts";
import type { PageView } from "../../state/store.ts";
import type { Shown } from "../../state/story.ts";
import { useApp, useLandmark, useText } from "../context.ts";
import { hostOutline } from "./host-outline.ts";
import type { OutlineItem } from "./outline-item.ts";
import { stackOutline, stackTitle } from "./stack-outline.ts";

/** Nobody reads a moment that is gone sooner, ms; what leads to it is told by the caption. */
const READABLE = 300;

/**
 * The picture in words, for who hears the page: lists in lists, as long as the moment is shown. Nothing in it
 * takes the focus, which must be seen; what can be done with a thing is at its tile or plate. (ARIA practices:
 * a tree is for what is operated in place, nested lists are for what is read.)
 */
export function Outline() {
  const text = useText();
  const name = useLandmark(text.outline.name);
  const view = useApp((state) => state.pageView);
  const shown = useApp((state) => state.shown);
  const [told, setTold] = useState(() => outlineOf(view, shown, text));
  useEffect(() => {
    // A deep stack takes long to put in words, which must not hold up what moves.
    const tell = (): void => setTold((old) => sharing(old, outlineOf(view, shown, text)));
    const timer = setTimeout(() => startTransition(tell), READABLE);
    return () => clearTimeout(timer);
  }, [view, shown, text]);
  if (told.items.length === 0) return null;
  return (
    <section className="visually-hidden" aria-label={name}>
      <h2>{told.title}</h2>
      <Lines items={told.items} />
    </section>
  );
}

function outlineOf(view: PageView, { host, event, view: stack }: Shown, text: Dictionary) {
  if (view === "host") return { title: text.hostView.name, items: hostOutline(host, text) };
  if (!stack) return { title: "", items: [] };
  return { title: stackTitle(stack, host, text), items: stackOutline(stack, host, event, text) };
}

/** Drawn anew only where its words are others: there may be 128 lists, of as many lines each. */
const Lines = memo(function Lines({ items }: { items: readonly OutlineItem[] }) {
  return (
    <ul>
      {items.map((item) => (
        <Line key={item.key} item={item} />
      ))}
    </ul>
  );
});

const Line = memo(function Line({ item: { words, items } }: { item: OutlineItem }) {
  return (
    <li>
      {words}
      {items.length > 0 && <Lines items={items} />}
    </li>
  );
});
