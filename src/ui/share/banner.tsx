import { useState } from "react";
import { Dialog } from "../components/dialog.tsx";
import { useApp, useAppStore, useText } from "../context.ts";

/** Says that this is somebody else's scene, or that a link is broken; promise 7 in words. */
export function SceneBanner() {
  const store = useAppStore();
  const text = useText();
  const source = useApp((state) => state.source);
  const problem = useApp((state) => state.linkProblem);
  const [keeping, setKeeping] = useState(false);
  if (source.kind !== "link" && !problem) return null;
  /** The address without a link is one's own host: whoever made the store opens it. */
  const leave = (): void => {
    if (location.hash.length > 1) location.hash = "";
    else location.reload();
  };
  return (
    <div className="banner" role="region" aria-label={problem ? text.scene.broken : text.scene.banner}>
      <p role={problem ? "alert" : undefined}>
        {problem ? (
          <>
            <strong>{problem === "catalogue" ? text.scene.banner : `${text.scene.broken}. `}</strong>
            {text.scene.problems[problem]}
          </>
        ) : (
          text.scene.banner
        )}
      </p>
      {(!problem || problem === "catalogue") && (
        <button type="button" className="button" onClick={() => setKeeping(true)}>
          {text.scene.keep}
        </button>
      )}
      <button type="button" className="button" onClick={leave}>
        {text.scene.back}
      </button>
      {keeping && (
        <KeepDialog
          close={() => setKeeping(false)}
          keep={async (name) => {
            await store.client.keep(name);
            store.rememberHost(name);
            leave();
          }}
        />
      )}
    </div>
  );
}

function KeepDialog({ close, keep }: { close: () => void; keep: (name: string) => Promise<void> }) {
  const text = useText();
  const [name, setName] = useState("scene");
  const [failure, setFailure] = useState("");
  return (
    <Dialog title={text.scene.keepTitle} close={close}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          keep(name.trim()).then(close, (error: unknown) =>
            setFailure(error instanceof Error ? error.message : String(error)),
          );
        }}
      >
        <p>{text.scene.keepText}</p>
        <label className="field">
          <span>{text.scene.keepName}</span>
          <input value={name} onChange={(event) => setName(event.target.value)} required />
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
            {text.scene.keep}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
