import type { Page } from "@playwright/test";

/** Text that is too small or too pale for a class, and how much so. */
export interface Illegible {
  readonly text: string;
  readonly where: string;
  /** CSS pixels of the window. */
  readonly size: number;
  readonly contrast: number;
}

/**
 * All visible text that is smaller than `size` or has less contrast with what is behind it than `contrast` (WCAG 2).
 * Behind a gradient all its colours count, and the worst decides.
 */
export function illegible(page: Page, { size, contrast }: { size: number; contrast: number }): Promise<Illegible[]> {
  return page.evaluate(measure, { size, contrast });
}

function measure({ size: least, contrast: wanted }: { size: number; contrast: number }): Illegible[] {
  type Color = readonly [number, number, number, number];
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  const read = (color: string): Color => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (front: Color, behind: Color): Color => {
    const mixed = (at: 0 | 1 | 2): number => front[at] * front[3] + behind[at] * (1 - front[3]);
    return [mixed(0), mixed(1), mixed(2), 1];
  };
  const luminance = (color: Color): number => {
    const part = (value: number): number => (value <= 10.3 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(color[0]) + 0.7152 * part(color[1]) + 0.0722 * part(color[2]);
  };
  const ratio = (one: Color, other: Color): number => {
    const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };
  /** What may be behind the text: one colour, or those of a gradient. */
  const behind = (element: Element | null): Color[] => {
    if (!element) return [[255, 255, 255, 1]];
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const color = read(backgroundColor);
    const below = color[3] === 1 ? [color] : behind(element.parentElement).map((one) => over(color, one));
    const inGradient = backgroundImage.match(/(?:rgba?|oklch|oklab|color)\((?:[^()]|\([^()]*\))*\)/g) ?? [];
    // A stripe at the edge (`no-repeat`) is not behind the words.
    if (inGradient.length === 0 || getComputedStyle(element).backgroundRepeat.includes("no-repeat")) return below;
    return inGradient.flatMap((one) => below.map((ground) => over(read(one), ground)));
  };
  const found: Illegible[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (!element || text === "" || element.closest(".visually-hidden, script, style, noscript")) continue;
    if (element.closest(".xterm-helpers, .xterm-accessibility")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const seen = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    if (!seen || box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize) * (element.currentCSSZoom ?? 1);
    const contrast = Math.min(...behind(element).map((ground) => ratio(over(read(style.color), ground), ground)));
    if (size >= least - 0.01 && contrast >= wanted) continue;
    const where = `${element.parentElement?.className ?? ""} > ${element.className || element.tagName}`;
    found.push({ text: text.slice(0, 40), where, size, contrast });
  }
  return found;
}
