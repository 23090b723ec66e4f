import { MessageSquareText } from "lucide-react";
import { inLanguage } from "../../host/scenario.ts";
import { useApp } from "../context.ts";
import "./share.css";

/** What an author wrote about the command whose step is shown. */
export function StepNote() {
  const locale = useApp((state) => state.preferences.locale);
  const entry = useApp(({ history, shown }) =>
    history.entries.find(({ from, to }) => from <= shown.step && shown.step <= to),
  );
  const [title, note] = [inLanguage(entry?.title, locale), inLanguage(entry?.note, locale)];
  if (!title && !note) return null;
  return (
    <aside className="step-note" aria-live="polite">
      <MessageSquareText size={15} aria-hidden />
      <p>
        {title && <strong>{title}</strong>}
        {title && note && " "}
        {note}
      </p>
    </aside>
  );
}
