import type { BrowserContext, Page } from "@playwright/test";
import { classroom as english } from "../src/content/locales/learn/classroom.en.ts";
import { classroom as chinese } from "../src/content/locales/learn/classroom.zh-CN.ts";
import { lessons } from "../src/content/locales/learn/lessons.en.ts";
import { encodeLink } from "../src/host/link.ts";
import { scenarioOf, stories } from "../src/host/links/stories.ts";
import { lesson } from "../src/content/lessons/08-commit/lesson.ts";
import { expectAccessible } from "./support/axe.ts";
import { illegible } from "./support/legible.ts";
import { expect, test } from "./support/test.ts";

const WALL = { width: 1920, height: 1080 };
/** What a projector theme promises. */
const LEGIBLE = { size: 24, contrast: 7 };

test.use({ viewport: WALL });

const vim = stories.find(({ name }) => name.includes("vim"));
if (!vim) throw new Error("the story of vim is gone");
const scene = `#${encodeLink(scenarioOf(vim))}`;

const ready = (page: Page): Promise<void> => page.evaluate(() => window.lamina.ready);
const sentence = (page: Page) => page.locator(".caption-words");
const command = (page: Page) => page.locator(".class-command code");

/** The page, opened as somebody in that language and theme has it. */
async function open(page: Page, address: string): Promise<Page> {
  await page.goto("about:blank");
  await page.goto(address);
  await ready(page);
  return page;
}

/** All that the host has to tell has been told. */
async function told(page: Page): Promise<void> {
  const step = page.locator(".caption-step");
  await expect(async () => {
    const [at, of] = (await step.innerText()).split("/").map(Number);
    expect(at).toBe(of);
  }).toPass({ timeout: 60_000 });
}

async function openAudience(context: BrowserContext, page: Page, name: string): Promise<Page> {
  const [audience] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("button", { name, exact: true }).click(),
  ]);
  await audience.setViewportSize(WALL);
  await expect(audience.locator(".class-command")).toBeVisible();
  return audience;
}

