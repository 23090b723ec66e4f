import { Download, Lock } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { PullPicture as Pull } from "../../state/story.ts";
import { useText } from "../context.ts";
import { tintOf } from "../layer-color.ts";
import { pullPart, rowPart } from "./animations/motion.ts";

/** A pull under way: sheets that are here lie on the stack, those still to come are outlines above them. */
export function PullPicture({ pull, host, touched }: { pull: Pull; host: HostState; touched: ReadonlySet<string> }) {
  const text = useText();
  const waiting = Math.max(0, pull.total - pull.layers.length);
  const rows = pull.layers.toReversed();
  return (
    <div className="pulling" data-part="pull">
      <h2 className="pulling-title">
        <Download size={17} aria-hidden /> <code>{text.hostView.pulling(pull.reference)}</code>
      </h2>
      <ol className="pulling-rows" aria-label={pull.reference}>
        {Array.from({ length: Math.min(waiting, 8) }, (_, index) => (
          <li key={index} className="pulling-row hued-none" data-state="waiting">
            <span className="quiet">{text.stack.waiting}</span>
          </li>
        ))}
        {rows.map((layer) => {
          const here = layer.state === "exists" || layer.state === "extracted";
          const tint = tintOf(host, layer.layer);
          return (
            <li
              key={layer.layer}
              className={`pulling-row ${tint.className}`}
              style={tint.style}
              data-state={layer.state === "waiting" ? "downloaded" : layer.state}
              data-touched={touched.has(rowPart(layer.layer))}
              data-part={rowPart(layer.layer)}
            >
              {here ? <Lock size={14} aria-hidden /> : <Download size={14} aria-hidden />}
              <code>{layer.digest.slice(7, 19)}</code>
              <span className="pulling-state">
                {
                  {
                    waiting: layer.part > 0 ? text.stack.loading : text.stack.waiting,
                    exists: text.stack.exists,
                    downloaded: text.stack.downloading,
                    extracted: text.stack.extracted,
                  }[layer.state]
                }
              </span>
              <span className="pulling-bar" data-part={pullPart(layer.layer)}>
                <span data-part={`${pullPart(layer.layer)}:bar`} style={{ width: `${layer.part * 100}%` }} />
              </span>
              <span className="mono">{bytes(layer.size)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
