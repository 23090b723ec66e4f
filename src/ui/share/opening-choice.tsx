import { useState } from "react";
import { locales } from "../../content/locales/index.ts";
import type { LearnDictionary } from "../../content/locales/learn/index.ts";
import type { Opening } from "../../host/opening.ts";
import { useAppStore, useText } from "../context.ts";
import { openingNow } from "./open-at.ts";

type Choice = "step" | "view" | "path" | "lang" | "layout";

/** What of the page as it stands now the link shall bring along. */
export function OpeningChoice({
  words,
  choose,
}: {
  words: LearnDictionary["share"];
  choose: (opening: Opening) => void;
}) {
  const store = useAppStore();
  const text = useText();
  const [now] = useState(() => openingNow(store));
  const [chosen, setChosen] = useState<ReadonlySet<Choice>>(new Set());
  const { step = 0, view = "stack", of, path, lang = "en" } = now;
  const stack = { ...(of && { of }), ...(path && { path }) };
  const choices: readonly [Choice, string, Opening][] = [
    ["step", words.step(step, store.getState().step), { step }],
    ...(of && path ? [["path", words.path(path, of), stack] as [Choice, string, Opening]] : []),
    ["view", words.view(text.app[view]), { view }],
    ["lang", words.lang(locales[lang].name), { lang }],
    ["layout", words.fresh, { layout: "fresh" }],
  ];
  const toggle = (choice: Choice): void => {
    const next = new Set(chosen);
    if (!next.delete(choice)) next.add(choice);
    setChosen(next);
    choose(Object.assign({}, ...choices.flatMap(([one, , opening]) => (next.has(one) ? [opening] : []))));
  };
  return (
    <fieldset className="share-opening">
      <legend>{words.opens}</legend>
      {choices.map(([choice, label]) => (
        <label key={choice}>
          <input type="checkbox" checked={chosen.has(choice)} onChange={() => toggle(choice)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
