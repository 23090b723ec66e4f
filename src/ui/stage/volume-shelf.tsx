import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { VolumeMenu } from "../components/volume-menu.tsx";
import { useAppStore, useText } from "../context.ts";
import { volumeName } from "../names.ts";
import { volumePart } from "./animations/motion.ts";
import { Cylinder, lidOf } from "./cylinder.tsx";
import { type HostGeometry, WORDS } from "./host-layout.ts";
import { pathOf } from "./outside-layout.ts";
import type { VolumeBox } from "./volume-layout.ts";
import "./outside.css";

interface ShelfProps {
  readonly geometry: HostGeometry;
  readonly host: HostState;
  readonly touched: ReadonlySet<string>;
}

/** The volumes of the host, each once, with a line to every container that mounts it. */
export function VolumeShelf({ geometry, host, touched }: ShelfProps) {
  const text = useText();
  const { boxes, lines } = geometry.shelf;
  const first = boxes[0];
  if (!first) return null;
  return (
    <>
      {geometry.left >= WORDS && (
        <p className="host-words" style={{ top: first.y + 12, left: geometry.left - WORDS }} aria-hidden>
          {text.hostView.volumes}
        </p>
      )}
      <svg className="bridges" width={geometry.width} height={geometry.height} aria-hidden>
        {lines.map(({ volume, container, points }) => (
          <path key={`${volume} ${container}`} className="bridge-edge" d={pathOf(points, 4)} />
        ))}
        {lines
          .toSorted((a, b) => Number(a.running) - Number(b.running))
          .map(({ volume, container, running, points }) => {
            const [from, to] = [points[0], points.at(-1)];
            return (
              <g key={`${volume} ${container}`} data-end={running ? "tile" : "below"}>
                <path d={pathOf(points, 4)} />
                {from && <circle cx={from.x} cy={from.y} r={3} />}
                {to && <circle className="bridge-end" cx={to.x} cy={to.y} r={3.5} />}
              </g>
            );
          })}
      </svg>
      <ul aria-label={text.hostView.volumes}>
        {boxes.map((box) => (
          <Volume key={box.volume.name} box={box} host={host} touched={touched} />
        ))}
      </ul>
    </>
  );
}

function Volume({ box, host, touched }: { box: VolumeBox; host: HostState; touched: ReadonlySet<string> }) {
  const store = useAppStore();
  const text = useText();
  const { volume, more, x, y, width, height } = box;
  const part = volumePart(volume.name);
  const name = volumeName(host, volume.name);
  const users = host.containers.filter(({ id }) => volume.usedBy.includes(id));
  const user = users[0];
  const target = user?.mounts.find((mount) => mount.volume === volume.name)?.target;
  const kind = volume.anonymous ? text.stack.anonymous : text.stack.volume;
  const unused = more > 0 ? text.hostView.moreUnused(more) : text.hostView.unused;
  const note = user ? (volume.anonymous ? text.stack.anonymous : "") : unused;
  const facts = `${text.stack.files(volume.files)} · ${bytes(volume.size)}`;
  return (
    <li
      className="thing hued-volume"
      style={{ left: x, top: y, width, height }}
      data-part={part}
      data-touched={touched.has(part)}
      data-flat
    >
      <Cylinder width={width} height={height} />
      <button
        type="button"
        className="thing-body"
        style={{ paddingTop: lidOf(height) * 2 }}
        aria-label={[kind, name, facts, text.hostView.mountedBy(users.map((one) => one.name))].join(", ")}
        title={`${volume.name}\n${facts}\n${text.hostView.mountedBy(users.map((one) => one.name))}`}
        aria-disabled={!user}
        onClick={() => {
          if (!user || !target) return;
          store.setPageView("stack");
          void store.look({ kind: "container", id: user.id }, target);
        }}
      >
        <span className="thing-name mono">{name}</span>
        <span className="thing-facts mono">
          <span>
            {bytes(volume.size)}
            {note && ` · ${note}`}
          </span>
        </span>
      </button>
      <span className="thing-menu" style={{ top: lidOf(height) * 2 - 3 }}>
        <VolumeMenu volume={volume.name} />
      </span>
    </li>
  );
}
