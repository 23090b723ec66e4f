import lock from "../content/catalogue.lock.json";
import { sha256 } from "../core/oci/digest.ts";
import { shortOf } from "../core/oci/short.ts";
import { catalogueRegistry } from "../registry/catalogue.ts";
import { indexedDbStore } from "../storage/indexeddb/store.ts";
import { type StagingLayerStore, layerStore } from "../storage/layer-store.ts";
import { memoryStore } from "../storage/memory/store.ts";
import type { RecordStore } from "../storage/record-store.ts";
import { begin } from "./begin.ts";
import type { World } from "./commander.ts";
import { commandsOf } from "./history.ts";
import { Host } from "./host.ts";
import { authored } from "./draft.ts";
import { lessonIn } from "./draft-lesson.ts";
import { answerDrafts } from "./drafts.ts";
import { keepCopy } from "./keep-copy.ts";
import { LinkError, decodeLink, linkOf } from "./link.ts";
import { packageFiles } from "./package-files.ts";
import type { HostSource, OpenResult, StorageState, ToPage, ToWorker } from "./protocol.ts";
import { readScene } from "./scene-file.ts";
import { type StoredHostOptions, blobsOf, storedHost } from "./stored-host.ts";

/** What a worker's global scope, or one end of a MessageChannel in a test, has. */
export interface Scope {
  postMessage(message: ToPage): void;
  addEventListener(type: "message", listener: (event: { readonly data: ToWorker }) => void): void;
}

/** Version of the catalogue that this build speaks of: a link made with another may give other digests. */
export const CATALOGUE = shortOf(sha256(new TextEncoder().encode(JSON.stringify(lock)))).slice(0, 8);

