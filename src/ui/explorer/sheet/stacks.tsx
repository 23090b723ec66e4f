import type { StackTarget } from "../../../engine/stack-view.ts";
import type { HostState } from "../../../engine/host-state.ts";
import { useText } from "../../context.ts";
import { imageName } from "../../names.ts";
import { useSheetHost } from "./sheet-host.ts";

/** A stack as the value of an `option`. */
export const keyOf = (target: StackTarget): string => `${target.kind} ${target.id}`;

export function targetOf(host: HostState, key: string): StackTarget | null {
  const container = host.containers.find(({ id }) => key === `container ${id}`);
  if (container) return { kind: "container", id: container.id };
  const image = host.images.find(({ id }) => key === `image ${id}`);
  return image ? { kind: "image", id: image.id } : null;
}

/** Chooses an image or container. */
export function StackChoice(props: { label: string; value: StackTarget; change: (target: StackTarget) => void }) {
  const text = useText();
  const host = useSheetHost();
  return (
    <label className="sheet-choice">
      <span>{props.label}</span>
      <select
        value={keyOf(props.value)}
        onChange={(event) => {
          const target = targetOf(host, event.target.value);
          if (target) props.change(target);
        }}
      >
        {host.images.length > 0 && (
          <optgroup label={text.insight.images}>
            {host.images.map((image) => (
              <option key={image.id} value={`image ${image.id}`}>
                {imageName(image)}
              </option>
            ))}
          </optgroup>
        )}
        {host.containers.length > 0 && (
          <optgroup label={text.insight.containers}>
            {host.containers.map((container) => (
              <option key={container.id} value={`container ${container.id}`}>
                {container.name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}
