import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import type { AppStore } from "../../state/store.ts";
import { useAppStore, useText } from "../context.ts";
import { storyMarkdown } from "./story-markdown.ts";

/** What happened up to where the host stands, in the page's language. */
async function written(store: AppStore): Promise<string> {
  const { client } = store;
  const commands = await client.commands();
  const { told: known, history, sessions, host, dictionary } = store.getState();
  const toldSomething = new Set(history.entries.flatMap(({ index, from, to }) => (to < from ? [] : [index])));
  const told = new Map(known);
  // What was let go is asked for again.
  for (const { index } of commands) {
    if (!told.has(index) && toldSomething.has(index)) told.set(index, await client.recall(index).catch(() => []));
  }
  return storyMarkdown({ commands, told, sessions, host }, dictionary);
}

/** The story as a text to hand out: the commands, what each of them did, and what of it is modelled. */
export function StoryText() {
  const store = useAppStore();
  const text = useText();
  const [copied, setCopied] = useState(false);
  const save = async (): Promise<void> => {
    const address = URL.createObjectURL(new Blob([await written(store)], { type: "text/markdown" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = text.transcript.file;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <section className="dialog-part" aria-label={text.transcript.name}>
      <p>{text.transcript.what}</p>
      <div className="dialog-foot">
        <button
          type="button"
          className="button"
          onClick={() =>
            void written(store)
              .then((words) => navigator.clipboard.writeText(words))
              .then(() => setCopied(true))
          }
        >
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {copied ? text.share.copied : text.transcript.copy}
        </button>
        <button type="button" className="button" onClick={() => void save()}>
          <Download size={14} aria-hidden />
          {text.transcript.save}
        </button>
        <span className="visually-hidden" role="status">
          {copied && text.share.copied}
        </span>
      </div>
    </section>
  );
}
