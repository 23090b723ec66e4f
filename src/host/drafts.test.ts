import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layerStore } from "../storage/layer-store.ts";
import { memoryStore } from "../storage/memory/store.ts";
import { type Draft, authored, emptyDraft } from "./draft.ts";
import { lessonIn } from "./draft-lesson.ts";
import { answerDrafts } from "./drafts.ts";
import { isHidden, scenarioHost, scenarioIn } from "./host-names.ts";
import { PracticePage } from "./practice.ts";
import { storedHost } from "./stored-host.ts";

const draft: Draft = { ...emptyDraft, title: { en: "A" } };

describe("scenarios of one's own", () => {
  it("are kept, listed with the youngest first, and gone for good", async () => {
    const store = memoryStore();
    expect(await answerDrafts(store, { about: "save", id: "a", from: 0, draft }, 1)).toEqual({ revision: 1 });
    expect(await answerDrafts(store, { about: "save", id: "b", from: 0, draft }, 2)).toEqual({ revision: 1 });
    const put = { ...draft, deleted: 3 };
    expect(await answerDrafts(store, { about: "save", id: "a", from: 1, draft: put }, 3)).toEqual({ revision: 2 });
    expect(await answerDrafts(store, { about: "list" }, 4)).toEqual([
      { id: "a", revision: 2, draft: { ...put, changed: 3 } },
      { id: "b", revision: 1, draft: { ...draft, changed: 2 } },
    ]);
    await answerDrafts(store, { about: "remove", id: "a" }, 5);
    expect(await answerDrafts(store, { about: "read", id: "a" }, 5)).toBeNull();
    expect((await store.hosts()).map(({ name }) => name)).toEqual(["draft:b"]);
  });

  it("are not written over what another tab has kept", async () => {
    const store = memoryStore();
    await answerDrafts(store, { about: "save", id: "a", from: 0, draft }, 1);
    const late = await answerDrafts(store, { about: "save", id: "a", from: 0, draft: emptyDraft }, 2);
    expect(late).toEqual({ other: { revision: 1, draft: { ...draft, changed: 1 } } });
  });

  it("are copied with their host; one in which nothing was typed has none", async () => {
    const store = memoryStore();
    const page = await PracticePage.open({ store, name: scenarioHost("a") });
    await page.type("docker pull alpine:3.20");
    for (const [id, to] of [
      ["a", "b"],
      ["none", "c"],
    ] as const)
      await answerDrafts(store, { about: "copy", id, to }, 1);
    const names = (await store.hosts()).map(({ name }) => name);
    expect(names.toSorted()).toEqual([scenarioHost("a"), scenarioHost("b")]);
    const layers = layerStore(store.blobs);
    const copy = await storedHost({ store, layers, name: scenarioHost("b"), catalogue: "", now: () => 1 }).load();
    expect(copy.log).toEqual(page.host.whole.log);
    expect(copy.state.images).toEqual(page.host.whole.state.images);
  });

  it("of a version to come are left alone", async () => {
    const store = memoryStore();
    const newer = { ...draft, version: 2 } as unknown as Draft;
    await answerDrafts(store, { about: "save", id: "a", from: 0, draft: newer }, 1);
    expect(await answerDrafts(store, { about: "list" }, 2)).toEqual([]);
  });

  // A frozen one: never edit it, add another when a version comes.
  it("of version 1 are read for ever", async () => {
    const old = JSON.parse(readFileSync("src/host/testdata/draft-1.json", "utf8")) as Draft;
    const page = await PracticePage.open();
    for (const line of ["docker run -it --name web alpine:3.20 sh", "rm /etc/motd"]) await page.type(line);
    const scenario = authored(page.host.whole, old);
    expect([scenario.start, scenario.title]).toEqual([1, { en: "Delete a file", "zh-CN": "删除一个文件" }]);
    expect(scenario.entries.map(({ note }) => note)).toEqual([undefined, { en: "This is the step." }]);
    expect(lessonIn(scenario)).toMatchObject({
      goals: old.goals,
      solution: ["rm /etc/motd"],
      texts: { en: { task: "Delete `/etc/motd`.", hints: ["`rm`"] }, "zh-CN": { task: "删除 `/etc/motd`。" } },
    });
  });
});

describe("names of hosts", () => {
  it.each(["lesson:image", "scenario:a", "draft:a"])("%s is no host that somebody named", (name) =>
    expect(isHidden(name)).toBe(true),
  );
  it.each(["default", "my lesson", "scenarios"])("%s is one", (name) => expect(isHidden(name)).toBe(false));
  it("tell which scenario is made in one", () => {
    expect(scenarioIn({ kind: "own", name: scenarioHost("a1") })).toBe("a1");
    expect(scenarioIn({ kind: "own", name: "default" })).toBeNull();
    expect(scenarioIn({ kind: "link", fragment: "2" })).toBeNull();
  });
});
