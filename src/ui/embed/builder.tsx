import { ArrowLeft, Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { isLocaleTag, locales } from "../../content/locales/index.ts";
import type { Opening } from "../../host/opening.ts";
import { inLanguage } from "../../host/scenario.ts";
import { PAGE_VIEWS } from "../../state/store.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { openingNow } from "../share/open-at.ts";
import { type EmbedChoice, USUAL_HEIGHT, elementCode, embedAddress, frameCode } from "./code.ts";
import { TERMINALS, THEMES, originOf, plainEmbedding } from "./embedding.ts";
import "./builder.css";

/** With a terminal under the picture a frame has to be higher, in px. */
const WITH_TERMINAL = 640;
const LEAST_HEIGHT = 240;
const MOST_HEIGHT = 1200;
/** The preview begins anew when nothing was changed for so long, in ms. */
const SETTLED = 400;

/** Chooses how the scene stands in somebody's page, shows it so, and gives the HTML. */
export function EmbedBuilder({ link, back }: { link: string; back: () => void }) {
  const store = useAppStore();
  const text = useText();
  const words = useLearn()?.embed;
  const locale = useApp((state) => state.preferences.locale);
  const scene = useApp((state) => inLanguage(state.scene.title, locale));
  const last = useApp((state) => state.step);
  const [now] = useState(() => openingNow(store));
  const [opening, setOpening] = useState<Opening>(() => asOpened(now, last));
  const [embedding, setEmbedding] = useState(plainEmbedding);
  const [height, setHeight] = useState(USUAL_HEIGHT);
  const [origin, setOrigin] = useState("");
  const [form, setForm] = useState<"frame" | "element">("frame");
  if (!words) return null;

  const choice: EmbedChoice = { link, opening, embedding, height, title: words.frame(scene) };
  const base = new URL("./", location.href.replace(/[?#].*$/, "")).href;
  const change = (next: Asked): void => setOpening(given({ ...opening, ...next }));
  return (
    <div className="embed-builder">
      <p className="embed-what">{words.what}</p>
      <form className="embed-choices" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={words.view}
          value={opening.view ?? "stack"}
          choices={PAGE_VIEWS}
          name={(view) => text.app[view]}
          choose={(view) => change({ view: view === "stack" ? undefined : view })}
        />
        <label className="field">
          <span>{words.step}</span>
          <input
            type="number"
            min={0}
            max={last}
            value={opening.step ?? last}
            onChange={({ target }) => {
              const step = Math.min(last, Math.max(0, Math.round(target.valueAsNumber || 0)));
              change({ step: step === last ? undefined : step });
            }}
          />
        </label>
        <Choice
          label={words.terminal}
          value={embedding.terminal}
          choices={TERMINALS}
          name={(one) => words.terminals[one]}
          choose={(terminal) => {
            setEmbedding({ ...embedding, terminal });
            setHeight(terminal === "no" ? USUAL_HEIGHT : WITH_TERMINAL);
          }}
        />
        <label className="field">
          <span>{words.height}</span>
          <input
            type="number"
            min={LEAST_HEIGHT}
            max={MOST_HEIGHT}
            step={20}
            value={height}
            onChange={({ target }) =>
              setHeight(Math.min(MOST_HEIGHT, Math.round(target.valueAsNumber || USUAL_HEIGHT)))
            }
            onBlur={() => setHeight(Math.max(LEAST_HEIGHT, height))}
          />
        </label>
        <Choice
          label={words.lang}
          value={opening.lang ?? ""}
          choices={["", ...Object.keys(locales)]}
          name={(tag) => (isLocaleTag(tag) ? locales[tag].name : words.langs)}
          choose={(tag) => change({ lang: isLocaleTag(tag) ? tag : undefined })}
        />
        <Choice
          label={words.theme}
          value={embedding.theme}
          choices={THEMES}
          name={(one) => text.app.themes[one]}
          choose={(theme) => setEmbedding({ ...embedding, theme })}
        />
        <label className="field">
          <span>{words.origin}</span>
          <input
            type="url"
            value={origin}
            placeholder={words.originHint}
            aria-invalid={origin !== "" && embedding.origin === null}
            aria-describedby="embed-origin-wrong"
            onChange={({ target }) => {
              setOrigin(target.value);
              setEmbedding({ ...embedding, origin: originOf(target.value.trim()) });
            }}
          />
          <small id="embed-origin-wrong" role="status">
            {origin !== "" && embedding.origin === null && words.originWrong}
          </small>
        </label>
        <label className="embed-check">
          <input
            type="checkbox"
            checked={embedding.controls}
            onChange={({ target }) => setEmbedding({ ...embedding, controls: target.checked })}
          />
          {words.controls}
        </label>
      </form>
      <Preview address={embedAddress(base, choice)} title={words.preview} height={height} />
      <div className="embed-code">
        <div className="switch" role="group" aria-label={words.code}>
          {(["frame", "element"] as const).map((one) => (
            <button key={one} type="button" aria-pressed={form === one} onClick={() => setForm(one)}>
              {one === "frame" ? words.frameCode : words.elementCode}
            </button>
          ))}
        </div>
        <CopyButton code={form === "frame" ? frameCode(base, choice) : elementCode(base, choice)}>
          {(code) => (
            <textarea
              className="mono"
              readOnly
              rows={7}
              aria-label={words.code}
              value={code}
              onFocus={(event) => event.target.select()}
            />
          )}
        </CopyButton>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={back}>
          <ArrowLeft size={14} aria-hidden />
          {words.back}
        </button>
      </div>
    </div>
  );
}

/** As the page stands now: a scene is embedded as one looks at it. The end and the language are the reader's. */
function asOpened({ step, view, of, path }: Opening, last: number): Opening {
  return given({ ...(step !== last && { step }), view: view === "stack" ? undefined : view, of, path });
}

type Asked = { readonly [K in keyof Opening]: Opening[K] | undefined };

/** Without what says nothing. */
function given(opening: Asked): Opening {
  return Object.fromEntries(Object.entries(opening).filter(([, value]) => value !== undefined));
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly T[];
  readonly name: (value: T) => string;
  readonly choose: (value: T) => void;
}

function Choice<T extends string>({ label, value, choices, name, choose }: ChoiceProps<T>) {
  return (
    <label className="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const chosen = choices.find((one) => one === target.value);
          if (chosen !== undefined) choose(chosen);
        }}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The frame itself, anew whenever its address has come to rest. */
function Preview({ address, title, height }: { address: string; title: string; height: number }) {
  const [shown, setShown] = useState(address);
  useEffect(() => {
    const timer = setTimeout(() => setShown(address), SETTLED);
    return () => clearTimeout(timer);
  }, [address]);
  return <iframe key={shown} className="embed-preview" src={shown} title={title} style={{ height }} />;
}

function CopyButton({ code, children }: { code: string; children: (code: string) => ReactNode }) {
  const words = useLearn()?.embed;
  const [copied, setCopied] = useState("");
  const isCopied = copied === code;
  return (
    <>
      <button
        type="button"
        className="button-main"
        onClick={() => void navigator.clipboard.writeText(code).then(() => setCopied(code))}
      >
        {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {isCopied ? words?.copied : words?.copy}
      </button>
      {children(code)}
      <span className="visually-hidden" role="status">
        {isCopied && words?.copied}
      </span>
    </>
  );
}