test("a lesson is shown in two windows, driven by the keys of a clicker alone", async ({ page, context }) => {
  test.slow();
  await open(page, "./?lesson=commit");
  await page.getByRole("button", { name: english.present }).click();
  await page.getByRole("menuitem", { name: english.two }).click();
  const panel = page.getByRole("complementary", { name: english.name });
  await expect(panel).toContainText("docker: command not found");
  await expect(panel).toContainText(english.nobody);
  const audience = await openAudience(context, page, english.openWindow);
  await expect(panel).toContainText(english.following(1));
  await expect(sentence(audience)).toHaveText(await sentence(page).innerText());
  await expectAccessible(page);
  await expectAccessible(audience);

  // Back to the beginning and on again, step by step: both windows tell the same.
  for (const key of ["PageUp", "ArrowLeft", "PageUp", "PageDown", "ArrowRight", "PageDown"]) {
    const before = await page.locator(".caption-step").innerText();
    await page.keyboard.press(key);
    await expect(page.locator(".caption-step")).not.toHaveText(before);
    await expect(audience.locator(".caption-step")).toHaveText(await page.locator(".caption-step").innerText());
    await expect(sentence(audience)).toHaveText(await sentence(page).innerText());
  }
  // At the end of the story the clicker types what is to come, whichever window has its keys.
  for (const [index, line] of lesson.solution.entries()) {
    await expect(panel.getByRole("button", { name: english.next })).toContainText(line);
    await [page, audience][index % 2]?.keyboard.press("PageDown");
    await expect(command(audience)).toHaveText(line);
    await expect(panel.locator(".class-step-line", { hasText: line }).last()).toBeVisible();
    await told(page);
    await expect(audience.locator(".caption-step")).toHaveText(await page.locator(".caption-step").innerText());
    expect(await illegible(audience, LEGIBLE)).toEqual([]);
  }
  await expect(panel).toContainText(english.nothingNext);
  expect((await page.evaluate(() => window.lamina.state())).images.flatMap(({ refs }) => refs)).toContain(
    "my/ubuntu-vim:latest",
  );

  // The boot view has stages of its own.
  await page.keyboard.press("3");
  await expect(audience.locator(".boot")).toBeVisible();
  await page.keyboard.press("PageDown");
  for (const one of [page, audience]) await expect(one.locator(".caption-step")).toHaveText(/^2 /);
  await page.keyboard.press("1");

  // Black, and back.
  await page.keyboard.press("b");
  await expect(audience.locator(".class-blank")).toBeVisible();
  await expect(panel).toContainText(english.seesBlack);
  await audience.keyboard.press("b");
  await expect(audience.locator(".class-blank")).toBeHidden();

  // A screen of another size, a second one, and one that is closed.
  await audience.setViewportSize({ width: 1280, height: 720 });
  const second = await openAudience(context, page, english.openAnother);
  await expect(panel).toContainText(english.following(2));
  const end = await page.locator(".caption-step").innerText();
  await page.keyboard.press("PageUp");
  await expect(page.locator(".caption-step")).not.toHaveText(end);
  for (const one of [audience, second])
    await expect(one.locator(".caption-step")).toHaveText(await page.locator(".caption-step").innerText());
  await second.close();
  await expect(panel).toContainText(english.following(1));

  // Each window is loaded anew in the middle.
  const where = await page.locator(".caption-step").innerText();
  await audience.reload();
  await expect(audience.locator(".caption-step")).toHaveText(where);
  await page.reload();
  await ready(page);
  await expect(panel).toContainText(english.following(1));
  // What told the last step is known again.
  await expect(page.locator(".caption-step")).toBeVisible();
  await expect(audience.getByText(english.waiting)).toBeHidden();
  await told(page);
  await expect(sentence(audience)).toHaveText(await sentence(page).innerText());

  // The network is gone: the windows need none.
  await context.setOffline(true);
  const there = await page.locator(".caption-step").innerText();
  await page.keyboard.press("PageUp");
  await expect(page.locator(".caption-step")).not.toHaveText(there);
  await expect(audience.locator(".caption-step")).toHaveText(await page.locator(".caption-step").innerText());
  await context.setOffline(false);

  await panel.getByRole("button", { name: english.end, exact: true }).click();
  await expect(audience.getByText(english.over)).toBeVisible();
  await expect(page.getByRole("complementary", { name: lessons.name })).toBeVisible();
});

