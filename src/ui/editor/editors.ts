import { defaultKeymap, deleteLine, history, historyKeymap } from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";
import { Vim, getCM, vim } from "@replit/codemirror-vim";
import type { Dictionary } from "../../content/locales/index.ts";
import type { EditorRequest } from "../../host/protocol.ts";

export interface Status {
  readonly message: string;
  /** vim: "-- INSERT --" or "". nano: "Modified" or "". */
  readonly mode: string;
}

export interface OpenEditor {
  focus(): void;
  save(): void;
  quit(): void;
  dispose(): void;
}

export interface EditorOptions {
  readonly request: EditorRequest;
  readonly words: Dictionary["editor"];
  status(status: Status): void;
  /** Rejects with the error that the write met, in the kernel's words. */
  save(content: string): Promise<void>;
  close(): void;
}

const linesOf = (text: string): number => (text === "" ? 0 : text.replace(/\n$/, "").split("\n").length);
const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

/** A text file ends in a newline; an editor shows the lines between. */
const shown = (text: string | null): string => (text ?? "").replace(/\n$/, "");
const stored = (view: EditorView): string => {
  const text = view.state.doc.toString();
  return text === "" ? "" : `${text}\n`;
};

function createView(parent: HTMLElement, request: EditorRequest, extensions: readonly Extension[]): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: shown(request.text),
      extensions: [
        ...extensions,
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": request.path }),
        EditorView.theme({
          "&": { height: "100%", backgroundColor: "transparent", color: "inherit" },
          ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "12.5px", lineHeight: "1.45" },
          ".cm-content": { caretColor: "var(--terminal-accent)", padding: "0" },
          ".cm-line": { padding: "0 14px" },
          ".cm-cursor": { borderLeftColor: "var(--terminal-accent)" },
          "&.cm-focused": { outline: "none" },
          ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { background: "#4a67a880 !important" },
          ".cm-fat-cursor": {
            background: "var(--terminal-accent) !important",
            color: "var(--terminal-ground) !important",
          },
          "&:not(.cm-focused) .cm-fat-cursor": {
            outline: "1px solid var(--terminal-accent) !important",
            background: "none !important",
          },
          ".cm-panels": { background: "transparent", color: "inherit", border: "0 !important" },
          ".cm-vim-panel input": { color: "inherit", background: "transparent", font: "12.5px var(--mono)" },
        }),
      ],
    }),
  });
}

/** Vim's commands are the whole page's: they act on whichever view has the keys. */
const vims = new Map<EditorView, { save(): Promise<boolean>; quit(force: boolean): void }>();
let vimReady = false;

interface VimAsker {
  readonly cm6?: EditorView;
}
interface ExParameters {
  readonly argString?: string;
}

function defineVimCommands(): void {
  if (vimReady) return;
  vimReady = true;
  const onFile = (
    asker: VimAsker,
    act: (file: { save(): Promise<boolean>; quit(force: boolean): void }) => unknown,
  ) => {
    const file = asker.cm6 && vims.get(asker.cm6);
    if (file) void act(file);
  };
  const forced = (parameters: ExParameters): boolean => parameters.argString?.trim().startsWith("!") ?? false;
  const saveAndQuit = (asker: VimAsker) =>
    onFile(asker, async (file) => {
      if (await file.save()) file.quit(true);
    });
  Vim.defineEx("write", "w", (asker: VimAsker) => onFile(asker, (file) => file.save()));
  Vim.defineEx("quit", "q", (asker: VimAsker, p: ExParameters) => onFile(asker, (file) => file.quit(forced(p))));
  Vim.defineEx("wq", "wq", saveAndQuit);
  Vim.defineEx("xit", "x", saveAndQuit);
  Vim.defineAction("saveAndQuit", saveAndQuit as never);
  Vim.defineAction("quitWithoutSaving", ((asker: VimAsker) => onFile(asker, (file) => file.quit(true))) as never);
  Vim.mapCommand("ZZ", "action", "saveAndQuit", {}, { context: "normal" });
  Vim.mapCommand("ZQ", "action", "quitWithoutSaving", {}, { context: "normal" });
}

