import { Lock } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { late } from "../components/late.tsx";
import { useAppStore, useText } from "../context.ts";
import { volumeName } from "../names.ts";
import { bridgePart, volumePart } from "./animations/motion.ts";
import { Cylinder, lidOf } from "./cylinder.tsx";
import type { StackGeometry } from "./layout.ts";
import { type OutsideBox, pathOf } from "./outside-layout.ts";
import "./outside.css";

const VolumeMenu = late(
  async () => (await import("../components/volume-menu.tsx")).VolumeMenu,
  <span className="icon-button small" />,
);

interface OutsideProps {
  readonly geometry: StackGeometry;
  readonly host: HostState;
  readonly touched: ReadonlySet<string>;
}

/** What a container mounts, beside its layers: volumes, and directories in memory. */
export function OutsidePicture({ geometry, host, touched }: OutsideProps) {
  const text = useText();
  const { boxes, label } = geometry.outside;
  if (boxes.length === 0) return null;
  return (
    <>
      {label && (
        <p className="outside-label" style={{ left: label.x, top: label.y, width: boxes[0]?.width }} aria-hidden>
          {text.stack.outside}
        </p>
      )}
      <ul aria-label={text.stack.outside}>
        {boxes.map((box) => (
          <Thing key={box.thing.key} box={box} host={host} touched={touched} />
        ))}
      </ul>
    </>
  );
}

function Thing({ box, host, touched }: { box: OutsideBox; host: HostState; touched: ReadonlySet<string> }) {
  const store = useAppStore();
  const text = useText();
  const { thing, x, y, width, height } = box;
  const part = volumePart(thing.key);
  const memory = thing.volume === null;
  const kind = memory ? text.stack.tmpfs : thing.anonymous ? text.stack.anonymous : text.stack.volume;
  const name = thing.volume === null ? text.stack.inMemory : volumeName(host, thing.volume);
  const facts = memory ? "" : `${text.stack.files(thing.files)} · ${bytes(thing.size)}`;
  const state = thing.attached ? "" : text.stack.staysBehind;
  const flat = height < 70;
  return (
    <li
      className="thing hued-volume"
      style={{ left: x, top: y, width, height }}
      data-part={part}
      data-attached={thing.attached}
      data-touched={touched.has(part)}
      data-flat={flat}
    >
      <Cylinder width={width} height={height} dashed={thing.type === "tmpfs"} />
      <button
        type="button"
        className="thing-body"
        style={{ paddingTop: lidOf(height) * 2 }}
        aria-label={[
          kind,
          name,
          text.stack.mountedAt(thing.target),
          facts,
          thing.readOnly ? text.stack.readOnly : "",
          state || text.stack.outside,
        ]
          .filter(Boolean)
          .join(", ")}
        title={`${thing.volume ?? name}\n${text.stack.mountedAt(thing.target)}`}
        onClick={() => void store.look(thing.look.target, thing.look.path)}
      >
        {!flat && (
          <span className="thing-kind" style={{ height: lidOf(height) * 2 }}>
            {kind}
          </span>
        )}
        <span className={memory ? "thing-name" : "thing-name mono"}>{name}</span>
        <span className="thing-target mono">
          <span>{flat && state ? state : thing.target}</span>
          {thing.readOnly && (
            <span className="thing-closed" title={text.stack.readOnly}>
              <Lock size={11} aria-hidden />
              {!flat && text.stack.readOnly}
            </span>
          )}
        </span>
        {!flat && <span className="thing-facts mono">{state || facts}</span>}
      </button>
      {thing.volume !== null && !flat && (
        <span className="thing-menu" style={{ top: lidOf(height) * 2 }}>
          <VolumeMenu volume={thing.volume} />
        </span>
      )}
    </li>
  );
}

/** The ways from there into the merged view: they come from above, as sight lines come from below. */
export function Bridges({ geometry }: { geometry: StackGeometry }) {
  const { bridges } = geometry.outside;
  if (bridges.length === 0) return null;
  return (
    <svg className="bridges" width={geometry.width} height={geometry.height} aria-hidden>
      {bridges.map(({ key, points, end }) => {
        const [from, to] = [points[0], points.at(-1)];
        return (
          <g key={key} data-end={end} data-part={bridgePart(key)}>
            <path className="bridge-edge" d={pathOf(points)} />
            <path d={pathOf(points)} />
            {from && <circle cx={from.x} cy={from.y} r={3.5} />}
            {to && <circle className="bridge-end" cx={to.x} cy={to.y} r={end === "tile" ? 4.5 : 3.5} />}
          </g>
        );
      })}
    </svg>
  );
}

/** In a mount point: what is mounted lies over the layers like a lid. */
export function Cover({ geometry, words }: { geometry: StackGeometry; words: string }) {
  const { cover } = geometry;
  if (!cover) return null;
  return (
    <p
      className="cover hued-volume"
      data-part="cover"
      style={{ top: cover.y, height: cover.height, width: geometry.ownWidth }}
    >
      <span>{words}</span>
    </p>
  );
}
