import { describe, expect, test } from "vitest";
import type { EngineEvent, EventType } from "../../engine/event.ts";
import { type LocaleTag, loadLocale, locales } from "./index.ts";
import { type Names, type Phrase, bytes, plain } from "./phrase.ts";

const names: Names = {
  layer: () => ({ kind: "layer", text: "LAYER", layer: null }),
  container: (container) => ({ kind: "container", text: "CONTAINER", container }),
  image: (image) => ({ kind: "image", text: "IMAGE", image }),
  volume: (volume) => ({ kind: "volume", text: "VOLUME", volume }),
  volumesOf: () => [],
};
const event = {
  name: "NAME",
  command: "bash",
  path: "/etc/motd",
  to: "/etc/other",
  kind: "file",
  over: "nothing",
  layers: 3,
  images: 1,
  instruction: "RUN make",
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
  layer: "sha256:l",
  parent: "sha256:p",
  container: "c",
  volume: "data",
  change: "created",
  count: 1,
  files: 2,
  direction: "out",
  host: "here",
  file: "here.tar",
  reference: "ubuntu:22.04",
  asked: "/etc/motd",
  answers: [{ layer: "writable", answer: "found" }],
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

describe("sentences about what lies outside the layers", () => {
  const told = async (tag: LocaleTag, more: object): Promise<string> => {
    const { captions } = await loadLocale(tag);
    const { type } = more as { type: EventType };
    const caption = captions[type] as (told: EngineEvent, names: Names) => Phrase[];
    const withVolumes: Names = { ...names, volumesOf: () => [names.volume("a"), names.volume("b")] };
    return plain(caption({ ...event, ...more } as unknown as EngineEvent, withVolumes));
  };
  test.each([
    [{ type: "container.commit" }, / The volumes VOLUME, VOLUME stay where they are/, /数据卷 VOLUME、VOLUME 留在原处/],
    [{ type: "container.commit", layer: null }, /no layer\. The volumes/, /没有新层。数据卷/],
    [
      { type: "volume.change", volume: null },
      /in memory \(tmpfs\).*ends with the run of CONTAINER/,
      /内存（tmpfs）中被创建/,
    ],
    [{ type: "volume.change", change: "removed" }, /is deleted in the volume VOLUME/, /在数据卷 VOLUME 中被删除/],
    [{ type: "volume.change", count: 3 }, /^3 changes below \/etc\/motd in the volume VOLUME,/, /之下有 3 处变化/],
    [
      { type: "volume.change", change: "attributes" },
      /^Mode, owner or time of/,
      /motd 的权限、属主或时间在数据卷 VOLUME 中被修改/,
    ],
    [{ type: "volume.copy", files: 0 }, /stays empty/, /仍是空的/],
    [{ type: "volume.create", anonymous: true }, /nobody named it/, /匿名卷/],
    [{ type: "volume.create", container: null }, /until it is removed/, /保留到被删除/],
    [{ type: "container.copy", host: "-" }, /out of CONTAINER as a tar: 2 files/, /以 tar 的形式/],
    [{ type: "container.copy", direction: "in", host: "-" }, /^A tar is unpacked into CONTAINER/, /被解包到/],
    [
      { type: "container.copy", path: "/data/", host: "/home/learner/." },
      /^\/data is .* to \/home\/learner on/,
      /到主机的 \/home\/learner：/,
    ],
    [{ type: "container.export", file: "-" }, /as one tar: 2\.35 kB/, /写成一个 tar：/],
  ])("%o", async (more, english, chinese) => {
    expect(await told("en", more)).toMatch(english);
    expect(await told("zh-CN", more)).toMatch(chinese);
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