const pullable = Object.keys(lock.images).map((name) => name.replace(/^library\//, ""));

const SCENE = "scene";

/** ms until the past of a host that was opened is brought back. */
const PREPARE_AFTER = 1500;

/** Opens hosts for one page and answers its messages. */
export function serve(scope: Scope): void {
  const server = new Server((message) => scope.postMessage(message));
  scope.addEventListener("message", ({ data }) => void server.receive(data));
}

/** What is told of a source beside the host itself. */
type Opened = Pick<OpenResult, "problem" | "title" | "start" | "lesson">;

class Server {
  readonly #post: (message: ToPage) => void;
  readonly #now = (): number => Date.now();
  #host: Host | null = null;
  #source: HostSource | null = null;
  #store: RecordStore | null = null;
  #own: Promise<{ store: RecordStore; storage: StorageState }> | null = null;
  #base = "";
  #tabs: BroadcastChannel | null = null;

  constructor(post: (message: ToPage) => void) {
    this.#post = post;
  }

  async receive(message: ToWorker): Promise<void> {
    if (message.type === "interrupt") return this.#host?.interrupt(message.terminal);
    if (message.type === "editor.close") return this.#host?.closeEditor(message.terminal);
    const { call } = message;
    try {
      this.#post({ type: "answer", call, value: await this.#answer(message) });
    } catch (error) {
      this.#post({ type: "failure", call, message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #answer(message: Exclude<ToWorker, { type: "interrupt" | "editor.close" }>): Promise<unknown> {
    switch (message.type) {
      case "open":
        this.#base = message.base;
        return this.#open(message.source, message.columns);
      case "hosts":
        return (await (await this.#ownStore()).store.hosts()).map(({ name }) => name);
      case "drafts":
        return answerDrafts(await this.#lastingStore(), message.question, this.#now());
      case "run":
        return this.#opened.run(message.terminal, message.line, message.columns);
      case "complete":
        return this.#opened.complete(message.terminal, message.line, message.cursor);
      case "view":
        return this.#opened.view(message.target, message.path, message.step, message.columns);
      case "move":
        return this.#opened.move(message.to);
      case "recall":
        return this.#opened.recall(message.entry);
      case "commands":
        return commandsOf(this.#opened.whole);
      case "insight":
        return this.#opened.insight(message.question);
      case "editor.save":
        return this.#opened.save(message.terminal, message.text);
      case "state":
        return this.#opened.state(message.step);
      case "link":
        return linkOf(authored(this.#opened.whole, message.draft));
      case "scene-file":
        return this.#opened.sceneFile(authored(this.#opened.whole, message.draft));
      case "import":
        return this.#opened.importImage(message.archive);
      case "export":
        return this.#opened.exportImage(message.reference, message.format);
      case "take-file":
        return this.#opened.takeFile(message.path);
      case "put-file":
        return this.#opened.putFile(message.name, message.bytes);
      case "keep":
        return this.#keep(message.name);
      case "reset":
        return this.#reset();
    }
  }

  get #opened(): Host {
    if (!this.#host) throw new Error("no host is open");
    return this.#host;
  }

  async #open(source: HostSource, columns: number): Promise<OpenResult> {
    this.#tabs?.close();
    this.#tabs = null;
    this.#source = source;
    const opened = await this.#openHost(source, columns);
    const host = this.#opened;
    if ("start" in source && source.start) await begin(host, source.start, columns, this.#post);
    const { step, terminals, history } = host;
    return { state: host.state(null), step, sessions: terminals, prompt: host.prompt("host"), history, ...opened };
  }

  async #openHost(source: HostSource, columns: number): Promise<Opened> {
    if (source.kind === "own") return this.#openOwn(source.name);
    if (source.kind !== "demo") return this.#openScene(source, columns);
    await this.#start(memoryStore(), { name: SCENE });
    return { problem: null };
  }

  /** IndexedDB, or memory where it is not to be had; the page is told which. */
  #ownStore(): Promise<{ store: RecordStore; storage: StorageState }> {
    this.#own ??= indexedDbStore().then(
      async (store) => {
        const persisted = (await navigator.storage?.persisted?.()) ?? false;
        return { store, storage: { kind: "kept" as const, persisted } };
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        return { store: memoryStore(), storage: { kind: "memory" as const, reason } };
      },
    );
    return this.#own;
  }

  /** In memory it would be gone with the page that says it was kept. */
  async #lastingStore(): Promise<RecordStore> {
    const { store, storage } = await this.#ownStore();
    if (storage.kind === "memory") throw new Error(storage.reason);
    return store;
  }

  async #openOwn(name: string): Promise<Opened> {
    const { store, storage } = await this.#ownStore();
    this.#post({ type: "storage", state: storage });
    const key = `lamina:${name}`;
    const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(key);
    const announce = (): void => tabs?.postMessage("changed");
    const exclusively = <T>(work: () => Promise<T>): Promise<T> =>
      navigator.locks ? (navigator.locks.request(key, work) as Promise<T>) : work();
    const host = await this.#start(store, { name, announce, exclusively });
    tabs?.addEventListener("message", () => void host.noticeChange());
    void this.#prepare(host);
    this.#tabs = tabs;
    return { problem: null };
  }

  /** Once the page is there: one command at a time, so that nobody waits for it. */
  async #prepare(host: Host): Promise<void> {
    for (let pause = PREPARE_AFTER; this.#host === host; pause = 0) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!(await host.prepare())) return;
    }
  }

  async #openScene(source: Extract<HostSource, { kind: "link" | "file" }>, columns: number): Promise<Opened> {
    const store = memoryStore();
    try {
      const { fragment, brought } =
        source.kind === "file" ? await readScene(source.file) : { fragment: source.fragment, brought: new Map() };
      const { scenario, damage } = decodeLink(fragment);
      const { seed, catalogue, title, start } = scenario;
      const lesson = lessonIn(scenario);
      const entries = lesson ? scenario.entries.slice(0, start) : scenario.entries;
      const host = await this.#start(store, { name: SCENE, seed, catalogue, title });
      const lines = await host.replay(entries, columns, brought);
      const skipped = lines > 0 ? ({ reason: "skipped", lines } as const) : null;
      const other = catalogue === CATALOGUE ? null : ({ reason: "catalogue" } as const);
      const begins = lesson ? { lesson } : start !== undefined && { start };
      return { problem: damage ?? skipped ?? other, ...(title && { title }), ...begins };
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      await this.#start(store, { name: SCENE });
      const { reason } = error;
      // Nothing but how to open it: an empty host that is not kept.
      const meant = reason === "empty" && source.kind === "link" && source.fragment.includes("&");
      return { problem: meant ? null : { reason } };
    }
  }

  async #start(
    store: RecordStore,
    options: Pick<StoredHostOptions, "name" | "seed" | "title" | "announce" | "exclusively"> & { catalogue?: string },
  ): Promise<Host> {
    const layers = layerStore(store.blobs);
    const keeper = storedHost({ store, layers, catalogue: CATALOGUE, now: this.#now, ...options });
    this.#store = store;
    this.#host = await Host.open(this.#world(layers), keeper, { post: this.#post, now: this.#now });
    return this.#host;
  }

  #world(layers: StagingLayerStore): World {
    const registry = catalogueRegistry(new URL("v2/", this.#base));
    return { registry, layers, packages: packageFiles(new URL("packages/", this.#base)), pullable };
  }

  /** Copies the host that is open (a scene from a link) to a host of one's own; those that are there stay. */
  async #keep(wanted: string): Promise<string> {
    const store = await this.#lastingStore();
    const { whole } = this.#opened;
    const blobs = new Map<string, Blob>();
    for (const key of blobsOf(whole)) {
      const blob = await this.#store?.blobs.get(key);
      if (blob) blobs.set(key, blob);
    }
    return keepCopy(store, wanted, whole, { blobs, created: this.#now() });
  }

  async #reset(): Promise<OpenResult> {
    const source = this.#source;
    if (source?.kind === "own") {
      const { store } = await this.#ownStore();
      await store.remove(source.name);
    }
    return this.#open(source?.kind === "own" || source?.kind === "demo" ? source : { kind: "link", fragment: "" }, 80);
  }
}
