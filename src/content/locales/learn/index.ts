import type { LocaleTag } from "../index.ts";
import type { LearnDictionary } from "./en.ts";

export type { LearnDictionary } from "./en.ts";

/** Words of lessons, builder, classroom and embedding: what the first load of the page need not carry. */
const dictionaries: Readonly<Record<LocaleTag, () => Promise<LearnDictionary>>> = {
  en: () => import("./en.ts").then((module) => module.en),
  "zh-CN": () => import("./zh-CN.ts").then((module) => module.zhCN),
};

export function loadLearn(tag: LocaleTag): Promise<LearnDictionary> {
  return dictionaries[tag]();
}
