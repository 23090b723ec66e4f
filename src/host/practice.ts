import { existsSync, readFileSync } from "node:fs";
import { catalogueRegistry } from "../registry/catalogue.ts";
import { layerStore } from "../storage/layer-store.ts";
import { memoryStore } from "../storage/memory/store.ts";
import type { RecordStore } from "../storage/record-store.ts";
import { Host } from "./host.ts";
import type { RunResult, TerminalId, ToPage } from "./protocol.ts";
import { storedHost } from "./stored-host.ts";

/** Files of `public/` as a server would answer them. */
const served = async (url: URL): Promise<Response> => {
  const path = `public${decodeURIComponent(url.pathname)}`;
  return existsSync(path) ? new Response(readFileSync(path)) : new Response("", { status: 404 });
};

const base = new URL("http://catalogue.test/");

/** A host for tests, on the catalogue that `npm run catalogue` built: types lines where a person would be. */
export class PracticePage {
  readonly messages: ToPage[] = [];
  terminal: TerminalId = "host";
  now = Date.UTC(2026, 10, 1, 9);

  private constructor(private readonly opening: (page: PracticePage) => Promise<Host>) {}

  static async open(options: { store?: RecordStore; name?: string; seed?: string } = {}): Promise<PracticePage> {
    const { store = memoryStore(), name = "default", seed = "5eed" } = options;
    const layers = layerStore(store.blobs);
    const page = new PracticePage((self) => {
      const keeper = storedHost({ store, layers, name, seed, catalogue: "test", now: () => self.now });
      const world = {
        pullable: [],
        registry: catalogueRegistry(new URL("v2/", base), served),
        layers,
        packages: { text: async (path: string) => (await served(new URL(`packages/${path}`, base))).text() },
      };
      return Host.open(world, keeper, { post: (message) => self.messages.push(message), now: () => self.now });
    });
    page.#host = await page.opening(page);
    return page;
  }

  #host: Host | null = null;
  get host(): Host {
    if (!this.#host) throw new Error("not open");
    return this.#host;
  }

  /** Types a line in the terminal whose turn it is; a second and a half later. */
  async type(line: string): Promise<RunResult> {
    this.now += 1500;
    const result = await this.host.run(this.terminal, line, 120);
    this.terminal = result.terminal;
    return result;
  }

  /** What the line printed. */
  async says(line: string): Promise<string> {
    return (await this.type(line)).output;
  }
}
