import { Container, FileDown, FileText, Film, Image, QrCode } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { LearnDictionary } from "../../content/locales/learn/index.ts";
import type { LinkResult } from "../../host/protocol.ts";
import { inLanguage } from "../../host/scenario.ts";
import { useApp, useAppStore } from "../context.ts";
import { animation, MOST_STEPS } from "./animation.ts";
import { MOST_SCANNED } from "./link-field.tsx";
import { stagePng, stageSvg } from "./picture.ts";
import { fileName, save } from "./saving.ts";

interface OtherWaysProps {
  readonly words: LearnDictionary["share"];
  readonly link: LinkResult;
  /** The link with how it opens. */
  readonly fragment: string;
  readonly address: string;
  readonly showQr: () => void;
}

/** The scene as a file, as text, as a picture and as a film; what came of it is said in a line. */
export function OtherWays({ words, link, fragment, address, showQr }: OtherWaysProps) {
  const store = useAppStore();
  const locale = useApp((state) => state.preferences.locale);
  const title = useApp((state) => inLanguage(state.scene.title, locale));
  const last = useApp((state) => state.step);
  const [said, setSaid] = useState("");
  const [range, setRange] = useState({ from: Math.max(0, last - 5), to: last });
  const [filming, setFilming] = useState<number | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const act = (work: () => Promise<string>) => () =>
    void work().then(setSaid, (error: unknown) => {
      const aborted = error instanceof DOMException && error.name === "AbortError";
      setSaid(aborted ? "" : words.failed(error instanceof Error ? error.message : String(error)));
    });
  const name = fileName(title);
  const saved = (blob: Blob, ending: string): string => {
    save(blob, `${name}${ending}`);
    return words.saved(`${name}${ending}`);
  };
  const scannable = address.length <= MOST_SCANNED;
  const film = (): void => {
    const controller = new AbortController();
    stop.current = controller;
    setFilming(0);
    const taken = animation(store, { ...range, fragment }, setFilming, controller.signal);
    act(async () => saved(await taken.finally(() => setFilming(null)), ".png"))();
  };
  const wrong = !(range.from >= 0 && range.from < range.to && range.to <= last && range.to - range.from <= MOST_STEPS);
  return (
    <div className="share-ways">
      <p className="share-ways-title">{words.send}</p>
      <button
        type="button"
        className="button"
        onClick={act(async () => {
          const { file, left } = await store.client.sceneFile();
          const told = saved(file, ".lamina");
          return left.length > 0 ? `${told}. ${words.lost(left.join(", "))}` : told;
        })}
      >
        <FileDown size={14} aria-hidden />
        {words.file}
      </button>
      <button type="button" className="button" disabled={!scannable} onClick={showQr}>
        <QrCode size={14} aria-hidden />
        {words.qr}
      </button>
      {!scannable && <p className="share-ways-title quiet">{words.qrLong(MOST_SCANNED)}</p>}
      <button
        type="button"
        className="button"
        onClick={act(async () => {
          const [{ dockerScript }, { decodeLink }] = await Promise.all([
            import("../../host/docker-script.ts"),
            import("../../host/link.ts"),
          ]);
          await navigator.clipboard.writeText(dockerScript(decodeLink(link.fragment).scenario, locale));
          return words.copied;
        })}
      >
        <Container size={14} aria-hidden />
        {words.docker}
      </button>
      <p className="share-ways-title">{words.picture}</p>
      <button
        type="button"
        className="button"
        onClick={act(async () => saved(new Blob([await stageSvg(fragment)], { type: "image/svg+xml" }), ".svg"))}
      >
        <FileText size={14} aria-hidden />
        {words.svg}
      </button>
      <button type="button" className="button" onClick={act(async () => saved(await stagePng(fragment), ".png"))}>
        <Image size={14} aria-hidden />
        {words.png}
      </button>
      {last > 0 && (
        <>
          <p className="share-ways-title">{words.animation}</p>
          <div className="share-range">
            {(["from", "to"] as const).map((end) => (
              <label key={end}>
                {words[end]}{" "}
                <input
                  type="number"
                  min={0}
                  max={last}
                  value={range[end]}
                  onChange={(event) => setRange({ ...range, [end]: Math.round(event.target.valueAsNumber || 0) })}
                />
              </label>
            ))}
            <button type="button" className="button" disabled={filming !== null || wrong} onClick={film}>
              <Film size={14} aria-hidden />
              {words.make}
            </button>
            {filming !== null && (
              <>
                <span role="status">{words.making(Math.round(filming * 100))}</span>
                <button type="button" className="button" onClick={() => stop.current.abort()}>
                  {words.stop}
                </button>
              </>
            )}
            {range.to - range.from > MOST_STEPS && <span>{words.tooMany(MOST_STEPS)}</span>}
          </div>
        </>
      )}
      <p className="share-ways-title" role="status">
        {said}
      </p>
    </div>
  );
}
