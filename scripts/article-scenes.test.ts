import { describe, expect, test } from "vitest";
import { decodeLink } from "../src/host/link.ts";
import { articlePages, sceneLink, scenes, withLinks } from "./article-scenes.ts";

const linksIn = (page: string): string[] => [...page.matchAll(/#(2[\w-]{20,})/g)].flatMap(([, link]) => link ?? []);

describe("the article", () => {
  test("is there in two languages", () => {
    expect(articlePages().map(([name]) => name)).toEqual(["index.html", "zh-CN.html"]);
  });

  test.each(articlePages())("%s has the links of today's catalogue (npx tsx scripts/article-scenes.ts)", (_, page) => {
    expect(withLinks(page)).toBe(page);
    expect(linksIn(page).toSorted()).toEqual(Object.keys(scenes).map(sceneLink).toSorted());
  });

  test.each(Object.keys(scenes))("the link of %s is whole, and says what its author wrote", (name) => {
    const { scenario, damage } = decodeLink(sceneLink(name));
    expect(damage).toBeNull();
    expect(scenario.entries.map(({ line }) => line)).toEqual(scenes[name]?.lines);
    expect(scenario.title).toEqual(scenes[name]?.title);
  });
});
