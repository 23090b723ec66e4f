// The moments of the vim story, to be looked at: node scripts/moments.mjs FOLDER [build folder] [word...]
// Only pictures whose names have all words ("dark", "390", "zh", "copy-up") are taken; a word that is a
// deficiency of colour vision ("deuteranopia", "protanopia", "tritanopia", "achromatopsia") shows the page through it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { showBuild, told, type } from "./shown.mjs";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];
const LOCALES = ["en-US", "zh-CN"];
const SCHEMES = ["light", "dark"];
const VISIONS = ["deuteranopia", "protanopia", "tritanopia", "achromatopsia"];

/** `back`: so many steps before the last one. `view`: which of the three. `path`: the entry that is pointed at. */
const MOMENTS = [
  { name: "01-empty", lines: [] },
  { name: "02-pulling", lines: ["docker pull ubuntu:22.04"], back: 2 },
  { name: "03-pulled", lines: [] },
  { name: "04-running", lines: ["docker run -it --name web ubuntu:22.04 bash"] },
  { name: "05-read", lines: ["cat /etc/adduser.conf"] },
  { name: "06-copy-up", lines: ["echo \"alias ll='ls -l'\" >> /etc/bash.bashrc"], back: 1 },
  { name: "07-whiteout", lines: ["rm /etc/legal"] },
  { name: "08-opaque", lines: ["rm -r /etc/skel", "mkdir /etc/skel", "echo mine > /etc/skel/.bashrc"], back: 2 },
  { name: "09-burst", lines: ["apt-get update", "apt-get install -y vim"] },
  { name: "10-commit", lines: ["exit", "docker diff web", 'docker commit -m "add vim" web my/ubuntu-vim:1.0'] },
  { name: "11-second", lines: ["docker run -it --name editor my/ubuntu-vim:1.0 bash", "vim --version"] },
  { name: "12-host", lines: ["exit", "docker pull nginx", "docker run -d --name site nginx"], view: 1 },
  { name: "13-boot", lines: [], view: 2 },
];

const [folder, build = "dist", ...words] = process.argv.slice(2);
if (!folder) throw new Error("Into which folder?");
mkdirSync(folder, { recursive: true });
const vision = words.find((word) => VISIONS.includes(word));
const wanted = (name) => words.every((word) => word === vision || name.includes(word));

const shown = await showBuild(build);
for (const locale of LOCALES) {
  const names = MOMENTS.flatMap(({ name }) =>
    SIZES.flatMap((size) => SCHEMES.map((scheme) => `${name}.${size.width}.${locale}.${scheme}.png`)),
  );
  if (!names.some(wanted)) continue;
  const page = await shown.open({ locale, viewport: SIZES[0] });
  if (vision) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setEmulatedVisionDeficiency", { type: vision });
  }
  for (const moment of MOMENTS) {
    await page.setViewportSize(SIZES[0]);
    await type(page, moment.lines);
    await page
      .locator(".switch button")
      .nth(moment.view ?? 0)
      .click();
    if (moment.view !== 2) {
      const last = await told(page);
      if (moment.back) await page.evaluate((step) => window.lamina.goto(step), last - moment.back);
    }
    for (const name of moment.open ?? []) {
      await page.locator(`.sheet-merged [data-part="tile:merged/${name}"]`).click();
    }
    if (moment.point) await page.locator(`.sheet-merged [data-part="tile:merged/${moment.point}"]`).focus();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const scheme of SCHEMES) {
        const name = `${moment.name}.${size.width}.${locale}.${scheme}.png`;
        if (!wanted(name)) continue;
        await page.emulateMedia({ colorScheme: scheme });
        await page.waitForTimeout(350);
        await page.screenshot({ path: join(folder, name) });
      }
    }
    if (moment.back)
      await page.evaluate(
        (step) => window.lamina.goto(step),
        Number(await page.locator('.track input[type="range"]').getAttribute("max")),
      );
  }
  await page.context().close();
}
await shown.close();
