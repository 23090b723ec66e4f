import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { openingText, type Opening } from "../../host/opening.ts";
import type { LinkResult } from "../../host/protocol.ts";
import { Dialog } from "../components/dialog.tsx";
import { late } from "../components/late.tsx";
import { useAppStore, useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { OpeningChoice } from "./opening-choice.tsx";
import { StoryText } from "./story-text.tsx";
import { OtherWays } from "./other-ways.tsx";
import "./share.css";

const QrCode = late(async () => (await import("./qr-code.tsx")).QrCode);

/** Longer links are cut by some programs. */
const LONG = 2000;

/** The link of this host, what it holds, how it opens, and the other ways to send it. */
export function ShareDialog({ close }: { close: () => void }) {
  const { client } = useAppStore();
  const text = useText();
  const words = useLearn()?.share;
  const [link, setLink] = useState<LinkResult | Error | null>(null);
  const [opening, setOpening] = useState<Opening>({});
  const [copied, setCopied] = useState("");
  const [qr, setQr] = useState(false);
  useEffect(() => {
    client.link().then(setLink, (error: unknown) => setLink(error instanceof Error ? error : new Error(String(error))));
  }, [client]);
  if (link === null || link instanceof Error || !words) {
    return (
      <Dialog title={text.share.title} close={close}>
        {link instanceof Error ? (
          <p className="notice-bad" role="alert">
            {text.share.failed}: {link.message}
          </p>
        ) : (
          <p role="status">{text.share.making}</p>
        )}
      </Dialog>
    );
  }
  const fragment = `${link.fragment}${openingText(opening)}`;
  const address = `${location.href.replace(/#.*$/, "")}#${fragment}`;
  if (qr) {
    return (
      <Dialog title={words.qrName} close={close}>
        <QrCode address={address} back={() => setQr(false)} />
      </Dialog>
    );
  }
  const long = address.length > LONG;
  const isCopied = copied === address;
  return (
    <Dialog title={text.share.title} close={close}>
      <p>{text.share.what(link.commands)}</p>
      <label className="field share-link">
        <span>{text.share.link}</span>
        <textarea readOnly rows={4} value={address} onFocus={(event) => event.target.select()} />
      </label>
      <div className="meter" data-long={long}>
        <div className="meter-track">
          <div className="meter-fill" style={{ width: `${Math.min(100, (100 * address.length) / LONG)}%` }} />
        </div>
        <button
          type="button"
          className="button-main"
          onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(address))}
        >
          {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {isCopied ? text.share.copied : text.share.copy}
        </button>
        <span>{words.meter(address.length, LONG)}</span>
        <span className="visually-hidden" role="status">
          {isCopied && text.share.copied}
        </span>
      </div>
      {long && <p className="notice">{words.long}</p>}
      {link.left.length > 0 && <p className="notice">{words.left(link.left.join(", "))}</p>}
      <OpeningChoice words={words} choose={setOpening} />
      <OtherWays words={words} link={link} fragment={fragment} address={address} showQr={() => setQr(true)} />
      <StoryText />
    </Dialog>
  );
}
