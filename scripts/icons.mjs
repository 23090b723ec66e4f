// The icons that systems want as PNG, drawn from public/icon.svg: node scripts/icons.mjs
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findBrowser } from "./browser.mjs";

const PAPER = "#f4f5f7";

/** `part`: how much of the square the drawing fills; what is masked may lose all outside a circle of 80 %. */
const ICONS = [
  { path: "public/icon-192.png", size: 192, part: 0.92 },
  { path: "public/icon-512.png", size: 512, part: 0.92 },
  { path: "public/icon-maskable-512.png", size: 512, part: 0.6, paper: PAPER },
  { path: "public/icon-apple-180.png", size: 180, part: 0.74, paper: PAPER },
];

const svg = readFileSync("public/icon.svg", "utf8");
const browser = await chromium.launch({ executablePath: await findBrowser(), args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
for (const { path, size, part, paper = "transparent" } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<body style="margin:0;height:100vh;display:grid;place-content:center;background:${paper}">
    ${svg.replace("<svg", `<svg width="${size * part}" height="${size * part}"`)}</body>`);
  await page.screenshot({ path, omitBackground: true });
}
await browser.close();
