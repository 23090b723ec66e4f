import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { isFramed } from "../keys.ts";
import { LARGEST_PASTE, type TerminalController } from "./controller.ts";

const ANSI: ITheme = {
  black: "#1b222d",
  red: "#ff7d8f",
  green: "#56d396",
  yellow: "#ffbb55",
  blue: "#7aa5ff",
  magenta: "#c4a0ff",
  cyan: "#5cd0e0",
  white: "#d5deed",
  brightBlack: "#8b97ab",
  brightRed: "#ff9aa8",
  brightGreen: "#7be3af",
  brightYellow: "#ffd080",
  brightBlue: "#9dbdff",
  brightMagenta: "#d6bcff",
  brightCyan: "#8be2ee",
  brightWhite: "#ffffff",
};

/** A drawn terminal. */
export interface TerminalView {
  focus(): void;
  fit(): void;
  /** The text on it, without colours. */
  text(): string;
  dispose(): void;
}

/** Setting up a terminal is much at once: in between the browser paints, and takes what is pressed. */
const breath = (): Promise<void> => new Promise((passed) => setTimeout(passed));

/** Draws `controller` with xterm in `element`; its colours are the element's own custom properties. */
export async function openScreen(
  element: HTMLElement,
  controller: TerminalController,
  label: string,
): Promise<TerminalView> {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const terminal = new Terminal({
    fontFamily: style.getPropertyValue("--mono").trim(),
    fontSize: 12.5,
    lineHeight: 1.3,
    cursorBlink: false,
    cursorStyle: "block",
    scrollback: 5000,
    reflowCursorLine: true,
    minimumContrastRatio: Number(color("--terminal-contrast") || 4.5),
    theme: {
      ...ANSI,
      background: color("--terminal-ground"),
      foreground: color("--terminal-ink"),
      cursor: color("--terminal-accent"),
      cursorAccent: color("--terminal-ground"),
      selectionBackground: "#4a67a880",
    },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  await breath();
  terminal.open(element);
  await breath();
  terminal.textarea?.setAttribute("aria-label", label);
  const safeFit = (): void => {
    if (element.clientWidth > 40 && element.clientHeight > 20) fit.fit();
  };
  safeFit();
  // The browser's own keys stay the browser's; Tab leaves the terminal when Escape came just before it, and in somebody
  // else's page also while nothing is typed: who comes by Tab goes on by it.
  let escaped = false;
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== "keydown") return true;
    if (event.key === "Tab" && (event.shiftKey || escaped || (isFramed() && controller.untouched()))) return false;
    if (event.key !== "Shift") escaped = event.key === "Escape";
    if (event.ctrlKey && event.shiftKey && (event.key === "C" || event.key === "V")) return false;
    if (event.ctrlKey && event.key === "c" && terminal.hasSelection()) return false;
    if (event.ctrlKey && event.key === "v") return false;
    return true;
  });
  const keys = terminal.onData((data) => controller.keys(data));
  // Before xterm gets hold of it: ten megabytes must not pass through its own buffers.
  const paste = (event: ClipboardEvent): void => {
    if (!event.clipboardData) return;
    event.preventDefault();
    event.stopPropagation();
    controller.paste(event.clipboardData.getData("text/plain").slice(0, 64 * LARGEST_PASTE));
  };
  element.addEventListener("paste", paste, true);
  const detach = controller.attach({ write: (text) => terminal.write(text), columns: () => terminal.cols });
  const observer = new ResizeObserver(safeFit);
  observer.observe(element);
  return {
    focus: () => terminal.focus(),
    fit: safeFit,
    text() {
      const { active } = terminal.buffer;
      const lines: string[] = [];
      for (let row = 0; row < active.length; row++) {
        const line = active.getLine(row);
        const text = line?.translateToString(true) ?? "";
        if (line?.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
        else lines.push(text);
      }
      return lines.join("\n").trimEnd();
    },
    dispose() {
      observer.disconnect();
      element.removeEventListener("paste", paste, true);
      detach();
      keys.dispose();
      terminal.dispose();
    },
  };
}
