import { isLocaleTag, type LocaleTag } from "../content/locales/index.ts";

/**
 * How a link opens: what is behind the first `&` of the fragment, as `&step=12&view=host`. Readable, so that it can
 * be changed by hand. A value that is none of these is left out; so is what a newer page may know.
 */
export interface Opening {
  /** The step of the story that is shown; 0 is the beginning. Left out: where the scenario says, or its end. */
  readonly step?: number;
  readonly view?: "stack" | "host" | "boot";
  /** The container or image that is looked at, by its name: a container's goes before an image's. */
  readonly of?: string;
  /** The path that is selected in it: its directory is open. */
  readonly path?: string;
  /** For this visit; the visitor's own choice stays kept. */
  readonly lang?: LocaleTag;
  /** "fresh": nothing of one's own is on the screen, for showing it to others. */
  readonly layout?: "fresh";
}

const VIEWS = ["stack", "host", "boot"] as const;

export function readOpening(fragment: string): Opening {
  const [, ...rest] = fragment.split("&");
  const given = new URLSearchParams(rest.join("&"));
  const step = given.get("step");
  const view = VIEWS.find((one) => one === given.get("view"));
  const of = given.get("of");
  const path = given.get("path");
  const lang = given.get("lang");
  return {
    ...(step !== null && /^\d{1,9}$/.test(step) && { step: Number(step) }),
    ...(view && { view }),
    ...(of && { of }),
    ...(path?.startsWith("/") && { path }),
    ...(isLocaleTag(lang) && { lang }),
    ...(given.get("layout") === "fresh" && { layout: "fresh" as const }),
  };
}

/** What is put behind a link; empty when it opens as links do. */
export function openingText(opening: Opening): string {
  const { step, view, of, path, lang, layout } = opening;
  const given = Object.entries({ step, view, of, path, lang, layout }).filter(([, value]) => value !== undefined);
  return given.map(([key, value]) => `&${key}=${encodeURIComponent(value ?? "").replaceAll("%2F", "/")}`).join("");
}
