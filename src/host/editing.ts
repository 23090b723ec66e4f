import type { EditRequest, Editor } from "../shell/command.ts";
import type { TerminalId, ToPage } from "./protocol.ts";
import type { SavedEdit } from "./scenario.ts";

/** The editor a person has before them: the page shows it, this end writes what is saved. */
export class PageEditor implements Editor {
  readonly #post: (message: ToPage) => void;
  readonly #open = new Map<TerminalId, { request: EditRequest; close: () => void }>();
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
      this.#open.set(terminal, { request, close });
      signal.addEventListener("abort", close, { once: true });
      this.#post({ type: "editor", request: { terminal, editor, path, text, readOnly } });
    });
  }

  /** Throws `FileSystemError` as the filesystem does, `RangeError` when no editor is open there. */
  save(terminal: TerminalId, text: string): void {
    const open = this.#open.get(terminal);
    if (!open) throw new RangeError(`no editor is open in ${terminal}`);
    open.request.save(text);
    this.#saved({ path: open.request.path, text });
  }

  close(terminal: TerminalId): void {
    this.#open.get(terminal)?.close();
  }
}

/** The editor of a replay: saves what the log says was saved, and closes. */
export function replayedEditor(edits: readonly SavedEdit[]): Editor {
  const left = [...edits];
  return {
    async edit(request) {
      while (left[0]?.path === request.path) request.save(left.shift()?.text ?? "");
    },
  };
}
