import { X } from "lucide-react";
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import type { StackTarget } from "../../../engine/stack-view.ts";
import type { Moment } from "../../../host/insight.ts";
import type { AppState } from "../../../state/store.ts";
import { useAppStore, useText } from "../../context.ts";
import { EXPLORER_VIEWS, type Opening } from "../opening.ts";
import { CompareView } from "./compare-view.tsx";
import { DeadView } from "./dead-view.tsx";
import { SheetHost } from "./sheet-host.ts";
import { StackChoice, keyOf, targetOf } from "./stacks.tsx";
import { TreeView } from "./tree-view.tsx";
import "./sheet.css";

/** The moment that is looked at, when somebody stepped back to it; while the story is told, how it ends. */
function momentOf({ shown, playing, host: now, step }: AppState) {
  const past = !playing && shown.step < step;
  const host = past ? shown.host : now;
  const [container, image] = [host.containers.at(-1), host.images.at(-1)];
  const target = shown.view && targetOf(host, keyOf(shown.view.target));
  const newest: StackTarget | null = container
    ? { kind: "container", id: container.id }
    : image
      ? { kind: "image", id: image.id }
      : null;
  return { host, step: past ? shown.step : null, first: target ?? newest };
}

/** The explorer: the files of all layers, their dead bytes, and comparing, over the whole page. */
export default function ExplorerSheet({ opening, close }: { opening: Opening; close: () => void }) {
  const text = useText();
  const element = useRef<HTMLDialogElement>(null);
  const title = useId();
  const store = useAppStore();
  const [{ host, step, first }] = useState(() => momentOf(store.getState()));
  const [at, setAt] = useState(opening);
  const [target, setTarget] = useState(first);
  // Closed before it leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const count = EXPLORER_VIEWS.length;
    const next = EXPLORER_VIEWS[(EXPLORER_VIEWS.indexOf(at.view) + by + count) % count] ?? at.view;
    setAt({ ...at, view: next });
    document.getElementById(`${title}-${next}`)?.focus();
  };
  const moment: Moment | null = target && { target, step };
  return (
    <SheetHost value={host}>
      {/* Its keys are its own: the page's would move the story behind it. */}
      <dialog
        ref={element}
        className="sheet"
        aria-labelledby={title}
        onCancel={close}
        onKeyDown={(event) => event.stopPropagation()}
        onClick={(event) => event.target === element.current && close()}
      >
        <header className="sheet-head">
          <h2 id={title}>{text.insight.title}</h2>
          <div className="tabs" role="tablist" aria-labelledby={title} onKeyDown={onKeyDown}>
            {EXPLORER_VIEWS.map((view) => (
              <button
                key={view}
                type="button"
                role="tab"
                id={`${title}-${view}`}
                aria-selected={at.view === view}
                aria-controls={`${title}-panel`}
                tabIndex={at.view === view ? 0 : -1}
                onClick={() => setAt({ ...at, view })}
              >
                {text.insight.views[view]}
              </button>
            ))}
          </div>
          {target && at.view !== "compare" && (
            <StackChoice
              label={text.insight.stack}
              value={target}
              change={(next) => {
                setTarget(next);
                setAt({ view: at.view });
              }}
            />
          )}
          <button type="button" className="icon-button sheet-close" aria-label={text.app.close} onClick={close}>
            <X size={16} aria-hidden />
          </button>
        </header>
        <div className="sheet-body" id={`${title}-panel`} role="tabpanel" aria-labelledby={`${title}-${at.view}`}>
          {!moment && <p className="sheet-state quiet">{text.insight.none}</p>}
          {moment && at.view === "tree" && (
            <TreeView
              key={`${moment.target.id} ${at.layer ?? ""}`}
              moment={moment}
              layer={at.layer ?? null}
              path={at.path ?? null}
              setLayer={(layer) => setAt({ view: "tree", layer })}
            />
          )}
          {moment && at.view === "dead" && (
            <DeadView moment={moment} open={(layer, path) => setAt({ view: "tree", layer, path })} />
          )}
          {moment && at.view === "compare" && <CompareView moment={moment} />}
        </div>
      </dialog>
    </SheetHost>
  );
}
