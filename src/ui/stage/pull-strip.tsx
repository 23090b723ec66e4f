import { CloudDownload } from "lucide-react";
import type { HostState } from "../../engine/host-state.ts";
import type { PullPicture as Pull } from "../../state/story.ts";
import { useText } from "../context.ts";
import { tintOf } from "../layer-color.ts";
import { pullPart } from "./animations/motion.ts";

/** The registry at the top of the host: the last pull, a bar a layer. */
export function PullStrip({ pull, host }: { pull: Pull; host: HostState }) {
  const text = useText();
  const waiting = Math.max(0, pull.total - pull.layers.length);
  return (
    <div className="strip" data-part="pull">
      <span className="strip-title">
        <CloudDownload size={17} aria-hidden />
        <code>{text.hostView.pulling(pull.reference)}</code>
      </span>
      <ol className="strip-layers">
        {pull.layers.map((layer) => {
          const tint = tintOf(host, layer.layer);
          const words = {
            waiting: layer.part > 0 ? text.stack.loading : text.stack.waiting,
            exists: text.stack.exists,
            downloaded: text.stack.downloading,
            extracted: text.stack.extracted,
          };
          return (
            <li key={layer.layer} className={tint.className} style={tint.style} data-part={pullPart(layer.layer)}>
              <span className="strip-words">
                <code>{layer.digest.slice(7, 15)}</code> {words[layer.state]}
              </span>
              <span className="strip-bar" data-state={layer.state === "waiting" ? "downloaded" : layer.state}>
                <span data-part={`${pullPart(layer.layer)}:bar`} style={{ width: `${layer.part * 100}%` }} />
              </span>
            </li>
          );
        })}
        {waiting > 0 && (
          <li className="hued-none">
            <span className="strip-words">
              {text.hostView.layers(waiting)} {text.stack.waiting}
            </span>
            <span className="strip-bar" data-state="waiting" />
          </li>
        )}
      </ol>
    </div>
  );
}
