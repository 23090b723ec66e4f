import { ChevronDown, ChevronUp, CircleCheck, CircleDashed, TriangleAlert, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { inLanguage } from "../../host/scenario.ts";
import { createDraftStore } from "../../state/draft.ts";
import { useApp, useAppStore } from "../context.ts";
import { ownAddress } from "../lessons/address.ts";
import { useLearn } from "../lessons/context.ts";
import { Commands } from "./commands.tsx";
import { BuilderContext, useBuilder, useDraft, useDraftState } from "./context.ts";
import { Goals } from "./goals.tsx";
import { Send } from "./send.tsx";
import { WordsPart } from "./words.tsx";
import "../lessons/lessons.css";
import "./builder.css";

const PARTS = ["commands", "goals", "words", "send"] as const;
type Part = (typeof PARTS)[number];

/** Where a scenario is made, beside the host that it is made of. */
export function BuilderSide({ id }: { id: string }) {
  const app = useAppStore();
  const learn = useLearn();
  const store = useMemo(() => createDraftStore(app, id), [app, id]);
  useEffect(() => store.begin(), [store]);
  return learn ? (
    <BuilderContext value={{ store, learn }}>
      <Panel />
    </BuilderContext>
  ) : (
    <aside className="lesson builder" aria-busy data-open />
  );
}

function Panel() {
  const { builder: words } = useBuilder().learn;
  const locale = useApp((state) => state.preferences.locale);
  const draft = useDraftState((state) => state.draft);
  const problem = useDraftState((state) => state.problem);
  const [open, setOpen] = useState(true);
  const [part, setPart] = useState<Part>("commands");
  const title = inLanguage(draft?.title, locale) || words.untitled;
  return (
    <aside className="lesson builder" aria-label={words.name} data-open={open}>
      <header className="lesson-head">
        <h2>{title}</h2>
        <Kept />
        <button
          type="button"
          className="icon-button lesson-fold"
          aria-expanded={open}
          aria-label={open ? words.hide : words.show}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        </button>
        <a className="icon-button" href={ownAddress()} title={words.close}>
          <X size={16} aria-hidden />
          <span className="visually-hidden">{words.close}</span>
        </a>
      </header>
      <Tabs part={part} choose={setPart} />
      <div className="lesson-body builder-body" role="tabpanel" id="builder-part" aria-labelledby={`builder-${part}`}>
        {draft ? (
          <>
            {part === "commands" && <Commands />}
            {part === "goals" && <Goals leave={() => setOpen(false)} back={() => setOpen(true)} />}
            {part === "words" && <WordsPart />}
            {part === "send" && <Send go={setPart} />}
          </>
        ) : (
          <p role="status">{problem === null ? words.loading : words.notKept(problem)}</p>
        )}
      </div>
    </aside>
  );
}

/** Left and right go from one to the next, as tabs have it. */
function Tabs({ part, choose }: { part: Part; choose: (part: Part) => void }) {
  const { builder: words } = useBuilder().learn;
  const { goals } = useDraft();
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = by && PARTS[(PARTS.indexOf(part) + by + PARTS.length) % PARTS.length];
    if (!next) return;
    event.preventDefault();
    choose(next);
    document.getElementById(`builder-${next}`)?.focus();
  };
  return (
    <div className="builder-tabs" role="tablist" aria-label={words.name}>
      {PARTS.map((one, index) => (
        <button
          key={one}
          id={`builder-${one}`}
          type="button"
          role="tab"
          aria-selected={one === part}
          aria-controls="builder-part"
          tabIndex={one === part ? 0 : -1}
          onClick={() => choose(one)}
          onKeyDown={onKeyDown}
        >
          <span className="builder-number" aria-hidden>
            {index + 1}
          </span>
          {words.parts[one]}
          {one === "goals" && goals.length > 0 && <span className="builder-count">{goals.length}</span>}
        </button>
      ))}
    </div>
  );
}

/** Whether everything that was written is kept. */
function Kept() {
  const { builder: words } = useBuilder().learn;
  const keeping = useDraftState((state) => state.keeping);
  const problem = useDraftState((state) => state.problem);
  const failed = keeping === "failed";
  const said = failed ? words.notKept(problem ?? "") : words[keeping];
  return (
    <span className="builder-kept" data-keeping={keeping} role={failed ? "alert" : "status"} title={said}>
      {failed ? (
        <TriangleAlert size={14} aria-hidden />
      ) : keeping === "kept" ? (
        <CircleCheck size={14} aria-hidden />
      ) : (
        <CircleDashed size={14} aria-hidden />
      )}
      <span>{said}</span>
    </span>
  );
}
