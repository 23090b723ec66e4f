import type { EditRequest, Editor } from "../shell/command.ts";
import { type SavedEdit, savedEdit, textAfter } from "./edit.ts";
import type { TerminalId, ToPage } from "./protocol.ts";

/** The editor a person has before them: the page shows it, this end writes what is saved. */
export class PageEditor implements Editor {
  readonly #post: (message: ToPage) => void;
  readonly #open = new Map<TerminalId, { request: EditRequest; text: string | null; close: () => void }>();
  readonly #saved: (edit: SavedEdit) => void;
  /** The terminal of the command that runs. */
  terminal: TerminalId = "host";

  constructor(post: (message: ToPage) => void, saved: (edit: SavedEdit) => void) {
    this.#post = post;
    this.#saved = saved;
  }

  edit(request: EditRequest, signal: AbortSignal): Promise<void> {
    const { editor, path, text, readOnly } = request;
    const terminal = this.terminal;
    return new Promise((resolve) => {
      const close = (): void => {
        this.#open.delete(terminal);
        resolve();
      };
      this.#open.set(terminal, { request, text, close });
      signal.addEventListener("abort", close, { once: true });
      this.#post({ type: "editor", request: { terminal, editor, path, text, readOnly } });
    });
  }

  /** Throws `FileSystemError` as the filesystem does, `RangeError` when no editor is open there. */
  save(terminal: TerminalId, text: string): void {
    const open = this.#open.get(terminal);
    if (!open) throw new RangeError(`no editor is open in ${terminal}`);
    open.request.save(text);
    this.#saved(savedEdit(open.request.path, open.text, text));
    open.text = text;
  }

  close(terminal: TerminalId): void {
    this.#open.get(terminal)?.close();
  }
}

/** The editor of a replay: saves what the log says was saved, and closes. What was changed in another text is not saved. */
export function replayedEditor(edits: readonly SavedEdit[]): Editor {
  const left = [...edits];
  return {
    async edit(request) {
      let before = request.text ?? "";
      for (let edit = left[0]; edit?.path === request.path; edit = left[0]) {
        left.shift();
        const text = textAfter(edit, before);
        if (text === null) continue;
        request.save(text);
        before = text;
      }
    },
  };
}
