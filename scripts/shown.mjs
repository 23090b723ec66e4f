import { chromium } from "@playwright/test";
import { preview } from "vite";
import { findBrowser } from "./browser.mjs";

/** The built page, served, and a browser to see it in. `open(look)` answers a page with an empty host. */
export async function showBuild(build = "dist") {
  const server = await preview({ build: { outDir: build }, preview: { port: 0, strictPort: false } });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("the preview has no address");
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  return {
    async open(look) {
      const context = await browser.newContext({ reducedMotion: "reduce", serviceWorkers: "block", ...look });
      const page = await context.newPage();
      await page.goto(address);
      await page.evaluate(() => window.lamina.ready);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

export async function type(page, lines) {
  for (const line of lines) await page.evaluate((text) => window.lamina.run(text), line);
}

/** The telling goes on by itself to its end. Answers the number of the last step. */
export async function told(page) {
  const range = page.locator('.track input[type="range"]');
  await page.waitForFunction((input) => input.value === input.max, await range.elementHandle(), { timeout: 120_000 });
  return Number(await range.getAttribute("max"));
}
