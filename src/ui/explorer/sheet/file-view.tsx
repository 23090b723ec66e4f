import { Check, Copy, Download } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { bytes } from "../../../content/locales/phrase.ts";
import type { FileRead } from "../../../engine/insight/file.ts";
import type { PlateRef } from "../../../engine/insight/plates.ts";
import type { Moment } from "../../../host/insight.ts";
import { Sentence } from "../../components/sentence.tsx";
import { useAppStore, useText } from "../../context.ts";
import { useAnswer } from "../asking.ts";
import { SVG, hexLines, imageType, modeText, textOfStart } from "./looks.ts";
import { StateOf } from "./state-of.tsx";
import { XRaySentence } from "./xray-sentence.tsx";
import { useSheetHost } from "./sheet-host.ts";

/** So much of a file is read to be looked at. */
const LIMIT = 64 * 1024;
/** Images are read whole, up to this. */
const MOST_IMAGE = 16_000_000;

interface FileAt {
  readonly moment: Moment;
  readonly layer: PlateRef | null;
  readonly path: string;
}

/** One path: where it comes from, what it is, and what is in it. */
export function FileView({ whiteout, ...at }: FileAt & { whiteout: boolean }) {
  const text = useText();
  const host = useSheetHost();
  const { moment, layer, path } = at;
  const answer = useAnswer("file", whiteout ? null : { ...moment, layer, path, limit: LIMIT });
  const file = answer.is === "here" ? answer.value : null;
  return (
    <article className="file-view" aria-label={path}>
      <header>
        <h3 className="mono">{path}</h3>
        <span className="file-actions">
          <CopyPath path={path} />
          {file?.bytes && <Save {...at} />}
        </span>
      </header>
      <XRaySentence moment={moment} path={path} />
      {whiteout && <p className="notice">{text.insight.whiteout}</p>}
      {!whiteout && <StateOf answer={answer} />}
      {file && (
        <p className="file-facts mono">
          {modeText(file)} {file.uid}:{file.gid} ·{file.kind !== "directory" && ` ${bytes(file.size)} ·`}{" "}
          {new Intl.DateTimeFormat(text.tag, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(
            file.mtime * 1000,
          )}
        </p>
      )}
      {file?.kind === "directory" && <p className="notice">{text.insight.directory}</p>}
      {file?.link != null && (
        <p>
          <Sentence phrases={text.insight.linkTo(file.link)} host={host} />
        </p>
      )}
      {file && !file.bytes && file.link === null && file.kind !== "directory" && (
        <p className="notice">{text.insight.special}</p>
      )}
      {file?.bytes && file.size === 0 && <p className="notice">{text.insight.emptyFile}</p>}
      {file?.bytes && file.size > 0 && <Content key={path} {...at} file={file} content={file.bytes} />}
    </article>
  );
}

type Look = "text" | "hex" | "image";

function Content({ file, content, ...at }: FileAt & { file: FileRead; content: Uint8Array }) {
  const text = useText();
  const read = useMemo(() => textOfStart(content, file.cut), [content, file.cut]);
  const type = file.size <= MOST_IMAGE ? imageType(content, read) : null;
  const looks: Look[] = [...(type ? ["image" as const] : []), ...(read === null ? [] : ["text" as const]), "hex"];
  const [chosen, setLook] = useState<Look | null>(null);
  const look = chosen ?? looks[0] ?? "hex";
  return (
    <>
      {looks.length > 1 && (
        <div className="looks" role="group" aria-label={text.insight.as}>
          {looks.map((one) => (
            <button key={one} type="button" aria-pressed={look === one} onClick={() => setLook(one)}>
              {text.insight[one]}
            </button>
          ))}
        </div>
      )}
      {look === "text" && (
        <pre className="file-text mono" tabIndex={0} aria-label={text.insight.text}>
          {read}
        </pre>
      )}
      {look === "hex" && <Hex content={content} />}
      {look === "image" && type && <Picture {...at} type={type} />}
      {file.cut && look !== "image" && <p className="notice">{text.insight.cut(bytes(LIMIT), bytes(file.size))}</p>}
    </>
  );
}

function Hex({ content }: { content: Uint8Array }) {
  const text = useText();
  const lines = useMemo(() => hexLines(content), [content]);
  return (
    <pre className="file-text mono" tabIndex={0} aria-label={text.insight.hex}>
      {lines.map((line) => (typeof line === "number" ? text.insight.same(line) : line)).join("\n")}
    </pre>
  );
}

function Picture({ moment, layer, path, type }: FileAt & { type: string }) {
  const text = useText();
  const answer = useAnswer("save", { ...moment, layer, path });
  const blob = answer.is === "here" ? answer.value : null;
  const [broken, setBroken] = useState<Blob | null>(null);
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (!image || !blob) return;
      const typed = blob.slice(0, blob.size, type);
      if (type === SVG) {
        // An image runs no scripts; nor does it, with this address, in a tab of its own: it is no page of this origin.
        const reader = new FileReader();
        reader.onload = () => image.setAttribute("src", String(reader.result));
        reader.readAsDataURL(typed);
        return () => reader.abort();
      }
      const address = URL.createObjectURL(typed);
      image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [blob, type],
  );
  return (
    <>
      <StateOf answer={answer} />
      {blob && broken !== blob && <img className="file-image" ref={show} alt={path} onError={() => setBroken(blob)} />}
      {blob && broken === blob && <p className="notice">{text.insight.brokenImage}</p>}
    </>
  );
}

function CopyPath({ path }: { path: string }) {
  const text = useText();
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied === path;
  // Without https browsers give no clipboard: the path can still be marked and copied where it stands.
  if (!navigator.clipboard) return null;
  return (
    <button
      type="button"
      className="button small"
      onClick={() =>
        navigator.clipboard.writeText(path).then(
          () => setCopied(path),
          () => setCopied(null),
        )
      }
    >
      {done ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
      <span aria-live="polite">{done ? text.insight.copied : text.insight.copyPath}</span>
    </button>
  );
}

function Save({ moment, layer, path }: FileAt) {
  const { client } = useAppStore();
  const text = useText();
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      const blob = await client.ask("save", { ...moment, layer, path });
      if (!blob) return setProblem(text.insight.gone);
      const link = document.createElement("a");
      // As it is: of text, browsers would add ".txt" to the name.
      link.href = URL.createObjectURL(blob.slice(0, blob.size, "application/octet-stream"));
      link.download = path.slice(path.lastIndexOf("/") + 1);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" className="button small" onClick={() => void save()}>
        <Download size={13} aria-hidden />
        {text.insight.save}
      </button>
      {problem !== null && (
        <span className="notice-bad" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
