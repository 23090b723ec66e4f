import { locales, type LocaleTag } from "../src/content/locales/index.ts";
import { en } from "../src/content/locales/en.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { expectAccessible } from "./support/axe.ts";
import type { HostPage } from "./support/host-page.ts";
import { ROOT_PROMPT } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const WORDS = { en, "zh-CN": zhCN };
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Somewhere in the middle: two images, a container at work with a volume and a tmpfs, a file gone and one changed. */
async function middle(host: HostPage): Promise<void> {
  for (const line of [
    "docker pull redis",
    "docker volume create spare",
    "docker run -it --name web -v data:/data -v /etc/apt --tmpfs /run ubuntu:22.04 bash",
    "echo x > /data/x",
    "rm /etc/legal",
    "echo x >> /etc/bash.bashrc",
  ]) {
    await host.run(line);
  }
  // The story is told at its own pace; what is looked at is its end.
  const head = host.page.locator('input[type="range"]');
  await expect(async () => expect(await head.inputValue()).toBe(await head.getAttribute("max"))).toPass();
  await expect(host.page.getByRole("button", { name: /bash\.bashrc/ }).first()).toBeAttached();
}

for (const tag of Object.keys(locales) as LocaleTag[]) {
  for (const theme of ["light", "dark"] as const) {
    for (const [device, viewport] of Object.entries(SIZES)) {
      test.describe(`${tag}, ${theme}, ${device}`, () => {
        // The moments are looked at when nothing moves.
        test.use({ locale: tag, colorScheme: theme, viewport, contextOptions: { reducedMotion: "reduce" } });
        // One page, and some twenty states of it.
        test.setTimeout(300_000);

        test("axe finds nothing", async ({ host }) => {
          const { page } = host;
          const text = WORDS[tag];
          await test.step("an empty host", () => expectAccessible(page));
          await middle(host);
          await test.step("the middle of the story", () => expectAccessible(page));
          const call = page.getByRole("button", { name: text.panel.name, exact: true });
          for (const tab of ["layers", "inspect"] as const) {
            if (await call.isVisible()) await call.click();
            await page.getByRole("tab", { name: text.panel[tab] }).click();
            await test.step(tab, () => expectAccessible(page));
          }
          const close = page.getByRole("button", { name: text.app.close, exact: true });
          if (await close.isVisible()) await close.click();
          await page.getByRole("button", { name: text.app.host, exact: true }).first().click();
          await test.step("the whole host", () => expectAccessible(page));
          await page.getByRole("button", { name: text.app.settings }).click();
          await test.step("an open menu", () => expectAccessible(page));
          await page.keyboard.press("Escape");
          await page.getByRole("button", { name: text.app.share }).click();
          await expect(page.getByRole("dialog").getByRole("textbox")).toBeVisible();
          await test.step("the share dialog", () => expectAccessible(page));
          await page.keyboard.press("Escape");

          await page.getByRole("button", { name: text.app.boot, exact: true }).click();
          for (const stage of ["power", "container", "kernel"] as const) {
            await page.getByRole("button", { name: text.boot.titles[stage] }).click();
            await test.step(`boot: ${stage}`, () => expectAccessible(page));
          }
          await page.getByRole("button", { name: text.app.stack, exact: true }).click();
          await page.getByRole("slider", { name: text.timeline.name }).press("PageUp");
          await expect(page.getByRole("button", { name: text.time.goOn })).toBeVisible();
          await test.step("a past moment", () => expectAccessible(page));
          await page.keyboard.press("End");

          if (await call.isVisible()) await call.click();
          await page.getByRole("button", { name: text.insight.open }).first().click();
          const sheet = page.getByRole("dialog", { name: text.insight.title });
          for (const view of ["tree", "dead", "compare"] as const) {
            await sheet.getByRole("tab", { name: text.insight.views[view] }).click();
            await expect(sheet.getByText(text.insight.loading)).toHaveCount(0);
            await test.step(`the explorer: ${view}`, () => expectAccessible(page));
          }
          await page.keyboard.press("Escape");
          if (await close.isVisible()) await close.click();

          await page
            .getByRole("button", { name: text.actions.container("web") })
            .first()
            .click();
          await page.getByRole("menuitem", { name: text.actions.commit }).click();
          await expect(page.getByRole("dialog")).toBeVisible();
          await test.step("a dialog that types a command", () => expectAccessible(page));
          await page.keyboard.press("Escape");

          await host.run("exit");
          await host.run("docker run -it --name small alpine:3.20 sh");
          await host.focus(/small/);
          await host.type("vi /etc/motd", /./);
          await expect(page.getByRole("textbox", { name: "/etc/motd" })).toBeFocused();
          await test.step("an editor", () => expectAccessible(page));
        });

        test("nothing is wider than the window", async ({ host }) => {
          await middle(host);
          const { scroll, client } = await host.page.evaluate(() => ({
            scroll: document.documentElement.scrollWidth,
            client: document.documentElement.clientWidth,
          }));
          expect(scroll).toBeLessThanOrEqual(client);
        });
      });
    }
  }
}

test("the keyboard alone reaches everything, the focus is seen, and Escape closes", async ({ host }) => {
  const { page } = host;
  await middle(host);
  // Out of the terminal: Escape, then Tab; inside it Tab completes.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(host.terminal(/container web/)).not.toBeFocused();

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const reached: string[] = [];
  const unseen: string[] = [];
  for (let count = 0; count < 400; count++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
      const own = element.matches(".xterm-helper-textarea") || style.boxShadow !== "none";
      return {
        name: element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40) ?? "",
        seen: ring || own,
        tag: element.tagName,
      };
    });
    // Past the last one is the browser itself, then the first again.
    if (at === null) continue;
    reached.push(at.name);
    if (!at.seen) unseen.push(`${at.tag} ${at.name}`);
    if (at.name.startsWith("Terminal of")) await page.keyboard.press("Escape");
    if (reached.length > 3 && at.name === reached[0]) break;
  }
  expect(unseen).toEqual([]);
  const all = reached.join("\n");
  for (const part of [
    en.app.skip,
    en.app.settings,
    en.app.share,
    // At the end of the story there is no next step to go to.
    en.timeline.previous,
    en.terminal.hostTitle,
    "Terminal of container web",
    en.panel.files,
    // What is mounted is in words what the picture shows beside the layers.
    `${en.stack.volume}, data, ${en.stack.mountedAt("/data")}, ${en.stack.files(1)}`,
    `${en.stack.tmpfs}, ${en.stack.inMemory}, ${en.stack.mountedAt("/run")}`,
    en.actions.volume("data"),
  ]) {
    expect(all).toContain(part);
  }
  // The picture itself: one stop, arrow keys inside.
  expect(all).toMatch(/etc|bin/);

  const share = page.getByRole("button", { name: en.app.share });
  await share.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(share).toBeFocused();
  const settings = page.getByRole("button", { name: en.app.settings });
  await settings.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(settings).toBeFocused();
});

test("the first link leads past everything to the terminal", async ({ host }) => {
  const { page } = host;
  await expect(page.locator("a, button, input, textarea, [tabindex]").first()).toHaveText(en.app.skip);
  await page.getByRole("link", { name: en.app.skip }).focus();
  await page.keyboard.press("Enter");
  await expect(host.terminal(en.terminal.hostTitle)).toBeFocused();
  await host.type("docker run -it --name web busybox", ROOT_PROMPT);
});
