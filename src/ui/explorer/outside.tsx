import { Cylinder, MemoryStick } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import type { HostContainer } from "../../engine/host-state.ts";
import { VolumeMenu } from "../components/volume-menu.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { volumeName } from "../names.ts";

/** What a container mounts over its layers, in the order of `docker inspect`. */
export function Mounts({ container }: { container: HostContainer }) {
  const text = useText();
  const { host } = useApp((state) => state.shown);
  return (
    <section aria-label={text.panel.mounts}>
      <h3 className="outside-title">{text.panel.mounts}</h3>
      <ul className="outside-list">
        {container.mounts.map(({ type, volume, target, readOnly }) => (
          <li key={target} className="outside-item hued-volume">
            {type === "volume" ? <Cylinder size={14} aria-hidden /> : <MemoryStick size={14} aria-hidden />}
            <b className="mono">{target}</b>
            <p>
              {volume === null
                ? `${text.stack.tmpfs}, ${text.stack.inMemory}`
                : `${text.stack.volume} ${volumeName(host, volume)}`}
              {readOnly && ` · ${text.stack.readOnly}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The volumes of the host, used or not; each can be looked into and removed by a command. */
export function Volumes() {
  const store = useAppStore();
  const text = useText();
  const { host } = useApp((state) => state.shown);
  if (host.volumes.length === 0) return null;
  const unused = host.volumes.filter(({ usedBy }) => usedBy.length === 0);
  // Anonymous ones go with a plain prune; a name keeps a volume until somebody means it.
  const prune = `docker volume prune -f${unused.some(({ anonymous }) => !anonymous) ? " -a" : ""}`;
  return (
    <section className="card" aria-label={text.panel.volumes}>
      <h2>{text.panel.volumes}</h2>
      <ul className="outside-list">
        {host.volumes.map(({ name, anonymous, size, files, usedBy }) => {
          const users = host.containers.filter(({ id }) => usedBy.includes(id)).map((one) => one.name);
          return (
            <li key={name} className="outside-item hued-volume">
              <Cylinder size={14} aria-hidden />
              <b className="mono" title={name}>
                {volumeName(host, name)}
              </b>
              <VolumeMenu volume={name} />
              <p>
                {[
                  anonymous && text.stack.anonymous,
                  text.stack.files(files),
                  bytes(size),
                  text.hostView.mountedBy(users),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </li>
          );
        })}
      </ul>
      {unused.length > 0 && (
        <button
          type="button"
          className="button outside-prune"
          title={prune}
          onClick={() => void store.runCommand(prune, "host")}
        >
          {text.actions.prune}
        </button>
      )}
    </section>
  );
}
