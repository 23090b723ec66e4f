import { bytes } from "../../content/locales/phrase.ts";
import type { HostContainer, HostImage } from "../../engine/host-state.ts";
import { useApp, useText } from "../context.ts";
import { imageName } from "../names.ts";
import { Mounts, Volumes } from "./outside.tsx";

/** The open image or container, in figures. */
export default function Inspect() {
  const text = useText();
  const { focus, host } = useApp((state) => state.shown);
  const container = host.containers.find((one) => one.id === focus?.target.id);
  const image = host.images.find((one) => one.id === (container?.image ?? focus?.target.id));
  const nothing = !container && !image && host.volumes.length === 0;
  if (nothing) return <p className="quiet explorer-empty">{text.panel.nothing}</p>;
  return (
    <>
      {container && <ContainerFacts container={container} />}
      {image && <ImageFacts image={image} />}
      <Volumes />
    </>
  );
}

function useMoment(): (ms: number) => string {
  const { tag } = useText();
  return (ms) => (ms > 0 ? new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" }).format(ms) : "–");
}

function ContainerFacts({ container }: { container: HostContainer }) {
  const text = useText();
  const moment = useMoment();
  const { added, changed, deleted } = container.upper.counts;
  return (
    <section className="card">
      <h2 className="name hued-amber">{container.name}</h2>
      <dl className="facts">
        <dt>{text.panel.containerId}</dt>
        <dd className="mono">{container.id}</dd>
        <dt>{text.panel.image}</dt>
        <dd className="mono">{container.imageName}</dd>
        <dt>{text.panel.command}</dt>
        <dd className="mono">{container.command}</dd>
        <dt>{text.panel.status}</dt>
        <dd>{container.status}</dd>
        <dt>{text.panel.created}</dt>
        <dd>{moment(container.createdAt)}</dd>
        <dt>{text.stack.writable}</dt>
        <dd className="mono">
          {container.readOnly && `${text.stack.closed} · `}
          {bytes(container.upper.size)} · A {added} C {changed} D {deleted}
        </dd>
      </dl>
      {container.mounts.length > 0 && <Mounts container={container} />}
      {container.upper.changes && container.upper.changes.length > 0 && (
        <details>
          <summary>
            {text.panel.changes} · {container.upper.changes.length.toLocaleString(text.tag)}
          </summary>
          <ul className="changes mono">
            {container.upper.changes.slice(0, 400).map(([mark, path]) => (
              <li key={path} data-mark={mark}>
                <span title={text.panel.marks[mark]}>{mark}</span> {path}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function ImageFacts({ image }: { image: HostImage }) {
  const text = useText();
  const moment = useMoment();
  return (
    <section className="card">
      <h2>
        {imageName(image)} {image.modelled && <span className="chip">{text.panel.modelled}</span>}
      </h2>
      <dl className="facts">
        <dt>{text.panel.imageId}</dt>
        <dd className="mono">{image.id}</dd>
        <dt>{text.panel.size}</dt>
        <dd className="mono">
          {bytes(image.size)} · {text.hostView.layers(image.layers.length)}
        </dd>
        <dt>{text.panel.created}</dt>
        <dd>{moment(image.createdAt)}</dd>
        {image.author && (
          <>
            <dt>{text.panel.author}</dt>
            <dd>{image.author}</dd>
          </>
        )}
        {image.comment && (
          <>
            <dt>{text.panel.comment}</dt>
            <dd>{image.comment}</dd>
          </>
        )}
      </dl>
      {image.modelled && <p className="notice">{text.panel.modelledWhat}</p>}
    </section>
  );
}
