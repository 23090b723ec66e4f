import "fake-indexeddb/auto";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HostState } from "../engine/host-state.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { damaged } from "./links/damage.ts";
import { scenarioOf, stories } from "./links/stories.ts";
import type { HostSource, LinkProblem, LinkResult, OpenResult, RunResult, ToPage, ToWorker } from "./protocol.ts";
import { seededRandom } from "./random.ts";
import { serve } from "./serve.ts";

const base = "http://lamina.test/";

beforeAll(() => {
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("fetch", async (address: URL | string) => {
    const path = `public${decodeURIComponent(new URL(address).pathname)}`;
    return existsSync(path) ? new Response(readFileSync(path)) : new Response("", { status: 404 });
  });
});
afterAll(() => vi.unstubAllGlobals());

type Request = ToWorker extends infer R ? (R extends { call: number } ? Omit<R, "call"> : never) : never;

/** A tab: a page that talks to a worker of its own, over the one IndexedDB. */
class Tab {
  #receive: (event: { readonly data: ToWorker }) => void = () => {};
  readonly #waiting = new Map<number, (answer: ToPage) => void>();
  #calls = 0;

  constructor() {
    serve({
      postMessage: (message) => {
        if ("call" in message) this.#waiting.get(message.call)?.(message);
      },
      addEventListener: (_, listener) => {
        this.#receive = listener;
      },
    });
  }

  ask<T>(request: Request): Promise<T> {
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, (answer) => {
        if (answer.type === "answer") resolve(answer.value as T);
        else reject(new Error(answer.type === "failure" ? answer.message : answer.type));
      });
      this.#receive({ data: { ...request, call } as ToWorker });
    });
  }

  open(source: HostSource): Promise<OpenResult> {
    return this.ask({ type: "open", source, base, columns: 80 });
  }
  type(line: string): Promise<RunResult> {
    return this.ask({ type: "run", terminal: "host", line, columns: 80 });
  }
  async images(): Promise<string[]> {
    const { images } = await this.ask<HostState>({ type: "state", step: null });
    return images.map(({ id }) => id);
  }
}

const [first] = stories;
const link = (index: number): string => encodeLink(scenarioOf(stories[index] ?? (first as never)));
const problemOf = (problem: LinkProblem | null): string => problem?.reason ?? "none";

describe("what a tab opens", () => {
  it("leaves the host that is kept as it was, whatever is damaged in it", async () => {
    const own = new Tab();
    await own.open({ kind: "own", name: "default" });
    await own.type("docker pull busybox");
    const before = await own.images();
    const { step: reached } = await own.open({ kind: "own", name: "default" });
    const random = seededRandom("opened", 0);
    const visitor = new Tab();
    const seen = new Set<string>();
    for (let round = 0; round < 48; round++) {
      const fragment = round === 0 ? link(0) : damaged(link(round % 2 === 0 ? 0 : 7), random, "AZaz09-_ %&");
      const source: HostSource =
        round % 3 === 0 ? { kind: "file", file: new Blob([fragment]) } : { kind: "link", fragment };
      const { problem, history } = await visitor.open(source);
      seen.add(problemOf(problem));
      if (problem && "read" in problem) expect(history.entries.length).toBeLessThanOrEqual(problem.read);
    }
    expect([...seen]).toEqual(expect.arrayContaining(["catalogue", "damaged", "altered", "cut"]));
    const again = new Tab();
    const { step } = await again.open({ kind: "own", name: "default" });
    expect([await again.images(), step]).toEqual([before, reached]);
    expect(await again.ask({ type: "hosts" })).toEqual(["default"]);
  }, 120_000);

  it("opens what can be run of lines that were never typed here", async () => {
    const scenario = scenarioOf(first as never);
    const entries = scenario.entries.map((entry, index) =>
      index === 1 ? { ...entry, terminal: "session-9" as const } : entry,
    );
    const tab = new Tab();
    const { problem } = await tab.open({ kind: "link", fragment: encodeLink({ ...scenario, entries }) });
    expect(problem).toEqual({ reason: "skipped", lines: 1 });
    expect(await tab.images()).toHaveLength(1);
  });

  it("keeps its title in the link of it", async () => {
    const title = { en: "First steps", "zh-CN": "第一步" };
    const tab = new Tab();
    await tab.open({ kind: "link", fragment: encodeLink({ ...scenarioOf(first as never), title }) });
    await tab.type("docker pull busybox");
    const { fragment } = await tab.ask<LinkResult>({ type: "link" });
    const { scenario } = decodeLink(fragment);
    expect([scenario.title, scenario.entries.at(-1)?.line]).toEqual([title, "docker pull busybox"]);
  });

  it("is an empty scene when the address says nothing but how", async () => {
    const { problem, step } = await new Tab().open({ kind: "link", fragment: "&layout=fresh" });
    expect([problem, step]).toEqual([null, 0]);
  });
});

it("two tabs that keep a copy under one name in one moment keep two", async () => {
  const tabs = [new Tab(), new Tab(), new Tab()];
  const sources = [link(0), link(7), link(0)];
  for (const [at, tab] of tabs.entries()) await tab.open({ kind: "link", fragment: sources[at] ?? "" });
  const names = await Promise.all(tabs.map((tab) => tab.ask<string>({ type: "keep", name: "lesson" })));
  expect(names.toSorted()).toEqual(["lesson", "lesson 2", "lesson 3"]);
  for (const [at, tab] of tabs.entries()) {
    const kept = new Tab();
    await kept.open({ kind: "own", name: names[at] ?? "" });
    expect(await kept.images()).toEqual(await tab.images());
  }
}, 120_000);

it("storage that is full is told, and the scene stays open", async () => {
  const tab = new Tab();
  await tab.open({ kind: "link", fragment: link(0) });
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("the disk is full", "QuotaExceededError");
  });
  await expect(tab.ask({ type: "keep", name: "full" })).rejects.toThrow("the disk is full");
  put.mockRestore();
  expect(await tab.ask<string[]>({ type: "hosts" })).not.toContain("full");
  expect(await tab.images()).toHaveLength(1);
  expect((await tab.type("docker ps")).exitCode).toBe(0);
});

it("a link opens to the same digests in every tab", async () => {
  const open = async (): Promise<string[]> => {
    const tab = new Tab();
    await tab.open({ kind: "link", fragment: link(4) });
    return tab.images();
  };
  const images = await open();
  expect(images).toHaveLength(2);
  expect(await open()).toEqual(images);
}, 120_000);
