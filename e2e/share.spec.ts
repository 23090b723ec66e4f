import { readFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { en } from "../src/content/locales/en.ts";
import { share } from "../src/content/locales/learn/share.en.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { encodeLink } from "../src/host/link.ts";
import { type Story, scenarioOf, stories } from "../src/host/links/stories.ts";
import type { Scenario } from "../src/host/scenario.ts";
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
  test.slow();
  for (const line of STORY) expect(await host.run(line)).toMatchObject({ exitCode: 0 });
  await host.page.getByRole("button", { name: en.app.share }).click();
  const link = await host.page.getByRole("textbox", { name: new RegExp(`^${en.share.link}`) }).inputValue();
  expect(link).toContain("#2");
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

/** A file as if it were dropped on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ({ file, data }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(data)], file));
      for (const type of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { file: name, data: [...bytes] },
  );
}

/** What a button of the share dialog saves. */
async function saved(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name, exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}

const digests = async (host: HostPage) => {
  const { images, layers, containers } = await host.state();
  return { images, layers, containers: containers.map((one) => [one.id, one.name, one.upper]) };
};

for (const story of stories) {
  test(`the link of "${story.name}" gives the same digests in every profile`, async ({ browser, baseURL }) => {
    test.slow();
    const address = `${baseURL}#${encodeLink(scenarioOf(story))}`;
    const seen: unknown[] = [];
    for (const options of [
      { locale: "en-US", timezoneId: "America/New_York" },
      { locale: "zh-CN", timezoneId: "Asia/Shanghai" },
    ]) {
      const context = await browser.newContext({ serviceWorkers: "block", ...options });
      const page = new HostPage(await context.newPage());
      await page.open(address);
      seen.push(await digests(page));
      expect(page.errors).toEqual([]);
      await context.close();
    }
    expect(seen[1]).toEqual(seen[0]);
    expect((seen[0] as { images: unknown[] }).images.length).toBeGreaterThan(0);
  });
}

test("a link opens at its step, view, path and language, and leaves the visitor's choices alone", async ({ host }) => {
  for (const line of STORY.filter((one) => !one.startsWith("apt-get"))) await host.run(line);
  const link = await host.link();
  await host.page.goto("about:blank");
  await host.open(`${link}&step=6&lang=zh-CN&of=web&path=/etc/passwd`);
  await expect(host.page.getByText(zhCN.scene.banner)).toBeVisible();
  await expect(host.page.locator(".caption-step")).toHaveText(/^6 \//);
  await expect(host.page.locator(".trail [aria-current]")).toHaveText("etc");
  await host.page.goto("about:blank");
  await host.open(`${link}&view=host&layout=fresh`);
  await expect(host.page.getByRole("region", { name: en.hostView.name })).toBeVisible();
  await expect(host.page.getByText(en.scene.banner)).toBeHidden();
  await expect(host.page.locator(".host-menu")).toBeHidden();
  expect(await host.page.evaluate(() => localStorage.getItem("lamina.preferences"))).toBeNull();
});

test("a scene with names, titles, notes and paths that look like scripts shows them as text", async ({ host }) => {
  const evil = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>`;
  const at = Date.UTC(2026, 10, 24);
  const lines = [
    "docker run --name web alpine:3.20 touch '/<img src=x onerror=window.harmed=1>'",
    `docker commit -m '${evil}' -a '${evil}' web my/evil:1`,
  ];
  const scenario: Scenario = {
    seed: "e1",
    catalogue: "0badcafe",
    title: { en: evil },
    entries: lines.map((line, index) => ({
      terminal: "host",
      line,
      at: at + index * 1000,
      title: { en: evil },
      note: { en: `${evil} javascript:window.harmed=1` },
    })),
  };
  await host.page.goto("about:blank");
  await host.open(`./#${encodeLink(scenario)}&of=${encodeURIComponent(evil)}`);
  await expect(host.page.locator(".banner")).toContainText("<script>");
  await expect(host.page.locator(".step-note")).toContainText("<script>");
  await host.page.getByRole("button", { name: en.app.share }).click();
  const svg = (await saved(host.page, share.svg)).toString();
  expect(svg).toContain("&lt;img src=x");
  expect(svg).not.toMatch(/<script|<img/);
  expect(await host.page.evaluate(() => "harmed" in window)).toBe(false);
});

test("a scene as file, SVG, PNG and animation opens as the scene again, with what no link carries", async ({
  host,
  browser,
}) => {
  test.slow();
  const { page } = host;
  for (const line of STORY.filter((one) => !one.startsWith("apt-get"))) await host.run(line);
  await page.evaluate(async () => {
    const archive = await window.lamina.exportImage("my/ubuntu-vim:1.0", "docker-archive");
    for (const line of ["docker rm web", "docker rmi my/ubuntu-vim:1.0"]) await window.lamina.run(line);
    await window.lamina.importImage(archive);
  });
  const sent = await digests(host);
  expect(sent.images.flatMap(({ refs }) => refs)).toContain("my/ubuntu-vim:1.0");
  await page.getByRole("button", { name: en.app.share }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(share.left("my/ubuntu-vim:1.0"))).toBeVisible();
  await expect(dialog.getByText(/^\d+ characters; up to 2,000/)).toBeVisible();
  const file = await saved(page, share.file);
  const [svg, png] = [await saved(page, share.svg), await saved(page, share.png)];
  const last = Number(await dialog.getByRole("spinbutton", { name: share.to }).inputValue());
  await dialog.getByRole("spinbutton", { name: share.from }).fill(String(last - 1));
  const film = await saved(page, share.make);
  expect(film.toString("latin1").match(/fcTL/g)).toHaveLength(9);
  expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
  await dialog.getByRole("button", { name: share.qr, exact: true }).click();
  await expect(dialog.getByRole("img", { name: share.qrName })).toBeVisible();

  const other = await visitor(browser, page.url());
  await other.open();
  await other.run("docker pull busybox");
  const own = await other.lasting();
  for (const [name, bytes] of Object.entries({ "scene.lamina": file, "scene.svg": svg, "scene.png": png, film })) {
    await test.step(name, async () => {
      await drop(other.page, name, bytes);
      await expect(other.page.getByText(en.scene.banner)).toBeVisible();
      await expect(other.page.locator(".page[aria-busy=false]")).toBeVisible();
      const { images } = await digests(other);
      if (name === "scene.lamina") expect(await digests(other)).toEqual(sent);
      else expect(images).toEqual(sent.images.filter(({ refs }) => !refs.includes("my/ubuntu-vim:1.0")));
      await other.reload();
      expect(await other.lasting()).toEqual(own);
    });
  }
  await test.step("no scene", async () => {
    await drop(other.page, "other.png", Buffer.from("89504e470d0a1a0a00", "hex"));
    await expect(other.page.getByRole("alert")).toContainText(en.scene.problems.foreign);
    await other.page.getByRole("button", { name: en.scene.back }).click();
    await other.opened();
    expect(await other.lasting()).toEqual(own);
  });
  expect(other.errors).toEqual([]);
  await other.page.context().close();
});

test("broken links explain themselves, and one's own host is a click away", async ({ host, browser }) => {
  await host.run("docker pull busybox");
  const own = await host.lasting();
  const fragment = encodeLink(scenarioOf(stories[4] as Story));
  const broken: Readonly<Record<string, readonly [text: string, says: string | RegExp]>> = {
    "cut to a third": [fragment.slice(0, 60), en.scene.problems.damaged],
    "its end cut off": [fragment.slice(0, -20), /was cut off on its way: the first \d of 10 commands/],
    "one character changed": [
      `${fragment.slice(0, -30)}${fragment.at(-30) === "A" ? "B" : "A"}${fragment.slice(-29)}`,
      /was (changed|cut off) on its way/,
    ],
    foreign: ["section-3?x=1", en.scene.problems.foreign],
    "not base64": ["1%%%", en.scene.problems.damaged],
    newer: [`3${fragment.slice(1)}`, en.scene.problems.newer],
    "only a format": ["2", en.scene.problems.damaged],
  };
  const page = new HostPage(await host.page.context().newPage());
  for (const [what, [text, says]] of Object.entries(broken)) {
    await test.step(what, async () => {
      await page.page.goto("about:blank");
      await page.open(`./#${text}`);
      await expect(page.page.getByRole("alert")).toContainText(says);
      await page.page.getByRole("button", { name: en.scene.back }).click();
      await expect(page.page.getByRole("alert")).toBeHidden();
      await page.opened();
      expect(await page.lasting()).toEqual(own);
    });
  }
  expect(page.errors).toEqual([]);
  expect(browser.isConnected()).toBe(true);
});
