// The pictures in the README, taken from the page itself: npm run build, then node scripts/pictures.mjs [build folder].
import { statSync } from "node:fs";
import { showBuild, told, type } from "./shown.mjs";

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

const shown = await showBuild(process.argv[2]);
for (const { path, ...look } of PICTURES) {
  const page = await shown.open({ ...look, viewport: { width: 1440, height: 900 } });
  await type(page, STORY);
  await page.locator('.console[data-kind="host"] textarea').focus();
  await type(page, ["docker diff web"]);
  await page.locator('.console[data-kind="container"] textarea').focus();
  // Back to the step that the picture is about: `>>` on a file of the image is a copy-up, then a write.
  const last = await told(page);
  await page.waitForTimeout(1500);
  await page.evaluate((step) => window.lamina.goto(step), last - 1);
  await page.waitForTimeout(600);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${path}  ${size} bytes`);
  if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`);
}
await shown.close();