export function openVim(parent: HTMLElement, options: EditorOptions): OpenEditor {
  const { request, words } = options;
  defineVimCommands();
  const view = createView(parent, request, [vim(), keymap.of([...defaultKeymap, ...historyKeymap])]);
  let saved = view.state.doc;
  let message =
    request.text === null
      ? words.fresh(request.path)
      : `${words.opened(request.path, linesOf(request.text), sizeOf(request.text))}${request.readOnly ? ` ${words.readOnly}` : ""}`;
  let mode = "";
  const tell = (): void => options.status({ message, mode });
  const file = {
    async save(): Promise<boolean> {
      if (request.readOnly) message = words.readOnlyWrite;
      else {
        const doc = view.state.doc;
        const content = stored(view);
        try {
          await options.save(content);
          saved = doc;
          message = words.written(request.path, linesOf(content), sizeOf(content));
          tell();
          return true;
        } catch (error) {
          message = words.failed(error instanceof Error ? error.message : String(error));
        }
      }
      tell();
      return false;
    },
    quit(force: boolean): void {
      if (force || view.state.doc.eq(saved)) return options.close();
      message = words.changed;
      tell();
    },
  };
  vims.set(view, file);
  const editor = getCM(view);
  editor?.on("vim-mode-change", (change: { mode: string; subMode?: string }) => {
    const name = { insert: "-- INSERT --", replace: "-- REPLACE --" }[change.mode];
    const visual = change.subMode === "linewise" ? "-- VISUAL LINE --" : "-- VISUAL --";
    mode = change.mode === "visual" ? visual : (name ?? "");
    if (mode) message = "";
    tell();
  });
  tell();
  return {
    focus: () => view.focus(),
    save: () => void file.save(),
    quit: () => file.quit(false),
    dispose() {
      vims.delete(view);
      view.destroy();
    },
  };
}

export function openNano(parent: HTMLElement, options: EditorOptions): OpenEditor {
  const { request, words } = options;
  let saved = shown(request.text);
  let asking = false;
  const view: EditorView = createView(parent, request, [
    EditorView.domEventHandlers({ keydown: (event) => asking && answer(event) }),
    keymap.of([
      { key: "Ctrl-o", run: () => (void save(), true), preventDefault: true },
      { key: "Ctrl-s", run: () => (void save(), true), preventDefault: true },
      { key: "Ctrl-x", run: () => (quit(), true), preventDefault: true },
      { key: "Ctrl-k", run: deleteLine, preventDefault: true },
      ...defaultKeymap,
      ...historyKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) tell("");
    }),
  ]);
  const changed = (): boolean => view.state.doc.toString() !== saved;
  const tell = (message: string): void => options.status({ message, mode: changed() ? "Modified" : "" });
  const save = async (): Promise<boolean> => {
    const content = stored(view);
    try {
      await options.save(content);
    } catch (error) {
      tell(words.failed(error instanceof Error ? error.message : String(error)));
      return false;
    }
    saved = shown(content);
    tell(words.nanoWrote(linesOf(content)));
    return true;
  };
  const quit = (): void => {
    if (!changed()) return options.close();
    asking = true;
    tell(words.nanoAsk);
  };
  const answer = (event: KeyboardEvent): boolean => {
    const key = event.key.toLowerCase();
    if (key === "shift" || key === "control") return false;
    event.preventDefault();
    asking = false;
    if (key === "y") void save().then((ok) => ok && options.close());
    else if (key === "n") options.close();
    else tell("");
    return true;
  };
  tell(request.readOnly ? words.readOnly : "");
  return { focus: () => view.focus(), save: () => void save(), quit, dispose: () => view.destroy() };
}
