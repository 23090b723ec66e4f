import { bytes } from "../../content/locales/phrase.ts";
import type { CachedFile } from "../../engine/page-cache.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp, useText } from "../context.ts";
import { tintOf } from "../layer-color.ts";
import { layerName, namesIn } from "../names.ts";
import { useRemoval } from "./asking.ts";
import { DiskCard } from "./disk.tsx";
import { removalWords } from "./removal-words.ts";

const SHOWN = 6;

/** What the host has on disk and in memory, and what would be free without the image that is chosen. */
export default function Ledger() {
  return (
    <>
      <DiskCard whole />
      <RemovalCard />
      <MemoryCard />
    </>
  );
}

/** The page cache: a file that a shared layer supplies is there once for all containers. */
function MemoryCard() {
  const text = useText();
  const { host } = useApp((state) => state.shown);
  const { files, cached, mapped } = host.memory;
  if (host.containers.length === 0) return null;
  const more = files.length - SHOWN;
  return (
    <section className="card" aria-label={text.sharing.memory}>
      <h2>
        {text.sharing.memory} <span className="chip">{text.panel.modelled}</span>
      </h2>
      {files.length === 0 ? (
        <p className="quiet">{text.sharing.noneRuns}</p>
      ) : (
        <>
          <ul className="cached-files">
            {files.slice(0, SHOWN).map((file) => (
              <Cached key={`${file.layer} ${file.path} ${file.containers.join()}`} file={file} />
            ))}
          </ul>
          {more > 0 && <p className="quiet">{text.sharing.more(more)}</p>}
          <dl className="ledger">
            <div>
              <dt>{text.sharing.inMemory}</dt>
              <dd className="mono">{bytes(cached)}</dd>
            </div>
            <div>
              <dt>{text.sharing.withoutSharing}</dt>
              <dd className="mono">{bytes(mapped)}</dd>
            </div>
          </dl>
          <p className="quiet ledger-note">{text.sharing.memoryNote}</p>
        </>
      )}
    </section>
  );
}

function Cached({ file }: { file: CachedFile }) {
  const text = useText();
  const { host } = useApp((state) => state.shown);
  const { path, size, layer, containers } = file;
  const tint = tintOf(host, layer);
  const from = layer === "writable" ? text.panel.writable : layer === "init" ? text.stack.init : layerName(host, layer);
  const users = host.containers.filter(({ id }) => containers.includes(id)).map(({ name }) => name);
  return (
    <li className={`cached-file ${tint.className}`} style={tint.style} title={`${path} · ${from}\n${users.join(", ")}`}>
      <span className="cached-name">
        {text.sharing.mappedBy(path.slice(path.lastIndexOf("/") + 1), containers.length)}
      </span>
      <span className="mono">
        {bytes(size)} <strong>×1</strong>
      </span>
    </li>
  );
}

/** What `docker rmi` of the image that is pointed at, or looked at, would free. */
function RemovalCard() {
  const text = useText();
  const { host, focus } = useApp((state) => state.shown);
  const pointed = useApp((state) => state.pointed);
  const removal = useRemoval(pointed ?? focus?.target ?? null);
  if (!removal) return null;
  return (
    <section className="card" aria-label={`docker rmi ${removal.reference}`}>
      <h2>
        {text.sharing.ifYou} <code>docker rmi {removal.reference}</code>
      </h2>
      {removal.refused === null ? (
        <p>
          <Sentence phrases={removalWords(removal, namesIn(host, text), text, host)} host={host} />
        </p>
      ) : (
        <>
          <p>{text.sharing.refused}</p>
          <p className="mono refusal">{removal.refused}</p>
        </>
      )}
    </section>
  );
}
