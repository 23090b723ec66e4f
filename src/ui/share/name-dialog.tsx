import { useState } from "react";
import { Dialog } from "../components/dialog.tsx";
import { useText } from "../context.ts";

interface NameDialogProps {
  readonly title: string;
  readonly words: string;
  readonly action: string;
  readonly proposal: string;
  /** Names that are not to be had. */
  readonly taken?: readonly string[];
  readonly close: () => void;
  readonly take: (name: string) => Promise<void>;
}

/** Asks for the name of a host. */
export function NameDialog({ title, words, action, proposal, taken = [], close, take }: NameDialogProps) {
  const text = useText();
  const [name, setName] = useState(proposal);
  const [failure, setFailure] = useState("");
  return (
    <Dialog title={title} close={close}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (taken.includes(name.trim())) return setFailure(text.hosts.taken);
          take(name.trim()).then(close, (error: unknown) =>
            setFailure(error instanceof Error ? error.message : String(error)),
          );
        }}
      >
        <p>{words}</p>
        <label className="field">
          <span>{text.scene.keepName}</span>
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            pattern=".*\S.*"
            maxLength={60}
            required
            autoComplete="off"
          />
        </label>
        {failure && (
          <p className="notice-bad" role="alert">
            {failure}
          </p>
        )}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={close}>
            {text.app.cancel}
          </button>
          <button type="submit" className="button-main">
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
