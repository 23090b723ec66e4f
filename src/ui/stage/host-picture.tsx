import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import { TargetMenu } from "../components/target-menu.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { useRemoval } from "../explorer/asking.ts";
import { shortInstruction } from "../instruction.ts";
import { tintOf } from "../layer-color.ts";
import { imageName, layerName, layerOrigin } from "../names.ts";
import { containerPart, imagePart, platePart, warmthPart } from "./animations/motion.ts";
import { type HostGeometry, type Plate, WORDS } from "./host-layout.ts";
import type { Box } from "./layout.ts";
import { VolumeShelf } from "./volume-shelf.tsx";
import "./cooling.css";
import "./host.css";

const at = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });
/** A plate this high has room for what made it. */
const ORIGIN = 76;
/** A plate narrower than this has room for its name and little else. */
const NARROW = 150;
/** What an image's script has given way to says more than the script. */
const ENTRYPOINT = /^\S*entrypoint\S* (?=.)/;

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
  const pointed = useApp((state) => state.pointed);
  const focus = useApp((state) => state.shown.focus?.target ?? null);
  const removal = useRemoval(pointed);
  const lit = chainOf(host, pointed);
  const told = lit && removal?.refused === null ? removal : null;
  const pointing = (target: StackTarget) => ({
    onMouseEnter: () => store.point(target),
    onMouseLeave: () => store.point(null),
    onFocus: () => store.point(target),
    onBlur: () => store.point(null),
    "data-selected": focus?.id === target.id,
    // The first time it is chosen here, the second time one looks into it.
    onClick: () => {
      if (focus?.id === target.id) store.setPageView("stack");
      else void store.look(target, "/");
    },
  });
  const dimmed = (target: StackTarget): boolean => pointed !== null && pointed.id !== target.id;
  // A narrow picture begins at its left edge.
  const worded = geometry.left >= WORDS;
  const words = (y: number): { top: number; left: number } => ({ top: y + 6, left: geometry.left - WORDS });
  return (
    <div
      className="host"
      data-tall={geometry.plate >= 60}
      data-pointing={lit !== null}
      style={{ width: geometry.width, height: geometry.height }}
    >
      {worded && geometry.containers.length > 0 && (
        <p className="host-words host-words-amber" style={words(geometry.top)} aria-hidden>
          {text.hostView.writable}
        </p>
      )}
      {worded && geometry.plates.length > 0 && (
        <p className="host-words" style={words(geometry.ground)} aria-hidden>
          {text.hostView.readOnly}
        </p>
      )}
      <ol aria-label={text.hostView.readOnly}>
        {geometry.plates.map((plate) => (
          <LayerPlate
            key={plate.layer.chainId}
            plate={plate}
            host={host}
            touched={touched}
            origin={geometry.plate >= ORIGIN}
            dim={lit !== null && !plate.layers.some(({ chainId }) => lit.has(chainId))}
            fate={fateOf(plate, told)}
          />
        ))}
      </ol>
      <ol aria-label={text.hostView.writable}>
        {geometry.containers.map((box) => {
          const { container } = box;
          const target = { kind: "container", id: container.id } as const;
          const { building } = container;
          const running = container.running ? text.hostView.running : text.hostView.stopped;
          const state = building === null ? running : shortInstruction(building);
          return (
            <li key={container.id}>
              <button
                type="button"
                className="plate plate-writable hued-amber"
                style={at(box)}
                data-part={containerPart(container.id)}
                data-touched={touched.has(containerPart(container.id))}
                data-dim={dimmed(target) && container.image !== pointed?.id}
                data-running={container.running}
                aria-label={`${container.name}, ${state}, ${bytes(container.upper.size)}`}
                title={`${container.name}\n${container.command}\n${container.status}`}
                {...pointing(target)}
              >
                <span className="plate-name">
                  <span className="dot" data-running={container.running} aria-hidden />
                  {container.name}
                </span>
                {geometry.plate >= ORIGIN && (
                  <span className="plate-origin mono">{container.command.replace(ENTRYPOINT, "")}</span>
                )}
                <span className="plate-facts mono">
                  {bytes(container.upper.size)}
                  {box.width >= NARROW && ` · ${state}`}
                </span>
              </button>
              {building === null && (
                <span className="plate-menu" style={{ left: box.x + box.width - 30, top: box.y + 4 }}>
                  <TargetMenu target={target} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <VolumeShelf geometry={geometry} host={host} touched={touched} />
      <ol aria-label={text.panel.image}>
        {geometry.names.map((box) => {
          const { image } = box;
          const target = { kind: "image", id: image.id } as const;
          const from = builtOn(host, image.chain);
          return (
            <li key={image.id} className="image-name" style={at(box)} data-part={imagePart(image.id)}>
              <button
                type="button"
                className="image-title"
                data-dim={
                  dimmed(target) && !host.containers.some((one) => one.id === pointed?.id && one.image === image.id)
                }
                title={image.refs.join("\n")}
                {...pointing(target)}
              >
                <span className="image-reference mono">
                  {imageName(image)}
                  {image.refs.length > 1 && ` +${image.refs.length - 1}`}
                </span>
                <span className="image-facts mono">{bytes(image.size)}</span>
                {from && <span className="image-facts">{text.sharing.from(from)}</span>}
              </button>
              <span className="image-menu">
                <TargetMenu target={target} />
              </span>
            </li>
          );
        })}
      </ol>
      {geometry.caches.map((box) => (
        <p key={box.x} className="image-name image-none" style={at(box)} title={text.hostView.buildCacheWhat}>
          {text.hostView.buildCache}
        </p>
      ))}
    </div>
  );
}

interface PlateProps {
  readonly plate: Plate;
  readonly host: HostState;
  readonly touched: ReadonlySet<string>;
  /** With what made it. */
  readonly origin: boolean;
  readonly dim: boolean;
  /** What `docker rmi` of what is pointed at would do to it. */
  readonly fate: "goes" | "stays" | null;
}

function LayerPlate({ plate, host, touched, origin, dim, fate }: PlateProps) {
  const store = useAppStore();
  const text = useText();
  const { layer, layers, images } = plate;
  const selected = useApp((state) => layers.some(({ chainId }) => chainId === state.selectedLayer));
  const tint = tintOf(host, layer.chainId);
  const size = layers.reduce((sum, one) => sum + one.size, 0);
  const part = platePart(layer.chainId);
  const several = layers.length > 1;
  const name = several && !layer.name ? text.hostView.layers(layers.length) : layerName(host, layer.chainId);
  const facts = [
    bytes(size),
    ...(several && layer.name ? [text.hostView.layers(layers.length)] : []),
    ...(images > 1 ? [text.hostView.usedBy(images)] : []),
  ];
  return (
    <li>
      <button
        type="button"
        className={`plate ${tint.className}`}
        style={{ ...tint.style, ...at(plate) }}
        data-part={part}
        data-touched={touched.has(part)}
        data-selected={selected}
        data-dim={dim}
        data-fate={fate}
        aria-pressed={selected}
        title={`${name}\n${layer.createdBy}\n${layer.diffId}`}
        onClick={() => store.selectLayer(selected ? null : layer.chainId)}
      >
        <span className="warmth" data-part={warmthPart(layer.chainId)} />
        {several && plate.width >= NARROW && (
          <span className="plate-lines" style={{ "--lines": Math.min(layers.length, 8) } as object} aria-hidden />
        )}
        <span className="plate-name">{name}</span>
        {origin && <span className="plate-origin mono">{layerOrigin(layer)}</span>}
        <span className="plate-facts mono">{facts.join(" · ")}</span>
        {fate && (
          <span className="plate-fate">
            {fate === "goes" ? `${text.sharing.goes} · ${bytes(size)}` : text.sharing.stays}
          </span>
        )}
      </button>
    </li>
  );
}

/** The layers of what is pointed at; null when nothing is. */
function chainOf(host: HostState, target: StackTarget | null): ReadonlySet<string> | null {
  const found = [...host.images, ...host.containers].find(({ id }) => id === target?.id);
  return found ? new Set(found.chain) : null;
}

function fateOf({ layers }: Plate, removal: { goes: readonly string[]; stays: readonly string[] } | null) {
  if (!removal) return null;
  if (layers.some(({ chainId }) => removal.goes.includes(chainId))) return "goes";
  return layers.some(({ chainId }) => removal.stays.includes(chainId)) ? "stays" : null;
}

/** The name of the image that an image with these layers was built on; null when it begins at the ground. */
function builtOn(host: HostState, chain: readonly string[]): string | null {
  const below = chain.slice(0, -1).findLast((layer) => host.layers.some((one) => one.chainId === layer && one.name));
  return below === undefined ? null : layerName(host, below);
}
