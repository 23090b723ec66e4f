import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { LearnDictionary } from "../../content/locales/learn/index.ts";
import { useText } from "../context.ts";
import "./share.css";

/** Longer links are cut by some programs. */
const LONG = 2000;

/** Longer addresses make a code too dense for a telephone across a room. */
export const MOST_SCANNED = 600;

/** An address to copy, and how long it is. */
export function LinkField({ address, words }: { address: string; words: LearnDictionary["share"] }) {
  const text = useText();
  const [copied, setCopied] = useState("");
  const long = address.length > LONG;
  const isCopied = copied === address;
  return (
    <>
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
    </>
  );
}
