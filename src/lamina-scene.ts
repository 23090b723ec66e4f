/**
 * `<lamina-scene src="2kq3…" step="4">`: a scene in a page, as a frame of `embed.html` beside this file. A module of
 * its own, which imports nothing: one script tag is all a page needs. docs/embed.md
 */

/** Attributes that go into the frame's address as they are; `embed.html` leaves out what it does not know. */
const ASKED = ["step", "view", "of", "path", "lang", "theme", "terminal", "controls"] as const;

const HOME = new URL(/* @vite-ignore */ "./", import.meta.url);

/** Without `allow-same-origin` the browser refuses the worker in which the scene lives; popups: "Open in Lamina". */
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly lamina: "answer";
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

class LaminaScene extends HTMLElement {
  static readonly observedAttributes = ["src", "title", ...ASKED];

  #frame: HTMLIFrameElement | null = null;
  /** Settles when the frame hears messages. */
  #loaded: Promise<void> = Promise.resolve();
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  connectedCallback(): void {
    window.addEventListener("message", this.#heard);
    this.#draw();
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#heard);
    this.#frame?.remove();
    this.#frame = null;
    this.#end("the scene is not in the page any more");
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.#frame || before === after) return;
    if (name === "title") this.#frame.title = this.#title();
    else if (name === "step" && after !== null) void this.goto(Number(after));
    else this.#draw();
  }

  /** Types a line in the scene; only where `terminal="write"`. */
  run(line: string): Promise<unknown> {
    return this.#call("run", line);
  }
  state(): Promise<unknown> {
    return this.#call("state");
  }
  /** The address of the scene as it is now. */
  link(): Promise<unknown> {
    return this.#call("link");
  }
  goto(step: number): Promise<unknown> {
    return this.#call("goto", step);
  }
  play(): Promise<unknown> {
    return this.#call("play");
  }
  pause(): Promise<unknown> {
    return this.#call("pause");
  }

  /** Another address is another frame: so nothing of it is left in the history of the page around. */
  #draw(): void {
    this.#end("another scene is shown");
    const frame = document.createElement("iframe");
    frame.title = this.#title();
    frame.loading = "lazy";
    frame.setAttribute("sandbox", SANDBOX);
    frame.style.cssText = "display:block;width:100%;height:100%;border:0;border-radius:inherit";
    frame.src = this.#address();
    this.#loaded = new Promise((resolve) => frame.addEventListener("load", () => resolve(), { once: true }));
    this.#frame?.remove();
    this.#frame = frame;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.innerHTML = "<style>:host{display:block;height:460px;border-radius:10px}:host([hidden]){display:none}</style>";
    root.append(frame);
  }

  #title(): string {
    return this.getAttribute("title") ?? "Lamina: a scene of container image layers";
  }

  /** Of the text around it, if Lamina speaks that. */
  #language(): string | null {
    const around = this.closest("[lang]")?.getAttribute("lang") ?? "";
    return /^zh\b/i.test(around) ? "zh-CN" : /^en\b/i.test(around) ? "en" : null;
  }

  /** Of `src`, which may be a whole link, only what is behind `#` counts: the frame is Lamina's, whatever it says. */
  #address(): string {
    const given = this.getAttribute("src") ?? "";
    const fragment = given.slice(given.indexOf("#") + 1);
    const asked = ASKED.flatMap((name) => {
      const value = this.getAttribute(name) ?? (name === "lang" ? this.#language() : null);
      return value === null ? [] : [`&${name}=${encodeURIComponent(value)}`];
    });
    const origin = location.origin === "null" ? "" : `&origin=${encodeURIComponent(location.origin)}`;
    return `${HOME.href}embed.html#${fragment}${asked.join("")}${origin}`;
  }

  async #call(name: string, ...args: readonly unknown[]): Promise<unknown> {
    const id = ++this.#last;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const frame = this.#frame;
    await this.#loaded;
    if (frame === this.#frame) frame?.contentWindow?.postMessage({ lamina: name, id, args }, HOME.origin);
    return answer;
  }

  readonly #heard = ({ source, origin, data }: MessageEvent<Answer | null>): void => {
    if (source !== this.#frame?.contentWindow || origin !== HOME.origin || data?.lamina !== "answer") return;
    const caller = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    if (data.error === undefined) caller?.resolve(data.value);
    else caller?.reject(new Error(data.error));
  };

  /** Nobody waits for an answer that cannot come. */
  #end(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

if (!customElements.get("lamina-scene")) customElements.define("lamina-scene", LaminaScene);
