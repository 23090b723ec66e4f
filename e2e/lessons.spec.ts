import { readFileSync, readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Lesson, Prediction } from "../src/content/lessons/lesson.ts";
import { type LessonText, parseLessonText } from "../src/content/lessons/text.ts";
import { en } from "../src/content/locales/en.ts";
import { en as learnEn } from "../src/content/locales/learn/en.ts";
import { zhCN as learnZhCN } from "../src/content/locales/learn/zh-CN.ts";
import { type LocaleTag, locales } from "../src/content/locales/index.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import type { HostState } from "../src/engine/host-state.ts";
import { expectAccessible } from "./support/axe.ts";
import { HOST_PROMPT, HostPage, ROOT_PROMPT, imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const LESSONS = "src/content/lessons";
const LEARN = { en: learnEn, "zh-CN": learnZhCN };
const WORDS = { en, "zh-CN": zhCN };
const OTHER: Record<LocaleTag, LocaleTag> = { en: "zh-CN", "zh-CN": "en" };

const folders = readdirSync(LESSONS, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name)
  .toSorted();

const idOf = (folder: string): string => folder.replace(/^\d+-/, "");

async function lessonIn(folder: string): Promise<Lesson> {
  const module = (await import(`../${LESSONS}/${folder}/lesson.ts`)) as { lesson: Lesson };
  return module.lesson;
}

const textOf = (folder: string, tag: LocaleTag): LessonText =>
  parseLessonText(readFileSync(`${LESSONS}/${folder}/${tag}.md`, "utf8"));

/** The prompt of the terminal that has the turn after a line; undefined where the turn stays. */
function promptAfter(line: string): RegExp | undefined {
  if (/^docker (run|exec|start) -(it|ai)\b/.test(line)) return ROOT_PROMPT;
  return line === "exit" ? HOST_PROMPT : undefined;
}

/** What the command changed, found without what the page says of it. */
function truthOf({ asks }: Prediction, before: HostState, after: HostState, tag: LocaleTag): string | RegExp {
  const words = LEARN[tag].lessons.prediction;
  if (asks.kind === "sizes") {
    const by = imageOf(after, asks.image).size - imageOf(after, asks.than).size;
    const told =
      by === 0 ? words.equal(asks.image) : by > 0 ? words.grew(asks.image, "~") : words.shrank(asks.image, "~");
    return new RegExp(told.replaceAll(/[.?*+()]/g, "\\$&").replace("~", "\\d.*"));
  }
  const { of } = asks;
  const look = (host: HostState): string =>
    "image" in of
      ? JSON.stringify(imageOf(host, of.image).layers)
      : JSON.stringify(host.containers.find(({ name }) => name === of.container)?.upper);
  return look(before) === look(after) ? words.nothing : words.changed(WORDS[tag].stack.writable);
}

async function predict(host: HostPage, prediction: Prediction, tag: LocaleTag): Promise<void> {
  const { page } = host;
  const words = LEARN[tag].lessons.prediction;
  const card = page.getByRole("region", { name: words.title });
  await expect(card.getByText(prediction.line)).toBeVisible();
  const choice = card.locator("input").first();
  await choice.check();
  const before = await host.state();
  await card.getByRole("button", { name: words.answer }).click();
  const told = page.locator(".prediction[data-right]");
  await expect(told).toBeVisible();
  await expect(told).toContainText(truthOf(prediction, before, await host.state(), tag));
  const right = (await told.getAttribute("data-right")) === "true";
  await expect(told.getByRole("heading")).toHaveText(right ? words.right : words.wrong);
}

async function expectAllReached({ page }: HostPage, { goals }: Lesson, tag: LocaleTag): Promise<void> {
  await expect(page.locator('.goal[data-reached="true"]')).toHaveCount(goals.length);
  await expect(page.locator(".goal-bar")).toContainText(LEARN[tag].lessons.done);
  await expect(page.locator(".lesson-done li").first()).toBeVisible();
}

/** All demonstrations side by side: before, the command, after; the first one once more. */
async function runDemos(page: Page, { demos }: Lesson, tag: LocaleTag): Promise<void> {
  const words = LEARN[tag].lessons.demo;
  const figures = await page.locator("figure.demo").all();
  expect(figures).toHaveLength(Object.keys(demos).length);
  for (const figure of figures) {
    await figure.scrollIntoViewIfNeeded();
    await figure.getByRole("button", { name: words.run, exact: true }).click();
  }
  for (const figure of figures) {
    await expect(figure.getByRole("button", { name: words.again, exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(figure.locator('.demo-stage[data-told="true"]')).toBeVisible({ timeout: 60_000 });
    await expect(figure.getByText(words.failed)).toHaveCount(0);
  }
  const first = page.locator("figure.demo").first();
  await first.getByRole("button", { name: words.again, exact: true }).click();
  await expect(first.getByRole("button", { name: words.run, exact: true })).toBeEnabled({ timeout: 60_000 });
}

for (const tag of Object.keys(locales) as LocaleTag[]) {
  const parity = tag === "en" ? 0 : 1;
  test.describe(tag, () => {
    test.use({ locale: tag, contextOptions: { reducedMotion: "reduce" } });
    for (const folder of folders.filter((_, index) => index % 2 === parity)) {
      test(`${folder}: demonstrations, prediction, solution; in the other language another way`, async ({ page }) => {
        const lesson = await lessonIn(folder);
        const host = new HostPage(page);
        await host.open(`./?lesson=${lesson.id}`);
        await expect(page.locator(".lesson-head h2")).toContainText(textOf(folder, tag).title);
        await expect(page.locator(".host-menu")).toContainText(textOf(folder, tag).title);
        await expect(page).toHaveTitle(new RegExp(`^${LEARN[tag].lessons.short(folders.indexOf(folder) + 1)} `));
        await test.step("demonstrations", () => runDemos(page, lesson, tag));

        const { prediction } = lesson;
        expect(lesson.solution).toContain(prediction?.line ?? lesson.solution[0]);
        for (const line of lesson.solution) {
          await test.step(line, async () => {
            if (line === prediction?.line) await predict(host, prediction, tag);
            else {
              await page.locator('.console[data-active="true"] .xterm').click();
              await host.type(line, promptAfter(line));
            }
          });
        }
        await expectAllReached(host, lesson, tag);

        await page.getByRole("button", { name: locales[OTHER[tag]].name, exact: true }).click();
        const words = LEARN[OTHER[tag]].lessons;
        await page.getByRole("button", { name: words.restart, exact: true }).click();
        await page.getByRole("button", { name: words.restartSure }).click();
        await expect(page.locator(".lesson-done")).toHaveCount(0);
        // It is known again how it stands: the host is open once more.
        await expect(page.locator(".goal-marks span[data-reached='false']").first()).toBeVisible();
        for (const line of lesson.otherWay ?? []) {
          await test.step(line, async () => {
            for (const part of line.split("\n")) await host.run(part);
          });
        }
        await expectAllReached(host, lesson, OTHER[tag]);
        expect(host.errors).toEqual([]);
      });
    }
  });
}

test("a lesson that there is not is named, and those that there are are offered", async ({ page }) => {
  const host = new HostPage(page);
  // The terminal does not take the keys: the dialog has them.
  await page.goto("./?lesson=nonsense");
  await page.evaluate(() => window.lamina.ready);
  const dialog = page.getByRole("dialog", { name: learnEn.lessons.course });
  await expect(dialog.getByRole("alert")).toContainText(learnEn.lessons.unknown("nonsense"));
  await expect(dialog.locator(".course a")).toHaveCount(folders.length);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("");
  expect(host.errors).toEqual([]);
});

test("an empty host leads to the lessons; what is done is kept, moves as a file, and makes a code", async ({
  host,
}) => {
  const { page } = host;
  const words = learnEn.lessons;
  await page.getByRole("button", { name: words.invitation }).click();
  const folder = folders[1] ?? "";
  const { title } = textOf(folder, "en");
  await page.getByRole("dialog").getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(new RegExp(`\\?lesson=${idOf(folder)}$`));
  await host.opened();
  for (const line of (await lessonIn(folder)).solution) await host.run(line);
  await expect(page.locator(".lesson-done")).toBeVisible();

  // One's own host knows nothing of it but that it is done.
  await page.getByRole("link", { name: words.close }).click();
  await host.opened();
  expect((await host.state()).images).toEqual([]);
  await page.getByRole("button", { name: words.goOn(1, folders.length) }).click();
  const dialog = page.getByRole("dialog", { name: words.course });
  await expect(dialog.getByText(words.progress.of(1, folders.length))).toBeVisible();
  await expect(dialog.getByRole("link", { name: new RegExp(`${title}.*${words.doneAlready}`) })).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: words.progress.export }).click(),
  ]);
  const file = await download.path();
  await page.evaluate(() => localStorage.removeItem("lamina.progress"));
  await host.reload();
  await page.getByRole("button", { name: words.invitation }).click();
  await dialog.getByLabel(words.progress.import).setInputFiles({
    name: "other.json",
    mimeType: "application/json",
    buffer: Buffer.from("{}"),
  });
  await expect(dialog.getByText(words.progress.bad)).toBeVisible();
  await dialog.getByLabel(words.progress.import).setInputFiles({
    name: "lamina-progress.json",
    mimeType: "application/json",
    buffer: readFileSync(file),
  });
  await expect(dialog.getByText(words.progress.imported)).toBeVisible();
  await expect(dialog.getByText(words.progress.of(1, folders.length))).toBeVisible();

  await dialog.getByText(words.progress.code).click();
  await dialog.getByLabel(words.progress.person).fill("Ada Lovelace");
  const code = await dialog.locator(".completion-code").innerText();
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const field = dialog.getByLabel(new RegExp(words.progress.codeField));
  await field.fill(code.toLowerCase());
  await expect(dialog.getByText(words.progress.valid("Ada Lovelace", "2"))).toBeVisible();
  await field.fill(code.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
  await expect(dialog.getByText(words.progress.invalid)).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [device, viewport] of Object.entries({
    desktop: { width: 1440, height: 900 },
    phone: { width: 390, height: 844 },
  })) {
    test.describe(`${colorScheme}, ${device}`, () => {
      test.use({ colorScheme, viewport, locale: "zh-CN", contextOptions: { reducedMotion: "reduce" } });

      test("axe finds nothing in a lesson, nothing is wider than the window, and the goals stay in sight", async ({
        page,
      }) => {
        const host = new HostPage(page);
        const words = learnZhCN.lessons;
        await host.open("./?lesson=copy-up");
        await expect(page.locator(".prediction .choice").first()).toBeVisible();
        for (const figure of await page.locator("figure.demo").all()) {
          await figure.scrollIntoViewIfNeeded();
          await figure.getByRole("button", { name: words.demo.run, exact: true }).click();
          await expect(figure.locator('.demo-stage[data-told="true"]')).toBeVisible();
        }
        await page.getByRole("button", { name: words.hint }).click();
        await page.getByRole("button", { name: words.solution }).click();
        await test.step("the lesson", () => expectAccessible(page));
        const bar = page.locator(".goal-bar");
        await expect(bar).toBeInViewport({ ratio: 1 });
        if (device === "phone") {
          await page.locator(".prediction input").first().check();
          // The text makes way for what happens, and the bar tells what came of it.
          await page.getByRole("button", { name: words.prediction.answer }).click();
          await expect(page.locator(".lesson-body")).toBeHidden();
          await expect(bar).toContainText(words.prediction.changed(zhCN.stack.writable));
          await expect(bar).toBeInViewport({ ratio: 1 });
          await test.step("the stage", () => expectAccessible(page));
        }
        const { scroll, client } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          client: document.documentElement.clientWidth,
        }));
        expect(scroll).toBeLessThanOrEqual(client);
        expect(host.errors).toEqual([]);
      });
    });
  }
}
