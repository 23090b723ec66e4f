import { CircleAlert, CircleCheck, ExternalLink, FileDown, QrCode as QrIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { type LocaleTag, locales } from "../../content/locales/index.ts";
import type { LinkResult } from "../../host/protocol.ts";
import { inLanguage } from "../../host/scenario.ts";
import { Dialog } from "../components/dialog.tsx";
import { late } from "../components/late.tsx";
import { useApp, useAppStore } from "../context.ts";
import { LinkField, MOST_SCANNED } from "../share/link-field.tsx";
import { fileName, save } from "../share/saving.ts";
import { useBuilder, useDraft, useDraftState } from "./context.ts";

const QrCode = late(async () => (await import("../share/qr-code.tsx")).QrCode);

type Part = "commands" | "goals" | "words";

/** Whether it is ready, a try of it, and the ways to send it. */
export function Send({ go }: { go: (part: Part) => void }) {
  const { learn } = useBuilder();
  const app = useAppStore();
  const words = learn.builder.send;
  const locale = useApp((state) => state.preferences.locale);
  const draft = useDraft();
  const head = useApp((state) => state.history.head);
  const [link, setLink] = useState<LinkResult | null>(null);
  const [said, setSaid] = useState("");
  const [qr, setQr] = useState(false);
  useEffect(() => {
    let gone = false;
    app.client.link(draft).then(
      (made) => !gone && setLink(made),
      (error: unknown) => !gone && setSaid(learn.builder.list.failed(String(error))),
    );
    return () => {
      gone = true;
    };
    // `head`: another command makes another link.
  }, [app, draft, head, learn]);
  const address = link && `${location.origin}${location.pathname}#${link.fragment}`;
  const scannable = address !== null && address.length <= MOST_SCANNED;
  const toFile = async (): Promise<void> => {
    const { file, left } = await app.client.sceneFile(draft);
    const name = `${fileName(inLanguage(draft.title, locale))}.lamina`;
    save(file, name);
    setSaid([learn.share.saved(name), left.length > 0 && learn.share.lost(left.join(", "))].filter(Boolean).join(". "));
  };
  return (
    <>
      <Checks go={go} />
      {address && (
        <>
          <section className="builder-try">
            <a className="button-main" href={address} target="_blank" rel="noopener">
              <ExternalLink size={14} aria-hidden />
              {words.try}
            </a>
            <p className="quiet">{words.tryWhat}</p>
          </section>
          <LinkField address={address} words={learn.share} />
          {link.left.length > 0 && <p className="notice">{learn.share.left(link.left.join(", "))}</p>}
          <div className="lesson-buttons">
            <button
              type="button"
              className="button"
              onClick={() => void toFile().catch((error: unknown) => setSaid(learn.builder.list.failed(String(error))))}
            >
              <FileDown size={14} aria-hidden />
              {words.file}
            </button>
            <button type="button" className="button" disabled={!scannable} onClick={() => setQr(true)}>
              <QrIcon size={14} aria-hidden />
              {words.qr}
            </button>
          </div>
          {!scannable && <p className="quiet">{learn.share.qrLong(MOST_SCANNED)}</p>}
        </>
      )}
      <p role="status">{said}</p>
      {qr && address && (
        <Dialog title={learn.share.qrName} close={() => setQr(false)}>
          <QrCode address={address} back={() => setQr(false)} />
        </Dialog>
      )}
    </>
  );
}

interface CheckItem {
  readonly good: boolean;
  readonly said: string;
  readonly part: Part;
}

/** What a visitor would miss; nothing of it keeps anybody from sending. */
function Checks({ go }: { go: (part: Part) => void }) {
  const { learn } = useBuilder();
  const words = learn.builder.send;
  const { title, texts, goals } = useDraft();
  const tried = useDraftState((state) => state.tried);
  const tags = Object.keys(locales) as LocaleTag[];
  const titled = tags.filter((tag) => title[tag]?.trim());
  const tasked = tags.filter((tag) => texts[tag]?.task.trim());
  const already = goals.filter(({ name }) => tried.get(name)?.start === null).length;
  const unmet = goals.filter(({ name }) => (tried.get(name)?.end ?? null) !== null).length;
  const half = tags.find((tag) => !titled.includes(tag) || !tasked.includes(tag));
  const checks: readonly CheckItem[] = [
    {
      good: titled.length > 0,
      said: titled.length > 0 ? words.hasTitle(titled.map((tag) => locales[tag].name).join(", ")) : words.noTitle,
      part: "words",
    },
    { good: tasked.length > 0, said: tasked.length > 0 ? words.hasTask : words.noTask, part: "words" },
    ...(titled.length > 0 && tasked.length > 0
      ? [{ good: !half, said: half ? words.notBoth(locales[half].name) : words.both, part: "words" } as const]
      : []),
    { good: goals.length > 0, said: goals.length > 0 ? words.hasGoals(goals.length) : words.noGoals, part: "goals" },
    ...(goals.length > 0
      ? ([
          {
            good: already === 0,
            said: already === 0 ? words.openAtStart : words.notOpenAtStart(already),
            part: "commands",
          },
          { good: unmet === 0, said: unmet === 0 ? words.solved : words.notSolved(unmet), part: "goals" },
        ] as const)
      : []),
  ];
  return (
    <section aria-label={words.checks}>
      <h3>{words.checks}</h3>
      <ul className="builder-checks">
        {checks.map(({ good, said, part }) => (
          <li key={said} data-good={good}>
            {good ? <CircleCheck size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
            {good ? (
              said
            ) : (
              <button type="button" className="builder-mend" onClick={() => go(part)}>
                {said}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
