import { type Opening, openingText } from "../../host/opening.ts";
import { type Embedding, embeddingText } from "./embedding.ts";

/** Without `allow-same-origin` the browser refuses the worker in which the scene lives; popups: "Open in Lamina". */
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** What `<lamina-scene>` has by itself, in px. */
export const USUAL_HEIGHT = 460;

/** A scene as an author wants it in a page. */
export interface EmbedChoice {
  /** The link, without how it opens. */
  readonly link: string;
  readonly opening: Opening;
  readonly embedding: Embedding;
  /** In px; as wide as the page lets it. */
  readonly height: number;
  /** What the frame is called, for who does not see it. */
  readonly title: string;
}

/** `base` is the folder of Lamina's pages, with a slash at the end. */
export function embedAddress(base: string, { link, opening, embedding }: EmbedChoice): string {
  return `${base}embed.html#${link}${openingText(opening)}${embeddingText(embedding)}`;
}

/** HTML that needs nothing else in the page. */
export function frameCode(base: string, choice: EmbedChoice): string {
  return tag("iframe", {
    src: embedAddress(base, choice),
    title: choice.title,
    loading: "lazy",
    sandbox: SANDBOX,
    style: `display:block;width:100%;height:${choice.height}px;border:0;border-radius:10px`,
  });
}

/** The same as an element, for a page that speaks to it; the script is needed once a page. */
export function elementCode(base: string, choice: EmbedChoice): string {
  const { link, opening, embedding, height, title } = choice;
  const asked = new URLSearchParams(`${openingText(opening)}${embeddingText({ ...embedding, origin: null })}`.slice(1));
  const script = `<script type="module" src="${escaped(`${base}lamina-scene.js`)}"></script>`;
  const style = height === USUAL_HEIGHT ? undefined : `height:${height}px`;
  return `${script}\n${tag("lamina-scene", { src: `#${link}`, ...Object.fromEntries(asked), title, style })}`;
}

/** Left out: attributes of no value. */
function tag(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(attributes).map(([key, value = ""]) => value && `\n  ${key}="${escaped(value)}"`);
  return `<${name}${lines.join("")}\n></${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
