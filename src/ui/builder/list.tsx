import { Copy, Pencil, Plus, RotateCcw, Trash2, Video } from "lucide-react";
import { useEffect, useState } from "react";
import type { ListedDraft } from "../../host/drafts.ts";
import { inLanguage } from "../../host/scenario.ts";
import { useApp, useAppStore } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { buildAddress, newId } from "./address.ts";
import { makeFromHost } from "./make.ts";
import "./builder.css";

/** The scenarios of one's own: to edit, copy, put away and bring back; and the ways to a new one. */
export function OwnScenarios() {
  const app = useAppStore();
  const words = useLearn()?.builder;
  const something = useApp((state) => state.history.head >= 0);
  const [listed, setListed] = useState<readonly ListedDraft[]>([]);
  const [said, setSaid] = useState("");
  const act = (work: () => Promise<unknown>): void =>
    void work()
      .then(() => app.client.drafts("list", {}))
      .then(setListed)
      .catch((error: unknown) =>
        setSaid(words?.list.failed(error instanceof Error ? error.message : String(error)) ?? ""),
      );
  useEffect(() => {
    let gone = false;
    app.client.drafts("list", {}).then(
      (found) => !gone && setListed(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [app]);
  if (!words) return null;
  const { list } = words;
  const own = listed.filter(({ draft }) => draft.deleted === undefined);
  const away = listed.filter(({ draft }) => draft.deleted !== undefined);
  return (
    <section className="course-progress" aria-label={list.title}>
      <h3>{list.title}</h3>
      <p className="notice">{list.what}</p>
      {own.length > 0 && (
        <ul className="builder-list">
          {own.map((one) => (
            <Own key={one.id} one={one} act={act} />
          ))}
        </ul>
      )}
      <div className="lesson-buttons">
        <a className="button" href={buildAddress(newId())}>
          <Plus size={14} aria-hidden />
          {list.fresh}
        </a>
        {something && (
          <button type="button" className="button" onClick={() => act(() => makeFromHost(app))}>
            <Video size={14} aria-hidden />
            {list.record}
          </button>
        )}
        <span role="status">{said}</span>
      </div>
      {away.length > 0 && (
        <details className="lesson-notes">
          <summary>
            {list.deleted} ({away.length})
          </summary>
          <ul className="builder-list">
            {away.map((one) => (
              <Away key={one.id} one={one} act={act} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface OneProps {
  readonly one: ListedDraft;
  readonly act: (work: () => Promise<unknown>) => void;
}

function Named({ one }: { one: ListedDraft }) {
  const words = useLearn()?.builder;
  const locale = useApp((state) => state.preferences.locale);
  const { title, goals, changed } = one.draft;
  return (
    <span className="course-words">
      <span className="course-title">{inLanguage(title, locale) || words?.untitled}</span>
      <span className="course-what">
        {words?.list.goals(goals.length)} ·{" "}
        {new Date(changed).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })}
      </span>
    </span>
  );
}

function Own({ one, act }: OneProps) {
  const app = useAppStore();
  const words = useLearn()?.builder;
  if (!words) return null;
  const { id, draft, revision } = one;
  const copy = async (): Promise<void> => {
    const to = newId();
    const title = Object.fromEntries(Object.entries(draft.title).map(([tag, text]) => [tag, words.list.copyOf(text)]));
    await app.client.drafts("copy", { id, to });
    await app.client.drafts("save", { id: to, from: 0, draft: { ...draft, title } });
  };
  return (
    <li>
      <Named one={one} />
      <a className="icon-button" href={buildAddress(id)} title={words.list.edit} aria-label={words.list.edit}>
        <Pencil size={15} aria-hidden />
      </a>
      <button
        type="button"
        className="icon-button"
        title={words.list.copy}
        aria-label={words.list.copy}
        onClick={() => act(copy)}
      >
        <Copy size={15} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        title={words.list.delete}
        aria-label={words.list.delete}
        onClick={() =>
          act(() => app.client.drafts("save", { id, from: revision, draft: { ...draft, deleted: Date.now() } }))
        }
      >
        <Trash2 size={15} aria-hidden />
      </button>
    </li>
  );
}

function Away({ one, act }: OneProps) {
  const app = useAppStore();
  const words = useLearn()?.builder;
  const [asked, setAsked] = useState(false);
  if (!words) return null;
  const { id, draft, revision } = one;
  const { deleted: _, ...back } = draft;
  return (
    <li>
      <Named one={one} />
      <button
        type="button"
        className="button"
        onClick={() => act(() => app.client.drafts("save", { id, from: revision, draft: back }))}
      >
        <RotateCcw size={14} aria-hidden />
        {words.list.restore}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => (asked ? act(() => app.client.drafts("remove", { id })) : setAsked(true))}
        onBlur={() => setAsked(false)}
      >
        <Trash2 size={14} aria-hidden />
        {asked ? words.list.foreverSure : words.list.forever}
      </button>
    </li>
  );
}
