import { CodeXml } from "lucide-react";
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

const EmbedBuilder = late(async () => (await import("../embed/builder.tsx")).EmbedBuilder);
const QrCode = late(async () => (await import("./qr-code.tsx")).QrCode);

/** The link of this host, what it holds, how it opens, and the other ways to send it. */
export function ShareDialog({ close }: { close: () => void }) {
  const { client } = useAppStore();
  const text = useText();
  const learn = useLearn();
  const words = learn?.share;
  const [link, setLink] = useState<LinkResult | Error | null>(null);
  const [opening, setOpening] = useState<Opening>({});
  const [qr, setQr] = useState(false);
  const [embedding, setEmbedding] = useState(false);
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
  if (embedding) {
    return (
      <Dialog title={learn.embed.title} close={close}>
        <EmbedBuilder link={link.fragment} back={() => setEmbedding(false)} />
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
      <div>
        <button type="button" className="button" onClick={() => setEmbedding(true)}>
          <CodeXml size={14} aria-hidden />
          {learn.embed.title}
        </button>
      </div>
      <StoryText />
    </Dialog>
  );
}
