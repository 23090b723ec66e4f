import { useEffect, useRef, useState } from "react";
import type { EditorRequest } from "../../host/protocol.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { type OpenEditor, type Status, openNano, openVim } from "./editors.ts";
import "./editor.css";

/** vim or nano over the terminal it was called from; what it saves goes through the container's filesystem. */
export default function EditorOverlay({ request }: { request: EditorRequest }) {
  const store = useAppStore();
  const text = useText();
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<OpenEditor | null>(null);
  const words = useApp((state) => state.dictionary.editor);
  const [status, setStatus] = useState<Status>({ message: "", mode: "" });

  useEffect(() => {
    if (!element.current) return;
    const open = request.editor === "vim" ? openVim : openNano;
    const opened = open(element.current, {
      request,
      words,
      status: setStatus,
      save: (content) => store.client.editorSave(request.terminal, request.path, content),
      close: () => store.closeEditor(),
    });
    editor.current = opened;
    opened.focus();
    return () => opened.dispose();
    // A change of language must not throw away what is being written.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [request, store]);

  const nano = request.editor === "nano";
  return (
    <div className="editor" data-editor={request.editor} role="group" aria-label={text.editor.name(request.path)}>
      {nano && (
        <div className="nano-title">
          <span>GNU nano 7.2</span>
          <span>{request.path}</span>
          <span>{status.mode}</span>
        </div>
      )}
      <div className="editor-text" ref={element} />
      {nano ? (
        <div className="nano-foot">
          <p role="status">{status.message}</p>
          <p>
            <button type="button" onClick={() => editor.current?.save()}>
              <kbd>^O</kbd> {text.editor.nanoSave}
            </button>
            <button type="button" onClick={() => editor.current?.quit()}>
              <kbd>^X</kbd> {text.editor.nanoExit}
            </button>
            <span>
              <kbd>^K</kbd> {text.editor.nanoCut}
            </span>
          </p>
        </div>
      ) : (
        <p className="vim-foot">
          <span role="status">{status.mode || status.message}</span>
          <span className="vim-help">{text.editor.vimHelp}</span>
        </p>
      )}
    </div>
  );
}
