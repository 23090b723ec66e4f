import { useEffect, useState } from "react";
import { openingText, type Opening } from "../../host/opening.ts";
import type { LinkResult } from "../../host/protocol.ts";
import { Dialog } from "../components/dialog.tsx";
import { late } from "../components/late.tsx";
import { useAppStore, useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { MakeScenario } from "../builder/make-scenario.tsx";
import { LinkField } from "./link-field.tsx";
import { OpeningChoice } from "./opening-choice.tsx";
import { StoryText } from "./story-text.tsx";
import { OtherWays } from "./other-ways.tsx";
import "./share.css";

const QrCode = late(async () => (await import("./qr-code.tsx")).QrCode);

/** The link of this host, what it holds, how it opens, and the other ways to send it. */
export function ShareDialog({ close }: { close: () => void }) {
  const { client } = useAppStore();
  const text = useText();
  const words = useLearn()?.share;
  const [link, setLink] = useState<LinkResult | Error | null>(null);
  const [opening, setOpening] = useState<Opening>({});
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
  // A lesson, or what is being made, is no part of the link: it opens the scene by itself.
  const address = `${location.href.replace(/[?#].*$/, "")}#${fragment}`;
  if (qr) {
    return (
      <Dialog title={words.qrName} close={close}>
        <QrCode address={address} back={() => setQr(false)} />
      </Dialog>
    );
  }
  return (
    <Dialog title={text.share.title} close={close}>
      <p>{text.share.what(link.commands)}</p>
      <LinkField address={address} words={words} />
      {link.left.length > 0 && <p className="notice">{words.left(link.left.join(", "))}</p>}
      <OpeningChoice words={words} choose={setOpening} />
      <OtherWays words={words} link={link} fragment={fragment} address={address} showQr={() => setQr(true)} />
      <MakeScenario />
      <StoryText />
    </Dialog>
  );
}
