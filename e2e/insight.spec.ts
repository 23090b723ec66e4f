import { en } from "../src/content/locales/en.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { expectAccessible } from "./support/axe.ts";
import type { HostPage } from "./support/host-page.ts";
import { lookAt, tell } from "./support/telling.ts";
import { expect, test } from "./support/test.ts";

const WORDS = { en, "zh-CN": zhCN };

/** 60 MB come with one layer and go with the next. */
async function story(host: HostPage): Promise<void> {
  for (const line of [
    "docker run --name first alpine:3.20 sh -c 'mkdir -p /opt/data && dd if=/dev/zero of=/opt/data/heavy bs=1M count=60'",
    "docker commit -m 'adds data' first my/big",
    "docker run --name second my/big sh -c 'rm -rf /opt/data; chmod 600 /etc/motd; echo welcome >> /etc/issue'",
    "docker commit -m 'removes data' second my/small",
    "docker run -d --name live my/small sleep 1d",
  ]) {
    expect((await host.run(line)).exitCode).toBe(0);
  }
}

const panel = ({ page }: HostPage, text = en) => page.getByRole("complementary", { name: text.panel.name });
const sheet = ({ page }: HostPage) => page.locator("dialog.sheet");

for (const [tag, text] of Object.entries(WORDS)) {
  for (const [device, viewport, colorScheme] of [
    ["desktop", { width: 1440, height: 900 }, "light"],
    ["phone", { width: 390, height: 844 }, "dark"],
  ] as const) {
    test.describe(`${tag}, ${device}, ${colorScheme}`, () => {
      test.use({ locale: tag, viewport, colorScheme, contextOptions: { reducedMotion: "reduce" } });

      test("dead bytes, the tree, a file and a comparison, all of them accessible", async ({ host }, info) => {
        const { page } = host;
        const shot = async (name: string): Promise<void> => {
          await page.screenshot({ path: info.outputPath(`${name}.png`) });
        };
        await story(host);
        const call = page.getByRole("button", { name: text.panel.name, exact: true });
        if (await call.isVisible()) await call.click();

        await panel(host, text).getByRole("button", { name: text.insight.dead }).click();
        await sheet(host).getByLabel(text.insight.stack).selectOption({ label: "my/small:latest" });
        const dead = sheet(host).getByRole("region", { name: text.insight.dead });
        const group = dead.getByRole("listitem").first();
        for (const part of ["/opt/data", "62.9 MB", "my/big:latest", "my/small:latest", text.insight.whole]) {
          await expect(group).toContainText(part);
        }
        await expect(group).toContainText(text === en ? "deleted in" : "中被删除");
        await group.locator("summary").click();
        await test.step("dead bytes", () => expectAccessible(page));
        await shot("dead");

        // From a dead file to the layer that still has it.
        await group.getByRole("button", { name: /heavy/ }).click();
        await expect(sheet(host).getByRole("combobox", { name: text.insight.layer, exact: true })).toHaveValue(
          /^sha256:/,
        );
        const file = sheet(host).getByRole("article");
        await expect(file).toContainText("/opt/data/heavy");
        await expect(file.locator(".xray-sentence")).toContainText("my/big:latest");
        await expect(file.locator("pre")).toContainText("00000000");
        // In my/small it is deleted already: nobody would miss that layer's files.
        await expect(sheet(host).locator(".lift")).toContainText(text.insight.liftTold(0, "", 0, 0));
        await shot("layer");

        await sheet(host).getByRole("combobox", { name: text.insight.layer, exact: true }).selectOption("");
        const tree = sheet(host).getByRole("treegrid");
        await tree.focus();
        await page.keyboard.type("etc");
        await page.keyboard.press("ArrowRight");
        await page.keyboard.type("iss");
        await expect(file.getByRole("heading")).toHaveText("/etc/issue");
        await expect(file.locator("pre")).toContainText("welcome");
        await expect(file.locator(".xray-sentence")).toContainText("alpine:3.20");
        await test.step("the tree", () => expectAccessible(page));
        await shot("tree");
        await sheet(host).getByRole("button", { name: text.insight.marks.D, exact: true }).click();
        await expect(tree.getByRole("row", { name: /data/ })).toContainText(text.insight.marks.D);
        await sheet(host).getByRole("searchbox").fill("no such name");
        await expect(sheet(host)).toContainText(text.insight.noMatch);

        await sheet(host).getByRole("tab", { name: text.insight.views.compare }).click();
        const [before, after] = [text.insight.before, text.insight.after].map((name) =>
          sheet(host).getByRole("group", { name, exact: true }).getByLabel(text.insight.stack),
        );
        await before?.selectOption({ label: "alpine:3.20" });
        await after?.selectOption({ label: "my/small:latest" });
        const list = sheet(host).getByRole("listbox");
        await expect(list.getByRole("option", { name: /etc\/motd/ })).toContainText(text.insight.aspects.mode);
        await list.getByRole("option", { name: /etc\/issue/ }).click();
        await expect(file.getByRole("table")).toContainText("welcome");
        await test.step("a comparison", () => expectAccessible(page));
        await shot("compare");
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.keyboard.press("Escape");
        await expect(sheet(host)).toHaveCount(0);
      });
    });
  }
}

