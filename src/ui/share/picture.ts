import { pngWithScene, svgMetadata } from "../../host/picture-scene.ts";

/** What of the stage is for acting, not for looking. */
const TOOLS = ".menu, .icon-button, .sheet-tools, .caption > button, .past-ways";

const FONTS = ["Inter Variable", "JetBrains Mono Variable"];

/**
 * The stage as it is drawn now, with the sentence under it, as an SVG that stands alone: the page's own elements,
 * the rules that speak of them, and its fonts. `fragment`: the scene that it opens as again.
 */
export async function stageSvg(fragment: string | null): Promise<string> {
  const stage = document.querySelector<HTMLElement>(".scene .stage");
  const caption = document.querySelector<HTMLElement>(".scene .caption");
  if (!stage) throw new Error("there is no stage on the page");
  const width = stage.clientWidth;
  const drawn = [frozen(stage), ...(caption ? [frozen(caption)] : [])];
  const height = stage.clientHeight + (caption?.offsetHeight ?? 0) + 12;
  const body = document.createElement("div");
  body.className = "picture-of-stage";
  body.append(...drawn);
  const markup = new XMLSerializer().serializeToString(body);
  const rules = `${await fontRules()}\n${rulesFor(body)}\n${OWN_RULES}`;
  const root = document.documentElement;
  const theme = root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" data-theme="${theme}" lang="${root.lang}">`,
    fragment === null ? "" : svgMetadata(fragment),
    `<style>${rules.replaceAll("]]>", "").replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</style>`,
    `<foreignObject width="100%" height="100%">${markup}</foreignObject>`,
    "</svg>",
  ].join("");
}

const OWN_RULES = `
.picture-of-stage { display: flex; flex-direction: column; width: 100%; height: 100%; box-sizing: border-box; background: var(--ground); color: var(--ink); font: 14.5px/1.45 var(--sans); }
.picture-of-stage .stage { flex: none; overflow: hidden; }
.picture-of-stage, .picture-of-stage * { animation: none !important; transition: none !important; caret-color: transparent; }
`;

/** A copy that keeps what is in motion where it is, and cannot be acted upon. */
function frozen(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement;
  const copies = copy.querySelectorAll<HTMLElement>("*");
  for (const [index, original] of element.querySelectorAll<HTMLElement>("*").entries()) {
    if (original.getAnimations().length === 0) continue;
    const { transform, opacity, translate, scale, visibility } = getComputedStyle(original);
    Object.assign(copies[index]?.style ?? {}, { transform, opacity, translate, scale, visibility });
  }
  copy.style.width = `${element.clientWidth}px`;
  if (element.classList.contains("stage")) copy.style.height = `${element.clientHeight}px`;
  for (const tool of copy.querySelectorAll(TOOLS)) tool.setAttribute("style", "visibility: hidden");
  return copy;
}

/** The rules of the page that speak of anything in the picture; those of the root are its colours. */
function rulesFor(body: HTMLElement): string {
  const speaks = (selector: string): boolean => {
    if (selector.includes(":root")) return true;
    const plain = selector.replaceAll(/::?(hover|focus-visible|focus-within|focus|active|before|after|marker)\b/g, "");
    try {
      return plain.trim() === "" || body.matches(plain) || body.querySelector(plain) !== null;
    } catch {
      return false;
    }
  };
  const kept = (rules: CSSRuleList): string[] =>
    [...rules].flatMap((rule) => {
      if (rule instanceof CSSStyleRule) {
        return rule.selectorText.split(",").some(speaks) ? [rule.cssText] : [];
      }
      if (rule instanceof CSSMediaRule) {
        return matchMedia(rule.conditionText).matches ? kept(rule.cssRules) : [];
      }
      return rule instanceof CSSSupportsRule ? kept(rule.cssRules) : [];
    });
  return [...document.styleSheets].flatMap((sheet) => kept(sheet.cssRules)).join("\n");
}

let fonts: Promise<string> | null = null;

/** Latin letters; Chinese ones are the viewer's own, as on the page. */
function fontRules(): Promise<string> {
  fonts ??= Promise.all(
    [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href ?? location.href })))
      .map(async ({ rule, base }) => {
        if (!(rule instanceof CSSFontFaceRule)) return "";
        const { style } = rule;
        const family = style.getPropertyValue("font-family").replaceAll(/["']/g, "");
        const range = style.getPropertyValue("unicode-range");
        const source = /url\(["']?([^"')]+)/.exec(style.getPropertyValue("src"))?.[1];
        if (!source || !FONTS.includes(family) || !/U\+0+-|U\+0-/i.test(range)) return "";
        const answer = await fetch(new URL(source, base)).catch(() => null);
        if (!answer?.ok) return "";
        const data = await dataUrl(await answer.blob());
        return `@font-face { font-family: "${family}"; font-weight: ${style.getPropertyValue("font-weight")}; src: url(${data}); }`;
      }),
  ).then((rules) => rules.join("\n"));
  return fonts;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("not read")));
    reader.readAsDataURL(blob);
  });
}

/**
 * Draws an SVG on a canvas of `scale` times its size, or of the size given: the caption may need more lines than it
 * had. It refers to nothing outside, so the canvas can be read.
 */
export async function raster(svg: string, scale: number, size?: Pick<ImageData, "width" | "height">) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const [width, height] = [Math.round(image.naturalWidth * scale), Math.round(image.naturalHeight * scale)];
  canvas.width = size?.width ?? width;
  canvas.height = size?.height ?? height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser draws no pictures");
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--ground");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, width, height);
  return { canvas, context };
}

/** The stage as a PNG, twice as fine as the screen's units, with the scene in it. */
export async function stagePng(fragment: string): Promise<Blob> {
  const { canvas } = await raster(await stageSvg(null), 2);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("this browser makes no PNG");
  const png = pngWithScene(new Uint8Array(await blob.arrayBuffer()), fragment);
  return new Blob([png as Uint8Array<ArrayBuffer>], { type: "image/png" });
}
