import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { TargetMenu } from "../components/target-menu.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { shortInstruction } from "../instruction.ts";
import { tintOf } from "../layer-color.ts";
import { imageName, layerName } from "../names.ts";
import { containerPart, imagePart, platePart } from "./animations/motion.ts";
import type { HostGeometry, Plate } from "./host-layout.ts";
import type { Box } from "./layout.ts";
import { VolumeShelf } from "./volume-shelf.tsx";

const at = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });

/** A layer is one plate, as wide as the images that stand on it; writable layers stand on top, one a container. */
export function HostPicture({
  geometry,
  host,
  touched,
}: {
  geometry: HostGeometry;
  host: HostState;
  touched: ReadonlySet<string>;
}) {
  const store = useAppStore();
  const text = useText();
  const selected = useApp((state) => state.selectedLayer);
  const focus = useApp((state) => state.shown.focus);
  const title = (plate: Plate): string => {
    const { layer } = plate;
    if (plate.layers.length > 1 && !layer.name) return text.hostView.layers(plate.layers.length);
    return layerName(host, layer.chainId);
  };
  const show = (target: NonNullable<typeof focus>["target"]): void => {
    store.setPageView("stack");
    void store.look(target, "/");
  };
  return (
    <div className="host" data-tall={geometry.plate >= 60} style={{ width: geometry.width, height: geometry.height }}>
      {geometry.containers.length > 0 && (
        <p
          className="host-words host-words-amber"
          style={{ top: geometry.top + 6, left: geometry.left - 124 }}
          aria-hidden
        >
          {text.hostView.writable}
        </p>
      )}
      {geometry.plates.length > 0 && (
        <p className="host-words" style={{ top: geometry.ground + 6, left: geometry.left - 124 }} aria-hidden>
          {text.hostView.readOnly}
        </p>
      )}
      <ol aria-label={text.hostView.readOnly}>
        {geometry.plates.map((plate) => {
          const tint = tintOf(host, plate.layer.chainId);
          const size = plate.layers.reduce((sum, layer) => sum + layer.size, 0);
          const part = platePart(plate.layer.chainId);
          return (
            <li key={plate.layer.chainId}>
              <button
                type="button"
                className={`plate ${tint.className}`}
                style={{ ...tint.style, ...at(plate) }}
                data-part={part}
                data-touched={touched.has(part)}
                data-selected={plate.layers.some((layer) => layer.chainId === selected)}
                aria-pressed={plate.layers.some((layer) => layer.chainId === selected)}
                title={`${title(plate)}\n${plate.layer.createdBy}\n${plate.layer.diffId}`}
                onClick={() => store.selectLayer(plate.layer.chainId === selected ? null : plate.layer.chainId)}
              >
                <span className="plate-name">{title(plate)}</span>
                <span className="plate-facts mono">
                  {bytes(size)}
                  {plate.images > 1 && ` · ${text.hostView.usedBy(plate.images)}`}
                </span>
                {plate.layers.length > 1 && <span className="plate-lines" aria-hidden />}
              </button>
            </li>
          );
        })}
      </ol>
      <ol aria-label={text.hostView.writable}>
        {geometry.containers.map((box) => (
          <li key={box.container.id}>
            <button
              type="button"
              className="plate hued-amber"
              style={at(box)}
              data-part={containerPart(box.container.id)}
              data-touched={touched.has(containerPart(box.container.id))}
              data-selected={focus?.target.id === box.container.id}
              data-running={box.container.running}
              onClick={() => show({ kind: "container", id: box.container.id })}
            >
              <span className="plate-name">
                <span className="dot" data-running={box.container.running} aria-hidden />
                {box.container.name}
              </span>
              <span className="plate-facts mono">
                {bytes(box.container.upper.size)} ·{" "}
                {box.container.building
                  ? shortInstruction(box.container.building)
                  : box.container.running
                    ? text.hostView.running
                    : text.hostView.stopped}
              </span>
            </button>
            {box.container.building === null && (
              <span className="plate-menu" style={{ left: box.x + box.width - 30, top: box.y + 2 }}>
                <TargetMenu target={{ kind: "container", id: box.container.id }} />
              </span>
            )}
          </li>
        ))}
      </ol>
      <VolumeShelf geometry={geometry} host={host} touched={touched} />
      <ol aria-label={text.panel.image}>
        {geometry.names.map((box) => (
          <li key={box.image.id} className="image-name" style={at(box)} data-part={imagePart(box.image.id)}>
            <button
              type="button"
              className="image-title mono"
              data-selected={focus?.target.id === box.image.id}
              title={box.image.refs.join(", ")}
              onClick={() => show({ kind: "image", id: box.image.id })}
            >
              {imageName(box.image)}
              {box.image.refs.length > 1 && ` +${box.image.refs.length - 1}`}
            </button>
            <TargetMenu target={{ kind: "image", id: box.image.id }} />
          </li>
        ))}
      </ol>
      {geometry.caches.map((box) => (
        <p key={box.x} className="image-name image-none" style={at(box)} title={text.hostView.buildCacheWhat}>
          {text.hostView.buildCache}
        </p>
      ))}
    </div>
  );
}
