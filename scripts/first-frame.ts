import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { type Dictionary, locales } from "../src/content/locales/index.ts";

/** What the page's HTML asks to be filled in, in every language; of those only the one that the page is in is seen. */
const WORDS = /<p([^>]*)>%(\w+)%<\/p>/g;
const THEME = /(?<=<script>)\s*%theme%\s*(?=<\/script>)/;
const SHEET = /<link rel="stylesheet"[^>]* href="\.\/(assets\/[^"]+\.css)">/g;
const SCRIPTS = "script-src 'self'";

/**
 * Lets the HTML alone paint the first frame: the words in it, the script that chooses the theme, and in a build the
 * style sheet are put into it. Until then nothing else has to come.
 */
export function firstFrame(): Plugin {
  return {
    name: "lamina:first-frame",
    enforce: "post",
    async transformIndexHtml(html) {
      const theme = readFileSync(join("src", "ui", "theme", "theme.js"), "utf8");
      // The policy lets no other script in the HTML run than this one.
      const hash = createHash("sha256").update(theme).digest("base64");
      const dictionaries = await Promise.all(Object.values(locales).map(({ load }) => load() as Promise<Dictionary>));
      const hidden = dictionaries.map(({ tag }) => `:root[lang="${tag}"] .first [lang]:not([lang="${tag}"])`);
      return html
        .replace("</head>", () => `<style>${hidden.join()}{display:none}</style></head>`)
        .replace(THEME, () => theme)
        .replace(SCRIPTS, `${SCRIPTS} 'sha256-${hash}'`)
        .replaceAll(WORDS, (_, attributes: string, key: keyof Dictionary["app"]) =>
          dictionaries.map(({ tag, app }) => `<p${attributes} lang="${tag}">${String(app[key])}</p>`).join(""),
        );
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const page of Object.values(bundle)) {
          if (page.type !== "asset" || !page.fileName.endsWith(".html")) continue;
          page.source = page.source.toString().replaceAll(SHEET, (link, file: string) => {
            const sheet = bundle[file];
            if (sheet?.type !== "asset") return link;
            const rules = sheet.source.toString().replaceAll("url(./", "url(./assets/");
            // Switched off it is not fetched; but what is loaded later finds that the sheet it needs is here.
            return `<style>${rules}</style>${link.replace(">", " disabled>")}`;
          });
        }
      },
    },
  };
}
