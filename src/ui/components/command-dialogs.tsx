import { type ReactNode, useState } from "react";
import { useAppStore, useText } from "../context.ts";
import { Dialog } from "./dialog.tsx";

/** A word of a command line, quoted as a shell wants it. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `"${text.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`;
}

function CommandForm({
  title,
  line,
  close,
  children,
}: {
  title: string;
  line: string;
  close: () => void;
  children: ReactNode;
}) {
  const store = useAppStore();
  const text = useText();
  return (
    <Dialog title={title} close={close}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          void store.runCommand(line, "host");
        }}
      >
        {children}
        <div className="field">
          <span>{text.actions.types}</span>
          <code className="command">{line}</code>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={close}>
            {text.app.cancel}
          </button>
          <button type="submit" className="button-main">
            {text.actions.type}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Field({
  label,
  value,
  change,
  required,
}: {
  label: string;
  value: string;
  change: (value: string) => void;
  required?: boolean;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input value={value} onChange={(event) => change(event.target.value)} required={required} spellCheck={false} />
    </label>
  );
}

export function TagDialog({ name, close }: { name: string; close: () => void }) {
  const text = useText();
  const [next, setNext] = useState(`my/${name.split("/").at(-1)}`);
  return (
    <CommandForm title={text.actions.tagTitle(name)} line={`docker tag ${name} ${quoted(next)}`} close={close}>
      <Field label={text.actions.newName} value={next} change={setNext} required />
    </CommandForm>
  );
}

export function CommitDialog({ container, close }: { container: string; close: () => void }) {
  const text = useText();
  const [name, setName] = useState(`my/${container}:1.0`);
  const [message, setMessage] = useState("");
  const [author, setAuthor] = useState("me");
  const options = [message && `-m ${quoted(message)} `, author && `-a ${quoted(author)} `].join("");
  return (
    <CommandForm
      title={text.actions.commitTitle(container)}
      line={`docker commit ${options}${container} ${quoted(name)}`}
      close={close}
    >
      <Field label={text.actions.newName} value={name} change={setName} required />
      <Field label={text.actions.message} value={message} change={setMessage} />
      <Field label={text.actions.author} value={author} change={setAuthor} />
    </CommandForm>
  );
}
