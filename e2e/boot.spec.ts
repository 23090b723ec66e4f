import { en } from "../src/content/locales/en.ts";
import { bytes, plain } from "../src/content/locales/phrase.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { kernel } from "../src/engine/host-machine.ts";
import { expectAccessible } from "./support/axe.ts";
import { type HostPage, imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const WORDS = { en, "zh-CN": zhCN };
const STEPS = Object.values(en.boot.titles).length;
const FOOT = '.boot-picture[data-settled="true"]';

/** Leaves the terminal, as a person does who clicks on the picture, and presses 3. */
async function openBoot({ page }: HostPage): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("3");
  await expect(page.locator(FOOT)).toBeVisible();
}

async function step({ page }: HostPage, number: number): Promise<void> {
  await page
    .locator(".boot-track button")
    .nth(number - 1)
    .click();
  await expect(page.locator('.boot-track [aria-current="step"]')).toContainText(String(number));
  await expect(page.locator(FOOT)).toBeVisible();
}

test("1, 2 and 3 change the view, and are letters like others in a terminal", async ({ host }) => {
  const { page } = host;
  const pressed = page.getByRole("group", { name: en.app.views }).locator('[aria-pressed="true"]');
  await host.keys("echo 3");
  await expect(pressed).toHaveText(en.app.stack);
  await openBoot(host);
  await expect(pressed).toHaveText(en.app.boot);
  await page.keyboard.press("2");
  await expect(pressed).toHaveText(en.app.host);
  await page.keyboard.press("1");
  await expect(pressed).toHaveText(en.app.stack);
});

test("seven steps by arrows, clicker and buttons, each with its sentence", async ({ host }) => {
  const { page } = host;
  await openBoot(host);
  const words = page.locator(".caption-words");
  const told: string[] = [];
  for (let number = 1; number <= STEPS; number++) {
    await expect(page.locator(".caption-step")).toHaveText(en.timeline.stepShort(number, STEPS));
    told.push(await words.innerText());
    await page.keyboard.press(number % 2 === 0 ? "PageDown" : "ArrowRight");
  }
  expect(new Set(told).size).toBe(STEPS);
  expect(told[0]).toBe(plain(en.boot.captions.power()));
  await page.keyboard.press("Home");
  await expect(page.locator(".caption-step")).toHaveText(en.timeline.stepShort(1, STEPS));
  await page.getByRole("button", { name: en.boot.next }).click();
  await expect(page.locator(".caption-step")).toHaveText(en.timeline.stepShort(2, STEPS));
  // Also from the button that led here.
  await page.getByRole("button", { name: en.app.boot, exact: true }).click();
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(".caption-step")).toHaveText(en.timeline.stepShort(1, STEPS));
});

test("what is modelled says so, and from which package it is", async ({ host }) => {
  const { page } = host;
  await openBoot(host);
  for (const number of [1, 2, 6, 7]) {
    await step(host, number);
    await expect(page.locator(".boot-modelled").first()).toHaveText(en.boot.modelled);
    await expect(page.locator(".boot-sources")).toContainText(/linux-image-6\.1\.0-56-amd64 6\.1\.192-2/);
  }
});

test("an empty host: no size of an image is made up; the button types the pull", async ({ host }) => {
  const { page } = host;
  await openBoot(host);
  await step(host, 6);
  await expect(page.locator(".boot-sheet")).toHaveCount(0);
  await page.getByRole("button", { name: en.boot.pullButton }).click();
  await expect.poll(async () => (await host.state()).images.length).toBe(1);
  await expect(page.locator('[data-part^="layer"]')).toHaveCount(1);
  expect((await host.printed())["host"]).toContain("Downloaded newer image for ubuntu:22.04");
});