test("pen, spotlight, zoom and QR code are seen by the class where the presenter put them", async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    WakeLock.prototype.request = () => {
      document.documentElement.dataset["awake"] = "true";
      return Promise.reject(new Error("not in a test"));
    };
  });
  await open(page, `./?present=panel${scene}`);
  await expect(page.locator("html")).toHaveAttribute("data-awake", "true");
  await page.getByRole("button", { name: english.pauseTimer }).click();
  const time = await page.getByRole("timer").innerText();
  await page.reload();
  await ready(page);
  await expect(page.getByRole("timer")).toHaveText(time);
  const audience = await openAudience(context, page, english.openWindow);
  await page.setViewportSize({ width: 1440, height: 900 });
  const tile = page.locator(".stack .tile").first();
  const part = await tile.getAttribute("data-part");
  const box = await tile.boundingBox();
  if (!box) throw new Error("no tile");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];

  await page.keyboard.press("p");
  await page.mouse.move(x - 8, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y, { steps: 4 });
  await page.mouse.up();
  await expect(audience.locator(".class-ink path")).toHaveCount(1);
  // On the same tile, though it stands elsewhere in the larger window.
  const there = async () => {
    const ink = await audience.locator(".class-ink path").boundingBox();
    const under = await audience.locator(`[data-part="${part}"]`).boundingBox();
    return ink && under && ink.x > under.x && ink.x + ink.width < under.x + under.width && ink.y > under.y;
  };
  await expect.poll(there).toBe(true);

  await page.keyboard.press("s");
  await page.mouse.move(x, y);
  await expect(audience.locator(".class-spot")).toBeVisible();
  await page.keyboard.press("c");
  await expect(audience.locator(".class-spot")).toBeHidden();
  await expect(audience.locator(".class-ink path")).toHaveCount(0);

  const before = (await audience.locator(".stack").boundingBox())?.width ?? 0;
  await page.keyboard.press("z");
  await page.mouse.click(x, y);
  await expect
    .poll(async () => (await audience.locator(".stack").boundingBox())?.width ?? 0)
    .toBeGreaterThan(before * 1.4);
  await page.keyboard.press("Escape");
  await expect
    .poll(async () => (await audience.locator(".stack").boundingBox())?.width ?? 0)
    .toBeLessThan(before * 1.1);

  await page.keyboard.press("q");
  await expect(audience.getByRole("img", { name: english.invite })).toBeVisible();
  expect(await illegible(audience, LEGIBLE)).toEqual([]);
  await expectAccessible(audience);
  await page.keyboard.press("q");
  await expect(audience.getByRole("img", { name: english.invite })).toBeHidden();

  // Only the presenter drives, unless the class may look around; the next step brings it back.
  await expect(audience.locator(".scene")).toHaveAttribute("inert", "");
  await page.getByRole("button", { name: english.unlock }).click();
  await audience.locator('.stack .tile[data-kind="directory"]').first().click();
  await expect(audience.locator(".head-path")).not.toHaveText("/");
  await page.keyboard.press("PageUp");
  await expect(audience.locator(".scene")).toHaveAttribute("inert", "");
  await expect(audience.locator(".head-path")).toHaveText(await page.locator(".head-path").innerText());
});

/** In both themes: nothing is too small or too pale. */
async function expectLegible(page: Page, where: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await illegible(page, LEGIBLE), `${where}, ${colorScheme}`).toEqual([]);
  }
}

for (const [locale, words] of [
  ["en-US", english],
  ["zh-CN", chinese],
] as const) {
  test(`one window does: every step of a story can be read from the last row (${locale})`, async ({ browser }) => {
    test.slow();
    const context = await browser.newContext({
      locale,
      viewport: WALL,
      reducedMotion: "reduce",
      serviceWorkers: "block",
    });
    const page = await open(await context.newPage(), `./?present${scene}`);
    await page.getByRole("button", { name: words.full }).waitFor();
    await expectAccessible(page);
    const last = Number((await page.locator(".caption-step").innerText()).split("/")[1]);
    await page.keyboard.press("Home");
    await expect(page.locator(".empty")).toBeVisible();
    await expectLegible(page, "empty");
    for (let step = 1; step <= last; step++) {
      await page.keyboard.press("PageDown");
      await expect(page.locator(".caption-step")).toHaveText(new RegExp(`^${step} `));
      await expectLegible(page, `step ${step}`);
      // Nobody in the class can scroll.
      expect(await page.locator(".stage").evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    }
    for (const [key, view] of [
      ["2", "host"],
      ["3", "boot"],
      ["1", "stack"],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.locator(`.${view}`).first()).toBeVisible();
      await expectLegible(page, view);
    }
    // The terminal is there when it is asked for; the last command is large all the same.
    await page.keyboard.press("t");
    await expect(page.locator(".xterm:focus-within")).toBeVisible();
    await page.keyboard.type("docker images\n");
    await expect(command(page)).toHaveText("docker images");
    await expect(page.locator(".xterm-rows").first()).toContainText("my/ubuntu-vim");
    await expectLegible(page, "terminal");
    await page.keyboard.press("PageUp");
    await expect(page.locator("#terminals")).toBeHidden();
    await page.reload();
    await ready(page);
    await expect(command(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator(".class-page")).toBeHidden();
    await expect(page.locator(".timeline")).toBeVisible();
    // A link that is broken says so.
    await open(page, "./?present#2broken");
    await expect(page.getByRole("alert")).toBeVisible();
    await context.close();
  });
}
