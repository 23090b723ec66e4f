// The pictures in the README, taken from the page itself: npm run build, then node scripts/pictures.mjs [build folder].
import { statSync } from "node:fs";
import { chromium } from "@playwright/test";
import { preview } from "vite";

const MOST_BYTES = 250_000;

/** A file of the image copied up, one hidden by a whiteout, a new one; told at the copy-up. */
const STORY = [
  "docker pull ubuntu:22.04",
  "docker run -it --name web ubuntu:22.04 bash",
  "rm /etc/legal",
  "echo hi > /etc/motd2",
  "echo \"alias ll='ls -l'\" >> /etc/bash.bashrc",
];

const PICTURES = [
  { path: "docs/picture.png", locale: "en-US", colorScheme: "light" },
  { path: "docs/picture.zh-CN.png", locale: "zh-CN", colorScheme: "dark" },
];

const server = await preview({ build: { outDir: process.argv[2] ?? "dist" }, preview: { port: 0, strictPort: false } });
const address = server.resolvedUrls?.local[0];
if (!address) throw new Error("the preview has no address");
const browser = await chromium.launch({
  executablePath: process.env.LAMINA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const { path, ...look } of PICTURES) {
  const context = await browser.newContext({
    ...look,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => window.lamina.ready);
  for (const line of STORY) await page.evaluate((text) => window.lamina.run(text), line);
  await page.locator('.console[data-kind="host"] textarea').focus();
  await page.evaluate(() => window.lamina.run("docker diff web"));
  await page.locator('.console[data-kind="container"] textarea').focus();
  // The telling goes on by itself to its end; then back to the step that the picture is about.
  const range = page.locator('.track input[type="range"]');
  await page.waitForFunction((input) => input.value === input.max, await range.elementHandle());
  await page.waitForTimeout(1500);
  const last = Number(await range.getAttribute("max"));
  // `>>` on a file of the image: copied up, then written.
  await page.evaluate((step) => window.lamina.goto(step), last - 1);
  await page.waitForTimeout(600);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${path}  ${size} bytes`);
  if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`);
  await context.close();
}
await browser.close();
await server.close();