test("sizes and names are those of the images that are here", async ({ host }) => {
  const { page } = host;
  await host.run("docker pull ubuntu:22.04");
  await host.run("docker run -d --name web ubuntu:22.04 sleep 1000");
  await openBoot(host);
  await step(host, 4);
  for (const name of ["dev", "proc", "bin", "etc"]) {
    await expect(page.locator(".boot-entry", { hasText: new RegExp(`^/${name}$`) })).toBeVisible();
  }
  await step(host, 5);
  await expect(page.locator(".boot-writable")).toContainText("web");
  await expect(page.locator(".boot-sheet")).toContainText("78 MB");
  await host.run("docker exec web cp /bin/bash /copy");
  const written = (await host.state()).containers[0]?.upper.size ?? 0;
  expect(written).toBeGreaterThan(1_000_000);
  await expect(page.locator(".boot-writable")).toContainText(bytes(written));
  await step(host, 6);
  const { size } = imageOf(await host.state(), "ubuntu:22.04");
  const widths = await page
    .locator(".boot-disk, .boot-sheet")
    .evaluateAll((parts) =>
      parts.map((part) => ({ disk: part.matches(".boot-disk"), width: part.getBoundingClientRect().width })),
    );
  const machine = widths.filter(({ disk }) => disk).reduce((sum, { width }) => sum + width, 0);
  const image = widths.filter(({ disk }) => !disk).reduce((sum, { width }) => sum + width, 0);
  expect(image / machine).toBeCloseTo(size / 818_000_000, 2);
});

test("uname -r is the same in three distributions: typed by a button, answered by the terminal", async ({ host }) => {
  const { page } = host;
  await openBoot(host);
  await step(host, 7);
  await expect(page.locator(".boot-ask .boot-answer")).toHaveCount(0);
  await expect(page.locator(".boot-line")).toHaveCount(0);
  const references = ["ubuntu:22.04", "debian:12-slim", "alpine:3.20"];
  for (const [index, reference] of references.entries()) {
    await page.getByRole("button", { name: en.boot.askOf(reference) }).click();
    await expect(page.locator(".boot-ask .boot-answer")).toHaveCount(index + 1);
  }
  await expect(page.locator(".boot-ask .boot-answer")).toHaveText(references.map(() => kernel.release));
  await expect(page.locator(".boot-line")).toHaveCount(3);
  await expect(page.locator(".caption-words")).toHaveText(plain(en.boot.captions.kernel(3, 3, kernel.release)));
  // The machine beside them has another kernel, and nobody claims to have asked it.
  await expect(page.locator(".boot-machine-answer")).not.toContainText(kernel.release);
  await expect(page.locator(".boot-machine-answer")).toContainText(en.boot.modelled);
});

test("a moving picture is still at its ends, and can be played", async ({ host }) => {
  const { page } = host;
  await host.run("docker pull alpine:3.20");
  await openBoot(host);
  const boxes = () =>
    page
      .locator(".boot-part")
      .evaluateAll((parts) =>
        parts.map((part) => [part.getAttribute("data-part"), part.getAttribute("style")] as const).sort(),
      );
  await step(host, 1);
  const before = await boxes();
  for (const number of [5, 2, 7, 1])
    await page
      .locator(".boot-track button")
      .nth(number - 1)
      .click();
  await expect(page.locator(FOOT)).toBeVisible();
  expect(await boxes()).toEqual(before);
  await page.getByRole("button", { name: en.boot.play }).click();
  await expect(page.locator(".caption-step")).toHaveText(en.timeline.stepShort(2, STEPS));
  await page.getByRole("button", { name: en.boot.pause }).click();
});

for (const tag of ["en", "zh-CN"] as const) {
  for (const theme of ["light", "dark"] as const) {
    for (const [device, viewport] of Object.entries({
      desktop: { width: 1440, height: 900 },
      phone: { width: 390, height: 844 },
    })) {
      test.describe(`${tag}, ${theme}, ${device}`, () => {
        test.use({ locale: tag, colorScheme: theme, viewport, contextOptions: { reducedMotion: "reduce" } });

        test("axe finds nothing, and nothing is cut", async ({ host }) => {
          const { page } = host;
          await openBoot(host);
          await test.step("empty", async () => {
            for (const number of [4, 6, 7]) {
              await step(host, number);
              await expectAccessible(page);
            }
          });
          await host.run("docker run -d --name web redis:7");
          await host.run("docker run --rm alpine:3.20 uname -r");
          for (let number = 1; number <= STEPS; number++) {
            await step(host, number);
            await expectAccessible(page);
            const { scroll, client } = await page.locator(".boot").evaluate((element) => ({
              scroll: element.scrollWidth,
              client: element.clientWidth,
            }));
            expect(scroll).toBeLessThanOrEqual(client);
          }
          const title = WORDS[tag].boot.titles.kernel;
          await expect(page.getByRole("button", { name: WORDS[tag].boot.step(STEPS, STEPS, title) })).toHaveAttribute(
            "aria-current",
            "step",
          );
          const wide = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(wide).toBeLessThanOrEqual(0);
        });
      });
    }
  }
}
