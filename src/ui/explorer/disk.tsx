import { bytes } from "../../content/locales/phrase.ts";
import { useApp, useText } from "../context.ts";
import { amber, tintOf, volumeTint } from "../layer-color.ts";
import { layerName } from "../names.ts";
import { useExplorer } from "./opening.ts";

/** What the layers really take, each once, beside what `docker images` adds up. `whole`: figure by figure, not folded. */
export function DiskCard({ whole: unfolded = false }: { whole?: boolean }) {
  const text = useText();
  const open = useExplorer();
  const { host } = useApp((state) => state.shown);
  const { disk, layers } = host;
  if (layers.length === 0 && host.volumes.length === 0) return null;
  const whole = Math.max(1, disk.stored + disk.writable + disk.volumes);
  const parts = [
    ...layers.map((layer) => ({
      key: layer.chainId,
      size: layer.size,
      name: layerName(host, layer.chainId),
      tint: tintOf(host, layer.chainId),
    })),
    { key: "writable", size: disk.writable, name: text.panel.writable, tint: amber },
    { key: "volumes", size: disk.volumes, name: text.panel.inVolumes, tint: volumeTint },
  ].filter((part) => part.size / whole > 0.002);
  const rows = [
    [text.panel.imagesTogether, disk.images, ""],
    [text.panel.stored, disk.stored, ""],
    [text.panel.saved, disk.saved, "good"],
    [text.panel.writable, disk.writable, "amber"],
    ...(host.volumes.length > 0 ? [[text.panel.inVolumes, disk.volumes, "volume"] as const] : []),
    [text.panel.reclaimable, disk.reclaimable, ""],
  ] as readonly (readonly [name: string, size: number, mood: string])[];
  const figures = (
    <dl className="ledger">
      {rows.map(([name, size, mood]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="mono" data-mood={mood}>
            {bytes(size)}
          </dd>
        </div>
      ))}
    </dl>
  );
  return (
    <section className="card" aria-label={text.panel.disk}>
      <h2>{text.panel.disk}</h2>
      <div className="disk-bar" aria-hidden>
        {parts.map((part) => (
          <span
            key={part.key}
            className={part.tint.className}
            style={{ ...part.tint.style, flexGrow: part.size / whole }}
            title={`${part.name} · ${bytes(part.size)}`}
          />
        ))}
      </div>
      {unfolded ? (
        figures
      ) : (
        <details>
          <summary>{text.panel.ledger(bytes(disk.images), bytes(disk.stored), bytes(disk.saved))}</summary>
          {figures}
        </details>
      )}
      <div className="card-actions">
        <button type="button" className="button" onClick={() => open({ view: "dead" })}>
          {text.insight.dead}
        </button>
        <button type="button" className="button" onClick={() => open({ view: "compare" })}>
          {text.insight.views.compare}
        </button>
      </div>
    </section>
  );
}
