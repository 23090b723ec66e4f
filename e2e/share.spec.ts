import type { Browser } from "@playwright/test";
import { en } from "../src/content/locales/en.ts";
import { HostPage, imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const STORY = [
  "docker pull ubuntu:22.04",
  "docker run -it --name web ubuntu:22.04 bash",
  "apt-get update",
  "apt-get install -y vim",
  "rm /etc/legal",
  "echo 你好 >> /etc/bash.bashrc",
  "exit",
  'docker commit -m "add vim" -a "me" web my/ubuntu-vim:1.0',
];

/** Another person's browser: a profile of its own. */
async function visitor(browser: Browser, address: string): Promise<HostPage> {
  const context = await browser.newContext({ baseURL: new URL("/", address).href, serviceWorkers: "block" });
  return new HostPage(await context.newPage());
}

test("a link shows the same image and layers in another browser, and leaves the visitor's own host alone", async ({
  host,
  browser,
}) => {
  for (const line of STORY) expect(await host.run(line)).toMatchObject({ exitCode: 0 });
  await host.page.getByRole("button", { name: en.app.share }).click();
  const link = await host.page.getByRole("textbox", { name: new RegExp(`^${en.share.link}`) }).inputValue();
  expect(link).toContain("#1");
  const sent = await host.state();

  const other = await visitor(browser, host.page.url());
  await other.open();
  await other.run("docker pull alpine");
  const own = await other.lasting();

  await other.page.goto("about:blank");
  await other.open(link);
  await expect(other.page.getByText(en.scene.banner)).toBeVisible();
  const scene = await other.state();
  expect(scene.images).toEqual(sent.images);
  expect(scene.layers).toEqual(sent.layers);
  expect(scene.containers.map((one) => [one.id, one.name, one.upper])).toEqual(
    sent.containers.map((one) => [one.id, one.name, one.upper]),
  );
  // It is a host: one can go on in it.
  expect((await other.run("docker run --rm my/ubuntu-vim:1.0 tail -1 /etc/bash.bashrc")).output).toBe("你好\n");

  await other.page.getByRole("button", { name: en.scene.back }).click();
  await expect(other.page.getByText(en.scene.banner)).toBeHidden();
  await other.opened();
  expect(await other.lasting()).toEqual(own);

  await other.page.goto("about:blank");
  await other.open(link);
  await other.page.getByRole("button", { name: en.scene.keep }).click();
  await other.page.getByRole("textbox", { name: en.scene.keepName }).fill("lesson");
  await other.page.getByRole("dialog").getByRole("button", { name: en.scene.keep }).click();
  await expect(other.page.getByText(en.scene.banner)).toBeHidden();
  await expect
    .poll(async () => (await other.state()).images.map((image) => image.id))
    .toEqual(sent.images.map((image) => image.id));
  await other.reload();
  expect(imageOf(await other.state(), "my/ubuntu-vim:1.0").layers).toEqual(imageOf(sent, "my/ubuntu-vim:1.0").layers);
  expect((await other.run("docker run --rm my/ubuntu-vim:1.0 vim --version")).output).toContain("VIM - Vi IMproved");
  // The host that was there before the link is still kept, whole.
  await other.page.evaluate(() => localStorage.removeItem("lamina.host"));
  await other.reload();
  expect(await other.lasting()).toEqual(own);
  await other.page.context().close();
});

test("broken links explain themselves, and one's own host is a click away", async ({ host, browser }) => {
  await host.run("docker pull busybox");
  const own = await host.lasting();
  const link = await host.link();
  const fragment = link.slice(link.indexOf("#") + 1);
  const broken = {
    truncated: fragment.slice(0, Math.floor(fragment.length / 2)),
    "one character less": fragment.slice(0, -1),
    foreign: "section-3?x=1",
    "not base64": "1%%%",
    newer: `2${fragment.slice(1)}`,
    "only a version": "1",
    "one character changed": `${fragment.slice(0, 20)}${fragment[20] === "A" ? "B" : "A"}${fragment.slice(21)}`,
  };
  const page = new HostPage(await host.page.context().newPage());
  for (const [what, text] of Object.entries(broken)) {
    await test.step(what, async () => {
      await page.page.goto("about:blank");
      await page.open(`./#${text}`);
      await expect(page.page.getByRole("alert")).toContainText(en.scene.broken);
      await page.page.getByRole("button", { name: en.scene.back }).click();
      await expect(page.page.getByRole("alert")).toBeHidden();
      await page.opened();
      expect(await page.lasting()).toEqual(own);
    });
  }
  expect(page.errors).toEqual([]);
  expect(browser.isConnected()).toBe(true);
});
