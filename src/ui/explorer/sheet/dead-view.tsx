import { File, Folder } from "lucide-react";
import { bytes } from "../../../content/locales/phrase.ts";
import type { DeadGroup } from "../../../engine/insight/dead-bytes.ts";
import type { PlateRef } from "../../../engine/insight/plates.ts";
import type { Moment } from "../../../host/insight.ts";
import { Sentence } from "../../components/sentence.tsx";
import { useText } from "../../context.ts";
import { tintOf } from "../../layer-color.ts";
import { useAnswer } from "../asking.ts";
import { plateName } from "../xray-words.ts";
import { StateOf } from "./state-of.tsx";
import { useSheetHost } from "./sheet-host.ts";

/** The bytes that no path reaches: where they are, who took them out of sight, and how. */
export function DeadView(props: { moment: Moment; open: (layer: PlateRef, path: string) => void }) {
  const text = useText();
  const answer = useAnswer("dead-bytes", props.moment);
  const found = answer.is === "here" ? answer.value : null;
  return (
    <section className="dead" aria-label={text.insight.dead}>
      <p className="notice">{text.insight.deadWhat}</p>
      <StateOf answer={answer} />
      {found && found.files === 0 && <p className="sheet-state">{text.insight.noneDead}</p>}
      {found && found.files > 0 && (
        <>
          <p className="dead-total">{text.insight.deadTold(bytes(found.dead), bytes(found.total), found.files)}</p>
          <div className="dead-bar" aria-hidden>
            <span style={{ width: `${Math.max(0.5, (100 * found.dead) / Math.max(1, found.total))}%` }} />
          </div>
          <ol className="dead-list">
            {found.groups.map((group) => (
              <Group
                key={`${group.directory} ${group.layer} ${group.killer} ${group.reason}`}
                group={group}
                biggest={found.groups[0]?.size ?? 1}
                {...props}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Group(props: {
  group: DeadGroup;
  biggest: number;
  moment: Moment;
  open: (layer: PlateRef, path: string) => void;
}) {
  const text = useText();
  const host = useSheetHost();
  const { group, moment } = props;
  const [one] = group.first;
  // A single file is named; several are where they were.
  const alone = !group.whole && group.files === 1 && one ? one.path : null;
  const Icon = alone ? File : Folder;
  const tint = tintOf(host, group.layer);
  const name = (layer: PlateRef) => plateName(host, text, moment.target, layer);
  return (
    <li className={`dead-group ${tint.className}`} style={tint.style}>
      <details>
        <summary>
          <span className="dead-share" aria-hidden>
            <span style={{ width: `${Math.max(2, (100 * group.size) / Math.max(1, props.biggest))}%` }} />
          </span>
          <Icon size={14} aria-hidden />
          <span className="dead-path mono">{alone ?? group.directory}</span>
          <span className="dead-size mono">{bytes(group.size)}</span>
          <span className="dead-why">
            {group.whole && `${text.insight.whole} · `}
            {!alone && `${text.insight.deadFiles(group.files)} · `}
            <Sentence
              host={host}
              phrases={text.insight.deadIn(name(group.layer), text.insight.reasons[group.reason](name(group.killer)))}
            />
          </span>
        </summary>
        <ul className="dead-files mono">
          {group.first.map((file) => (
            <li key={file.path}>
              <button type="button" onClick={() => props.open(group.layer, file.path)}>
                <span>{file.path}</span>
                <span>{bytes(file.size)}</span>
              </button>
            </li>
          ))}
          {group.files > group.first.length && (
            <li className="quiet">{text.insight.moreFiles(group.files - group.first.length)}</li>
          )}
        </ul>
      </details>
    </li>
  );
}
