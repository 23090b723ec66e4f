import { useDeferredValue, useMemo } from "react";
import { useApp, useText } from "../context.ts";
import { hostOutline } from "./host-outline.ts";
import type { OutlineItem } from "./outline-item.ts";
import { stackOutline, stackTitle } from "./stack-outline.ts";

/**
 * The picture in words, for who hears the page: lists in lists, as long as the moment is shown. Nothing in it
 * takes the focus, which must be seen; what can be done with a thing is at its tile or plate. (ARIA practices:
 * a tree is for what is operated in place, nested lists are for what is read.)
 */
export function Outline() {
  const text = useText();
  const view = useApp((state) => state.pageView);
  // It may come a moment after the picture, and must not hold that up.
  const shown = useDeferredValue(useApp((state) => state.shown));
  const { title, items } = useMemo(() => {
    const { host, event } = shown;
    if (view === "host") return { title: text.hostView.name, items: hostOutline(host, text) };
    const stack = shown.view;
    if (!stack) return { title: "", items: [] };
    return { title: stackTitle(stack, host, text), items: stackOutline(stack, host, event, text) };
  }, [view, shown, text]);
  if (items.length === 0) return null;
  return (
    <section className="visually-hidden" aria-label={text.outline.name}>
      <h2>{title}</h2>
      <Lines items={items} />
    </section>
  );
}

function Lines({ items }: { items: readonly OutlineItem[] }) {
  return (
    <ul>
      {items.map(({ key, words, items: inside }) => (
        <li key={key}>
          {words}
          {inside.length > 0 && <Lines items={inside} />}
        </li>
      ))}
    </ul>
  );
}
