import type { HostState } from "../../engine/host-state.ts";
import type { StackTarget } from "../../engine/stack-view.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { Menu } from "../components/menu.tsx";
import { imageName } from "../names.ts";

function targetName(host: HostState, target: StackTarget): string {
  if (target.kind === "container") return host.containers.find((one) => one.id === target.id)?.name ?? "";
  const image = host.images.find((one) => one.id === target.id);
  return image ? imageName(image) : "";
}

/** Which stack is open, and which directory of it; every part leads back there. */
export function Breadcrumb() {
  const store = useAppStore();
  const text = useText();
  const { focus, host } = useApp((state) => state.shown);
  const view = useApp((state) => state.pageView);
  if (view === "host") {
    return <span className="trail quiet">{text.hostView.summary(host.images.length, host.containers.length)}</span>;
  }
  if (!focus) return null;
  const { target, path } = focus;
  const parts = path.split("/").filter((part) => part !== "");
  const containers = host.containers.map((one) => ({
    label: one.name,
    checked: target.id === one.id,
    act: () => void store.look({ kind: "container", id: one.id }, "/"),
  }));
  const images = host.images.map((one) => ({
    label: imageName(one),
    checked: target.id === one.id,
    act: () => void store.look({ kind: "image", id: one.id }, "/"),
  }));
  return (
    <nav className="trail" aria-label={text.app.where}>
      <Menu
        label={`${text.app.where}: ${targetName(host, target)}`}
        className="trail-target"
        align="start"
        groups={[
          ...(containers.length > 0 ? [{ title: text.terminal.container, items: containers }] : []),
          ...(images.length > 0 ? [{ title: text.panel.image, items: images }] : []),
        ]}
      >
        <span className={target.kind === "container" ? "name hued-amber" : "name"}>{targetName(host, target)}</span>
        <span aria-hidden>▾</span>
      </Menu>
      {view !== "boot" && (
        <ol className="trail-path mono">
          {["", ...parts].map((part, index) => {
            const here = index === parts.length;
            const to = `/${parts.slice(0, index).join("/")}`;
            return (
              <li key={to}>
                {index > 0 && (
                  <span className="trail-mark" aria-hidden>
                    ›
                  </span>
                )}
                <button
                  type="button"
                  aria-current={here ? "location" : undefined}
                  aria-label={part === "" ? text.stack.root : part}
                  onClick={() => void store.look(target, to)}
                >
                  {part === "" ? "/" : part}
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </nav>
  );
}
