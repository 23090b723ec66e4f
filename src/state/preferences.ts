import { type LocaleTag, isLocaleTag } from "../content/locales/index.ts";

export interface Preferences {
  readonly locale: LocaleTag;
  /** "system" follows prefers-color-scheme. */
  readonly theme: "system" | "light" | "dark";
  /** "system" follows prefers-reduced-motion; "still" shows frames with marks. */
  readonly motion: "system" | "full" | "still";
}

/** What of Storage is used; a browser may refuse it altogether. */
export interface PreferenceStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Also read by `ui/theme/theme.js`, before the first paint. */
const PREFERENCES_KEY = "lamina.preferences";

/** Name of the visitor's own host that opens when the address holds no link. */
const OWN_HOST_KEY = "lamina.host";

/** The first of `languages` (navigator.languages) that there is a dictionary for. */
function localeFor(languages: readonly string[]): LocaleTag {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return "zh-CN";
    if (/^en\b/i.test(language)) return "en";
  }
  return "en";
}

export function readPreferences(store: PreferenceStore | null, languages: readonly string[]): Preferences {
  const base: Preferences = { locale: localeFor(languages), theme: "system", motion: "system" };
  const saved = stored(store);
  return {
    locale: isLocaleTag(saved["locale"]) ? saved["locale"] : base.locale,
    theme: saved["theme"] === "light" || saved["theme"] === "dark" ? saved["theme"] : base.theme,
    motion: saved["motion"] === "full" || saved["motion"] === "still" ? saved["motion"] : base.motion,
  };
}

function stored(store: PreferenceStore | null): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(store?.getItem(PREFERENCES_KEY) ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Keeps what was chosen; what merely holds for this visit is not. */
export function savePreferences(store: PreferenceStore | null, change: Partial<Preferences>): void {
  try {
    store?.setItem(PREFERENCES_KEY, JSON.stringify({ ...stored(store), ...change }));
  } catch {
    // Storage is full or forbidden: the choice holds for this visit only.
  }
}

/** That own host opens from now on when the address holds no link. */
export function rememberOwnHost(store: PreferenceStore | null, name: string): void {
  try {
    store?.setItem(OWN_HOST_KEY, name);
  } catch {
    // Forbidden storage: it is opened now, and has to be looked for next time.
  }
}
