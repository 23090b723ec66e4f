import { describe, expect, test } from "vitest";
import type { EngineEvent, EventType } from "../../engine/event.ts";
import { type LocaleTag, loadLocale, locales } from "./index.ts";
import { type Names, type Phrase, bytes, plain } from "./phrase.ts";

const names: Names = {
  layer: () => ({ kind: "layer", text: "LAYER", layer: null }),
  container: (container) => ({ kind: "container", text: "CONTAINER", container }),
  image: (image) => ({ kind: "image", text: "IMAGE", image }),
};
const event = {
  reference: "ubuntu:22.04",
  name: "NAME",
  command: "bash",
  path: "/etc/motd",
  to: "/etc/other",
  kind: "file",
  over: "nothing",
  layers: 3,
  missing: 2,
  size: 2345,
  before: 1,
  code: 0,
  created: 1,
  copiedUp: 2,
  changed: 3,
  deleted: 4,
  whiteouts: 5,
  copied: 6,
  attributesOnly: true,
  within: "/etc",
  cause: "write",
  names: 2,
  change: "mode",
  volume: "data",
  files: 7,
  count: 8,
  host: "notes.txt",
  file: "root.tar",
  layer: "sha256:l",
  parent: "sha256:p",
};

/** Every text of a dictionary, functions called with something. */
function* texts(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) yield* texts(part, `${path}.${key}`);
  }
}

describe.each(Object.keys(locales) as LocaleTag[])("%s", (tag) => {
  test("tells every event in one sentence without holes", async () => {
    const { captions } = await loadLocale(tag);
    for (const type of Object.keys(captions) as EventType[]) {
      const caption = captions[type] as (told: EngineEvent, names: Names) => Phrase[];
      const sentence = plain(caption({ ...event, type } as unknown as EngineEvent, names));
      expect(sentence, type).toMatch(/[.。]$/);
      expect(sentence, type).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  test("has no empty text, and says its own name", async () => {
    const dictionary = await loadLocale(tag);
    expect(dictionary.tag).toBe(tag);
    for (const [path, text] of texts(dictionary, tag)) expect(text.trim(), path).not.toBe("");
  });

  test("has the keys that English has", async () => {
    const keys = (value: unknown): string[] => [...texts(value, "")].map(([path]) => path);
    expect(keys(await loadLocale(tag))).toEqual(keys(await loadLocale("en")));
  });
});

test.each([
  [0, "0 B"],
  [935, "935 B"],
  [2345, "2.35 kB"],
  [77_823_000, "77.8 MB"],
  [1_000_000, "1 MB"],
  [999_999, "1000 kB"],
])("%i bytes are %s", (size, text) => expect(bytes(size)).toBe(text));
