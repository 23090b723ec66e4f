import type { Dictionary } from "./en.ts";

export type { Dictionary } from "./en.ts";

/** Every language of the page; adding one is a line here and a file beside. */
export const locales = {
  en: { name: "English", load: () => import("./en.ts").then((module) => module.en) },
  "zh-CN": { name: "中文", load: () => import("./zh-CN.ts").then((module) => module.zhCN) },
} as const satisfies Record<string, { name: string; load: () => Promise<Dictionary> }>;

export type LocaleTag = keyof typeof locales;

export function isLocaleTag(value: unknown): value is LocaleTag {
  return typeof value === "string" && Object.hasOwn(locales, value);
}

export function loadLocale(tag: LocaleTag): Promise<Dictionary> {
  return locales[tag].load();
}
