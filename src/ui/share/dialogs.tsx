import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import type { LinkResult } from "../../host/protocol.ts";
import { Dialog } from "../components/dialog.tsx";
import { useAppStore, useText } from "../context.ts";
import { StoryText } from "./story-text.tsx";

/** Longer links are cut by some programs. */
const LONG = 2000;

/** The link of this host, what it holds, and what it cannot hold. */
export function ShareDialog({ close }: { close: () => void }) {
  const { client } = useAppStore();
  const text = useText();
  const [link, setLink] = useState<LinkResult | Error | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    client.link().then(setLink, (error: unknown) => setLink(error instanceof Error ? error : new Error(String(error))));
  }, [client]);
  const address = link && !(link instanceof Error) ? `${location.href.replace(/#.*$/, "")}#${link.fragment}` : "";
  return (
    <Dialog title={text.share.title} close={close}>
      {link === null && <p role="status">{text.share.making}</p>}
      {link instanceof Error && (
        <p className="notice-bad" role="alert">
          {text.share.failed}: {link.message}
        </p>
      )}
      {link && !(link instanceof Error) && (
        <>
          <p>{text.share.what(link.commands)}</p>
          <label className="field">
            <span>
              {text.share.link} · {text.share.length(address.length)}
            </span>
            <textarea readOnly rows={4} value={address} onFocus={(event) => event.target.select()} />
          </label>
          {address.length > LONG && <p className="notice">{text.share.long}</p>}
          {link.left.length > 0 && (
            <p className="notice">
              {text.share.left} {link.left.join(", ")}
            </p>
          )}
          <div className="dialog-foot">
            <button
              type="button"
              className="button-main"
              onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
            >
              {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
              {copied ? text.share.copied : text.share.copy}
            </button>
            <span className="visually-hidden" role="status">
              {copied && text.share.copied}
            </span>
          </div>
        </>
      )}
      <StoryText />
    </Dialog>
  );
}

/** Everything on this host goes; asked once. */
export function ResetDialog({ close }: { close: () => void }) {
  const { client } = useAppStore();
  const text = useText();
  return (
    <Dialog title={text.app.resetHost} close={close}>
      <p>{text.app.resetSure}</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={close}>
          {text.app.cancel}
        </button>
        <button type="button" className="button-main" onClick={() => void client.reset().then(() => location.reload())}>
          {text.app.resetYes}
        </button>
      </div>
    </Dialog>
  );
}