test("a file is saved with its bytes, and its path copied", async ({ host, context }) => {
  const { page } = host;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await host.run("docker run -d --name web alpine:3.20 sleep 1d");
  await host.run("docker exec web sh -c 'echo kept > /root/note'");
  await panel(host).getByRole("button", { name: en.insight.open }).first().click();
  await sheet(host).getByLabel(en.insight.stack).selectOption({ label: "web" });
  await sheet(host).getByRole("searchbox").fill("note");
  await sheet(host).getByRole("row", { name: /note/ }).click();
  await sheet(host).getByRole("button", { name: en.insight.copyPath }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("/root/note");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    sheet(host).getByRole("button", { name: en.insight.save }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("note");
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe("kept\n");
});

test("10,000 files: moving and filtering stay quick", async ({ host }) => {
  const { page } = host;
  await host.run("docker run --name many alpine:3.20 sh -c 'mkdir /many; cd /many; seq 1 10000 | xargs touch'");
  await panel(host).getByRole("button", { name: en.insight.open }).first().click();
  await sheet(host).getByLabel(en.insight.stack).selectOption({ label: "many" });
  const tree = sheet(host).getByRole("treegrid");
  await tree.focus();
  await page.keyboard.type("many");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  // Few of them are in the page.
  expect(await tree.getByRole("row").count()).toBeLessThan(80);
  await sheet(host).getByRole("searchbox").fill("999");
  await expect(sheet(host).locator(".tree-count")).toContainText("19 of");
});

test("two ranges of layers: what the second layer adds and the third deletes", async ({ host }) => {
  await story(host);
  await panel(host).getByRole("button", { name: en.insight.views.compare }).click();
  const side = (name: string) => sheet(host).getByRole("group", { name, exact: true });
  for (const [name, lowest, highest] of [
    [en.insight.before, "2", "2"],
    [en.insight.after, "3", "3"],
  ] as const) {
    await side(name).getByLabel(en.insight.stack).selectOption({ label: "my/small:latest" });
    await side(name).getByLabel(en.insight.highest).selectOption(highest);
    await side(name).getByLabel(en.insight.lowest).selectOption(lowest);
    await expect(side(name).getByLabel(en.insight.highest)).toHaveValue(highest);
  }
  const list = sheet(host).getByRole("listbox", { name: en.insight.result });
  const row = (path: string) => list.getByRole("option").filter({ has: host.page.getByText(path, { exact: true }) });
  await expect(row("/opt/data/heavy")).toContainText(en.insight.marks.D);
  await expect(row("/opt/data/heavy")).toContainText("62.9 MB");
  await expect(row("/etc/issue")).toContainText(en.insight.marks.A);
  // Nothing of the lowest layer is on either side.
  await expect(row("/bin")).toHaveCount(0);
  // A range never ends before it begins.
  await side(en.insight.before).getByLabel(en.insight.lowest).selectOption("3");
  await expect(side(en.insight.before).getByLabel(en.insight.highest)).toHaveValue("3");
  await expect(sheet(host)).toContainText(en.insight.equal);
});

test("a file is shown as an image, and what an SVG brings along does not run", async ({ host }) => {
  const { page } = host;
  const pictures = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [40, 20];
    canvas.getContext("2d")?.fillRect(5, 5, 20, 10);
    return ["png", "jpeg"].map((type) => [type, canvas.toDataURL(`image/${type}`).split(",")[1] ?? ""] as const);
  });
  const script = "parent.ran = true; window.ran = true";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="${script}"><script>${script}</script><image href="https://example.com/seen.png" width="9" height="9"/></svg>`;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await host.run("docker run -d --name web alpine:3.20 sleep 1d");
  for (const [type, bytes] of [
    ...pictures,
    ["svg", Buffer.from(svg).toString("base64")],
    ["broken.png", "iVBORw0KGgo="],
  ]) {
    const written = await host.run(`docker exec web sh -c 'echo ${bytes} | base64 -d > /srv/picture.${type}'`);
    expect(written).toMatchObject({ exitCode: 0, output: "" });
  }
  await panel(host).getByRole("button", { name: en.insight.open }).first().click();
  await sheet(host).getByLabel(en.insight.stack).selectOption({ label: "web" });
  await sheet(host).getByRole("searchbox").fill("picture");
  const file = sheet(host).getByRole("article");
  for (const type of ["png", "jpeg", "svg"]) {
    await sheet(host)
      .getByRole("row", { name: new RegExp(`^picture.${type}`) })
      .click();
    const image = file.getByRole("img", { name: `/srv/picture.${type}` });
    await expect(image).toBeVisible();
    const size = () => image.evaluate((one: HTMLImageElement) => [one.complete, one.naturalWidth, one.naturalHeight]);
    await expect.poll(size).toEqual([true, 40, 20]);
  }
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(asked.filter((address) => address.includes("example.com"))).toEqual([]);
  await file.getByRole("button", { name: en.insight.text }).click();
  await expect(file.locator("pre")).toContainText("seen.png");
  await sheet(host)
    .getByRole("row", { name: /^picture.broken/ })
    .click();
  await expect(file).toContainText(en.insight.brokenImage);
  await file.getByRole("button", { name: en.insight.hex }).click();
  await expect(file.locator("pre")).toContainText("89 50 4e 47");
});

for (const [tag, text] of Object.entries(WORDS)) {
  test.describe(`reading, ${tag}`, () => {
    test.use({ locale: tag, contextOptions: { reducedMotion: "reduce" } });

    test("a ray falls through the plates to the one that answers; which points at its program", async ({ host }) => {
      const { page } = host;
      const xray = page.getByRole("region", { name: text.panel.xray });
      const answers = (): Promise<string[]> => page.locator(".lookup-mark").allInnerTexts();
      const { nothing, found, whiteout } = text.stack.lookup;
      await host.run("docker run -dit --name web alpine:3.20");
      await tell(host, "docker exec web cat /etc/motd", text);
      expect(await answers()).toEqual([nothing, nothing, found]);
      await expect(xray).toContainText("/etc/motd");
      await expect(xray).toContainText("alpine:3.20");
      await expect(page.locator('[data-part="tile:merged/motd"]')).toHaveAttribute("data-selected", "true");
      await tell(host, "docker exec web sh -c 'echo hi > /etc/motd'", text);
      await tell(host, "docker exec web cat /etc/motd", text);
      expect(await answers()).toEqual([found]);
      await tell(host, "docker exec web rm /etc/motd", text);
      const { told, output } = await tell(host, "docker exec web cat /etc/motd", text);
      expect(output).toContain("No such file or directory");
      expect(await answers()).toEqual([whiteout]);
      expect(told.at(-1)?.sentence).toContain("No such file or directory");
      // A tile on a plate is pointed at: the file that the whiteout hides, still whole in its layer.
      await page.locator('.sheet-layer .tile[data-hidden="true"]').filter({ hasText: "motd" }).click();
      await expect(xray).toContainText("alpine:3.20");
      await expectAccessible(page);

      await tell(host, "docker exec web which vi", text);
      await expect(xray).toContainText("/usr/bin/vi");
      expect(await answers()).toEqual([nothing, nothing, found]);
      // The step before shows no ray, and coming back shows it again.
      const last = Number(await page.getByRole("slider", { name: text.timeline.name }).getAttribute("max"));
      await lookAt(host, last - 1, text);
      await expect(page.locator(".lookup-ray")).toHaveCount(0);
      await lookAt(host, last, text);
      await expect(page.locator(".lookup-ray")).toHaveCount(1);
    });
  });
}

test("the ray is held where the timeline is held", async ({ host }) => {
  const { page } = host;
  await host.run("docker run -dit --name web alpine:3.20");
  const { told } = await tell(host, "docker exec web cat /etc/motd");
  const step = told.find(({ event }) => event.type === "fs.read")?.step ?? 0;
  const height = async (place: number): Promise<number> => {
    await page.evaluate((to) => window.lamina.goto(to), place);
    await expect(page.locator(".lookup-ray")).toHaveCount(1);
    return page.locator(".lookup-ray").evaluate((ray) => Math.round(ray.getBoundingClientRect().height));
  };
  const whole = await height(step);
  const parts = [await height(step - 0.85), await height(step - 0.7), await height(step - 0.55)];
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts[0]).toBeGreaterThan(0);
  expect(parts[2]).toBeLessThan(whole);
  expect(await height(step)).toBe(whole);
});
