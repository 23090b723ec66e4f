/**
 * The scenes of the article in `public/article/`, as an author would have made them, and what puts their links there:
 *
 *     npx tsx scripts/article-scenes.ts
 *
 * A test says when that has to be done: links name the version of the catalogue.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { encodeLink } from "../src/host/link.ts";
import type { LogEntry, Scenario, Words } from "../src/host/scenario.ts";
import { CATALOGUE } from "../src/host/serve.ts";

const FOLDER = new URL("../public/article/", import.meta.url);

interface ArticleScene {
  readonly title: Words;
  readonly lines: readonly string[];
}

export const scenes: Readonly<Record<string, ArticleScene>> = {
  change: {
    title: { en: "The first change of a file", "zh-CN": "第一次改动一个文件" },
    lines: [
      "docker pull debian:12",
      "docker run -dit --name box debian:12",
      'docker exec box sh -c "echo Welcome >> /etc/motd"',
    ],
  },
  delete: {
    title: { en: "A file is deleted", "zh-CN": "删除一个文件" },
    lines: [
      "docker pull debian:12",
      "docker run -dit --name box debian:12",
      "docker exec box rm /etc/motd",
      "docker exec box cat /etc/motd",
    ],
  },
  size: {
    title: { en: "Deleted, but not smaller", "zh-CN": "删了，却没有变小" },
    lines: [
      "docker pull debian:12",
      "docker run --name first debian:12 dd if=/dev/zero of=/big bs=1M count=50",
      'docker commit -m "a big file" first big:1',
      "docker run --name second big:1 rm /big",
      'docker commit -m "the file is gone" second big:2',
      "docker images big",
    ],
  },
};

/** The link of a scene: who reads the article sees the same ids and digests as everybody. */
export function sceneLink(name: string): string {
  const scene = scenes[name];
  if (!scene) throw new Error(`no scene "${name}" in scripts/article-scenes.ts`);
  const first = Date.UTC(2026, 10, 24, 8, 30);
  const entries = scene.lines.map((line, index): LogEntry => ({ terminal: "host", line, at: first + 8_000 * index }));
  const scenario: Scenario = { seed: "a2b7c91e", catalogue: CATALOGUE, entries, title: scene.title };
  return encodeLink(scenario);
}

/** The page with the links its scenes have today: each stands behind the `#` of an address, `data-scene` says which. */
export function withLinks(page: string): string {
  return page.replaceAll(/(data-scene="([a-z]+)"[^>]*?\bsrc="[^"#]*#)[\w-]*/gs, (_, before: string, name: string) => {
    return `${before}${sceneLink(name)}`;
  });
}

/** File names and contents of the article, one file a language. */
export function articlePages(): readonly (readonly [name: string, page: string])[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".html"));
  return names.map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, page] of articlePages()) writeFileSync(new URL(name, FOLDER), withLinks(page));
}
