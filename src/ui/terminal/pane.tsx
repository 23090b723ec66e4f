import { FileText, X } from "lucide-react";
import { Suspense, lazy, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useApp, useAppStore, useText } from "../context.ts";
import { mayTakeFocus } from "../keys.ts";
import type { TerminalController } from "./controller.ts";
import type { TerminalView } from "./screen.ts";

const EditorOverlay = lazy(() => import("../editor/overlay.tsx"));

interface PaneProps {
  readonly controller: TerminalController;
  /** Keys go here. */
  readonly active: boolean;
  /** Beside the host's terminal there is room for one. */
  readonly shown: boolean;
  readonly title: string;
  readonly detail: string;
  readonly open: boolean;
}

/** One terminal: its pill, its screen, and what is said about it. */
export function TerminalPane({ controller, active, shown, title, detail, open }: PaneProps) {
  const store = useAppStore();
  const text = useText();
  const id = controller.terminal;
  const misplaced = useStore(controller.status, (status) => status.misplaced);
  const busy = useApp((state) => state.busy.includes(id));
  const editor = useApp((state) => (state.editor?.terminal === id ? state.editor : null));
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<TerminalView | null>(null);
  const [log, setLog] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const label = id === "host" ? text.terminal.hostTitle : text.terminal.of(title);

  useEffect(() => {
    let gone = false;
    const open = async (): Promise<void> => {
      const { openScreen } = await import("./screen.ts");
      if (gone || !element.current) return;
      const opened = await openScreen(element.current, controller, label);
      if (gone) return opened.dispose();
      view.current = opened;
      setReady(true);
    };
    void open();
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = null;
    };
    // The label is only the first one: a change of language does not open the screen anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [controller]);

  useEffect(() => {
    const keys = element.current?.querySelector("textarea");
    keys?.setAttribute("aria-label", label);
    keys?.setAttribute("aria-description", text.terminal.leave);
  }, [label, ready, text]);

  useEffect(() => {
    if (active && ready && !editor && log === null && mayTakeFocus()) view.current?.focus();
  }, [active, ready, editor, log]);

  // A button that typed a command may be gone when that ends: who pressed it by keyboard is not left nowhere.
  useEffect(() => {
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (!busy && nowhere && active && ready && !editor && log === null && mayTakeFocus()) view.current?.focus();
    // oxlint-disable-next-line react/exhaustive-deps -- only when a command ends
  }, [busy]);

  return (
    <div
      className="console"
      data-kind={id === "host" ? "host" : "container"}
      data-active={active}
      data-shown={shown}
      data-open={open}
      onFocus={() => store.activate(id)}
    >
      <div className="console-head">
        <span className="pill">{title}</span>
        <span className="console-detail">{open ? detail : text.terminal.ended}</span>
        <span className="spacer" />
        <span className="console-leave" aria-hidden>
          {text.terminal.leave}
        </span>
        <button
          type="button"
          className="console-button"
          aria-pressed={log !== null}
          onClick={() => setLog(log === null ? (view.current?.text() ?? "") : null)}
        >
          <FileText size={13} aria-hidden />
          {log === null ? text.terminal.log : text.terminal.backToTerminal}
        </button>
        {!open && (
          <button
            type="button"
            className="console-button"
            aria-label={text.app.close}
            onClick={() => store.closeSession(id)}
          >
            <X size={14} aria-hidden />
          </button>
        )}
      </div>
      <div className="console-body">
        <div className="console-screen" ref={element} hidden={log !== null} />
        {!ready && <p className="console-loading">{text.terminal.loading}</p>}
        {log !== null && (
          <pre className="console-log" tabIndex={0} role="region" aria-label={text.terminal.logOf(title)}>
            {log}
          </pre>
        )}
        {editor && (
          <Suspense fallback={<p className="console-loading">{text.editor.loading}</p>}>
            <EditorOverlay request={editor} />
          </Suspense>
        )}
      </div>
      {misplaced && (
        <div className="misplaced" role="status">
          <span>{text.terminal.dockerInside}</span>
          <button
            type="button"
            onClick={() => {
              controller.dismiss();
              void store.runCommand(misplaced, "host");
            }}
          >
            {text.terminal.runThere}
          </button>
        </div>
      )}
    </div>
  );
}
