import { Flag, MessageSquareText, Play } from "lucide-react";
import { useState } from "react";
import type { HistoryEntry } from "../../host/protocol.ts";
import { inLanguage } from "../../host/scenario.ts";
import { typeLine } from "../../state/lesson.ts";
import { useApp, useAppStore } from "../context.ts";
import { useBuilder, useDraft } from "./context.ts";

const BEGINNING = -1;

/** What was typed in the scenario's host, and which of it has happened when a visitor comes. */
export function Commands() {
  const { store, learn } = useBuilder();
  const words = learn.builder.commands;
  const draft = useDraft();
  const history = useApp((state) => state.history);
  // What is undone is not sent.
  const entries = history.entries.slice(0, history.entries.findIndex(({ index }) => index === history.head) + 1);
  const place = entries.findIndex(({ index }) => index === draft.start);
  const begin = (start: number): void => store.change((before) => ({ ...before, start }));
  return (
    <>
      <p className="quiet">{words.what}</p>
      <fieldset className="builder-line">
        <legend className="builder-legend">{words.begins}</legend>
        <ol>
          <li data-begins={place < 0}>
            <label className="builder-step">
              <input type="radio" name="start" checked={place < 0} onChange={() => begin(BEGINNING)} />
              <span>{words.empty}</span>
              {place < 0 && <Begins />}
            </label>
          </li>
          {entries.map((entry, index) => (
            <li key={entry.index} data-happened={index <= place} data-begins={index === place}>
              <label className="builder-step">
                <input
                  type="radio"
                  name="start"
                  aria-label={words.after(entry.line)}
                  checked={index === place}
                  onChange={() => begin(entry.index)}
                />
                <code className="mono" data-terminal={entry.terminal === "host" ? "host" : "container"}>
                  {entry.line}
                </code>
                {index === place && <Begins />}
              </label>
              <Note entry={entry} />
            </li>
          ))}
        </ol>
      </fieldset>
      {entries.length === 0 && <p className="quiet">{words.none}</p>}
      <WriteCommands />
    </>
  );
}

function Begins() {
  const words = useBuilder().learn.builder.commands;
  return (
    <span className="builder-begins">
      <Flag size={12} aria-hidden />
      {words.begin}
    </span>
  );
}

/** What the author says about one command: beside the picture at its step, and to whoever teaches. */
function Note({ entry }: { entry: HistoryEntry }) {
  const { store, learn } = useBuilder();
  const words = learn.builder.commands;
  const locale = useApp((state) => state.preferences.locale);
  const { notes } = useDraft();
  const note = notes[entry.index] ?? entry.note;
  const [open, setOpen] = useState(false);
  const write = (text: string): void =>
    store.change((draft) => ({
      ...draft,
      notes: { ...draft.notes, [entry.index]: { ...draft.notes[entry.index], [locale]: text } },
    }));
  return (
    <>
      <button
        type="button"
        className="icon-button builder-noting"
        data-noted={inLanguage(note, locale) !== ""}
        aria-expanded={open}
        title={words.note}
        aria-label={words.noteOf(entry.line)}
        onClick={() => setOpen(!open)}
      >
        <MessageSquareText size={14} aria-hidden />
      </button>
      {open && (
        <textarea
          className="builder-note"
          rows={2}
          aria-label={words.noteOf(entry.line)}
          placeholder={inLanguage(note, locale)}
          value={note?.[locale] ?? ""}
          maxLength={2000}
          onChange={(event) => write(event.target.value)}
        />
      )}
    </>
  );
}

/** Several commands at once; each is typed for all to see. */
function WriteCommands() {
  const app = useAppStore();
  const words = useBuilder().learn.builder.commands;
  const busy = useApp((state) => state.busy.length > 0);
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const [typing, setTyping] = useState(false);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const run = async (): Promise<void> => {
    setTyping(true);
    for (const [index, line] of lines.entries()) {
      setSaid(words.running(index + 1, lines.length));
      const { exitCode } = await typeLine(app, line.trim());
      // Leaving a shell answers with what its last command did.
      if (exitCode !== 0 && !/^(docker run|docker exec|docker start|exit)\b/.test(line.trim())) {
        setText(lines.slice(index).join("\n"));
        setTyping(false);
        return setSaid(words.failed(line.trim()));
      }
      setText(lines.slice(index + 1).join("\n"));
    }
    setTyping(false);
    setSaid("");
  };
  return (
    <details className="builder-write">
      <summary>{words.write}</summary>
      <label className="field">
        <span>{words.writeText}</span>
        <textarea
          className="mono"
          rows={5}
          spellCheck={false}
          value={text}
          placeholder={"docker run -it --name web ubuntu:22.04 bash\nrm /etc/legal"}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className="lesson-buttons">
        <button
          type="button"
          className="button"
          disabled={lines.length === 0 || typing || busy}
          onClick={() => void run().catch((error: unknown) => setSaid(String(error)))}
        >
          <Play size={14} aria-hidden />
          {words.run}
        </button>
        <span role="status">{said}</span>
      </div>
    </details>
  );
}
