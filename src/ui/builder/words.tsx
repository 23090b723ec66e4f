import { useState } from "react";
import { type LocaleTag, locales } from "../../content/locales/index.ts";
import { type DraftText, noText } from "../../host/draft.ts";
import { useApp } from "../context.ts";
import { useBuilder, useDraft } from "./context.ts";

const FIELDS: readonly [part: keyof DraftText, rows: number][] = [
  ["text", 5],
  ["task", 3],
  ["hints", 3],
  ["remember", 3],
  ["notes", 3],
];

/** Title, text, task, hints, what to remember and the teacher's notes, in each language. */
export function WordsPart() {
  const { store, learn } = useBuilder();
  const words = learn.builder.words;
  const page = useApp((state) => state.preferences.locale);
  const [tag, setTag] = useState<LocaleTag>(page);
  const draft = useDraft();
  const text = { ...noText, ...draft.texts[tag] };
  const write = (part: keyof DraftText, value: string): void =>
    store.change((before) => ({
      ...before,
      texts: { ...before.texts, [tag]: { ...noText, ...before.texts[tag], [part]: value } },
    }));
  return (
    <>
      <p className="quiet">{words.what}</p>
      <div className="switch builder-languages" role="group" aria-label={words.language}>
        {(Object.keys(locales) as LocaleTag[]).map((one) => (
          <button key={one} type="button" lang={one} aria-pressed={one === tag} onClick={() => setTag(one)}>
            {locales[one].name}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{words.title}</span>
        <input
          lang={tag}
          value={draft.title[tag] ?? ""}
          maxLength={120}
          autoComplete="off"
          placeholder={words.titleExample}
          onChange={(event) =>
            store.change((before) => ({ ...before, title: { ...before.title, [tag]: event.target.value } }))
          }
        />
      </label>
      {FIELDS.map(([part, rows]) => (
        <label key={part} className="field">
          <span>{words[part]}</span>
          <textarea
            lang={tag}
            rows={rows}
            value={text[part]}
            maxLength={20_000}
            placeholder={part === "task" ? words.taskExample : part === "hints" ? words.hintsExample : ""}
            onChange={(event) => write(part, event.target.value)}
          />
        </label>
      ))}
    </>
  );
}
