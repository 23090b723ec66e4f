import { beforeEach, expect, test } from "vitest";
import { keepCatalogue } from "./keep-catalogue.ts";

const BASE = "https://school.test/a/b/";
const LAYER = "v2/library/web/blobs/sha256:aa";
const TAG = "v2/library/web/manifests/1";
const PACKAGE = "packages/one/vim.json";

/** What the server has. */
let files: Map<string, string>;
/** What was asked for since the last look, without the list. */
let asked: string[];
let kept: Map<string, string>;
let cache: Cache;

const publish = (stamp: string, names: readonly string[]): void => {
  files = new Map(names.map((name) => [name, `${name} of ${stamp}`]));
  files.set("catalogue.json", JSON.stringify({ stamp, files: names }));
};
const keep = (): Promise<boolean> =>
  keepCatalogue(BASE, cache, (url) => {
    const name = String(url).slice(BASE.length);
    if (name !== "catalogue.json") asked.push(name);
    const file = files.get(name);
    return Promise.resolve(file === undefined ? new Response("", { status: 404 }) : new Response(file));
  });
const here = (): string[] => [...kept.keys()].map((url) => url.slice(BASE.length)).toSorted();

beforeEach(() => {
  asked = [];
  kept = new Map();
  cache = {
    keys: () => Promise.resolve([...kept.keys()].map((url) => ({ url }))),
    match: (url: string) => Promise.resolve(kept.has(url) ? new Response(kept.get(url)) : undefined),
    put: async (url: string, response: Response) => void kept.set(url, await response.text()),
    delete: (url: string) => Promise.resolve(kept.delete(url)),
  } as unknown as Cache;
  publish("1", [LAYER, TAG, PACKAGE]);
});

test("all files, and the second visit asks for none", async () => {
  expect(await keep()).toBe(true);
  expect(here()).toEqual(["catalogue.json", PACKAGE, LAYER, TAG].toSorted());
  asked = [];
  expect(await keep()).toBe(true);
  expect(asked).toEqual([]);
});

test("what did not come is asked for again, and nothing else", async () => {
  files.delete(PACKAGE);
  expect(await keep()).toBe(false);
  publish("1", [LAYER, TAG, PACKAGE]);
  asked = [];
  expect(await keep()).toBe(true);
  expect(asked).toEqual([PACKAGE]);
});

test("another catalogue: layers stay, the rest comes anew, what is gone goes", async () => {
  await keep();
  publish("2", [LAYER, TAG]);
  asked = [];
  expect(await keep()).toBe(true);
  expect([asked, here()]).toEqual([[TAG], ["catalogue.json", LAYER, TAG]]);
  expect(kept.get(BASE + TAG)).toBe(`${TAG} of 2`);
});

test("a server without a list", async () => {
  files.delete("catalogue.json");
  expect([await keep(), asked, here()]).toEqual([false, [], []]);
});
