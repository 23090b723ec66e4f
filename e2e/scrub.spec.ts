import { en } from "../src/content/locales/en.ts";
import type { HostPage } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const story = [
  "docker pull alpine:3.20",
  "docker run --name box alpine:3.20 sh -c 'touch /new; rm /etc/motd; chmod 600 /etc/hosts'",
  "docker commit box mine:1",
  "docker rm box",
];

async function told(host: HostPage, lines: readonly string[] = story): Promise<number> {
  for (const line of lines) await host.run(line);
  await goto(host, 1e6);
  return Number(await host.page.getByRole("slider", { name: en.timeline.name }).getAttribute("max"));
}
const goto = (host: HostPage, ...places: number[]): Promise<void> =>
  host.page.evaluate(async (all) => {
    for (const place of all) await window.lamina.goto(place);
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, places);

/** What the stage has: its elements, how its parts are moved, and what could still move or was left behind. */
const stage = (host: HostPage) =>
  host.page.locator(".stage").evaluate((root) => {
    const all = [...root.querySelectorAll<HTMLElement>("*")];
    const parts = all.filter((element) => element.dataset["part"] !== undefined);
    const animations = root.getAnimations({ subtree: true });
    return {
      html: root.innerHTML.replaceAll(/ (id|aria-controls)="[^"]*"/g, "").split(/(?=<)/),
      moved: parts.map((part) => {
        const { transform, opacity } = getComputedStyle(part);
        return `${part.dataset["part"]} ${transform} ${opacity}`;
      }),
      running: animations.filter(({ playState }) => playState !== "paused").length,
      held: animations.filter(({ playState }) => playState === "paused").length,
      debris: all.filter(({ style }) => style.transform !== "" || style.opacity !== "").length,
    };
  });

/** Numbers between 0 and 1, the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

for (const [view, key] of [
  ["stack", "1"],
  ["host", "2"],
] as const)
  test(`${view}: whatever was sought before, a place looks as on a fresh page, and nothing is left on the stage`, async ({
    host,
  }) => {
    // Which directory is open is the visitor's: a container that is created is looked at from its root.
    const created = (await told(host, story.slice(0, 1))) + 1;
    const last = await told(host, story.slice(1));
    const look = async (): Promise<void> => {
      await host.page.locator(".stage").focus();
      await host.page.keyboard.press(key);
    };
    await look();
    const next = random(5);
    const rest = [0, 1, last >> 1, last - 3, last - 1, last];
    const between = [last - 0.5, last - 1.5, last - 3.6, last - 5.25];
    const seen = new Map<number, Awaited<ReturnType<typeof stage>>>();
    for (const place of [...rest, ...between]) {
      const wild = Array.from({ length: 21 }, (_, n) => (n % 2 === 0 ? next() * last : Math.round(next() * last)));
      await goto(host, ...wild);
      await goto(host, created, place);
      seen.set(place, await stage(host));
    }
    await host.reload();
    await look();
    for (const [place, before] of seen) {
      await goto(host, created, place);
      // What draws a pull is loaded when the first one is looked at.
      await expect.poll(() => stage(host), { message: `at ${place}` }).toEqual(before);
      expect(before).toMatchObject({ running: 0, debris: 0 });
      if (rest.includes(place)) expect(before.held).toBe(0);
    }
    expect(between.filter((place) => (seen.get(place)?.held ?? 0) > 0).length).toBeGreaterThan(1);
  });

test("a pause holds what moves, and it goes on from there", async ({ host }) => {
  // A commit takes long enough to be caught on a slow machine.
  await goto(host, (await told(host)) - 2);
  const { page } = host;
  await page.getByRole("button", { name: /^Speed/ }).click();
  await page.getByRole("menuitemradio", { name: "0.25×" }).click();
  await page.locator(".stage").focus();
  await page.keyboard.press("Space");
  await expect.poll(async () => (await stage(host)).running).toBeGreaterThan(0);
  await page.keyboard.press("Space");
  const paused = await stage(host);
  expect(paused).toMatchObject({ running: 0, debris: 0 });
  expect(paused.held).toBeGreaterThan(0);
  await page.waitForTimeout(300);
  expect(await stage(host)).toEqual(paused);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await stage(host)).running).toBeGreaterThan(0);
  await page.keyboard.press("End");
  await expect.poll(async () => (await stage(host)).running).toBe(0);
  expect(await stage(host)).toMatchObject({ held: 0, debris: 0 });
});

test("the head is dragged to between two steps, and back; keys go on by whole steps", async ({ host }) => {
  const last = await told(host);
  const { page } = host;
  const track = await page.locator(".track").boundingBox();
  if (!track) throw new Error("no track");
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width - 1, y);
  await page.mouse.down();
  const held: number[] = [];
  for (let part = 0.99; part > 0.6; part -= 0.01) {
    await page.mouse.move(track.x + track.width * part, y);
    held.push((await stage(host)).held);
  }
  await page.mouse.move(track.x + track.width - 1, y);
  await page.mouse.up();
  expect(held.some((count) => count > 0)).toBe(true);
  await goto(host, last - 1.5);
  await page.locator(".stage").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", new RegExp(`^step ${last - 2} of`));
  await expect.poll(async () => (await stage(host)).held).toBe(0);
});

test("a commit: amber at first, under its old name; then a layer with lock, name and digest, and an empty sheet over it", async ({
  host,
}) => {
  const last = await told(host, story.slice(0, 2));
  await host.run("docker commit -m 'new file' box mine:1");
  await goto(host, last + 0.4);
  const warmth = host.page.locator(".warmth[data-cooling=true]");
  expect(Number(await warmth.evaluate((one) => getComputedStyle(one).opacity))).toBeGreaterThan(0.9);
  await expect(warmth).toContainText("box");
  await goto(host, last + 1);
  await expect(warmth).toHaveCSS("opacity", "0");
  const row = host.page.locator(".sheet-layer").first();
  await expect(row.locator(".sheet-title").last()).toHaveText("mine:1");
  await expect(row).toContainText("new file");
  await expect(host.page.locator(".next-sheet")).toContainText(en.stack.nextEmpty);
});

test("docker rmi in both views: what nobody uses goes, what others stand on stays", async ({ host }) => {
  const last = await told(host, story);
  await host.run("docker rmi mine:1");
  const end = last + 3;
  const sheets = host.page.locator(".sheet-layer .sheet-title");
  await goto(host, last + 1);
  await expect(sheets).toHaveText([/touch/, "alpine:3.20"]);
  await goto(host, end);
  await expect(sheets).toHaveText(["alpine:3.20"]);
  await host.page.locator(".stage").focus();
  await host.page.keyboard.press("2");
  const plates = host.page.locator('[data-part^="plate:"]');
  await goto(host, last);
  await expect(plates).toHaveCount(2);
  await goto(host, end);
  await expect(plates).toHaveCount(1);
});

test("keys faster than pictures, at every speed, with the window changing its size: the end is the end", async ({
  host,
}) => {
  const last = await told(host);
  const { page } = host;
  const fresh = await stage(host);
  await page.locator(".stage").focus();
  for (const speed of [0.25, 4]) {
    await page.getByRole("button", { name: /^Speed/ }).click();
    await page.getByRole("menuitemradio", { name: `${speed}×` }).click();
    await page.locator(".stage").focus();
    for (const key of ["Home", "PageDown", "Space", "PageDown", "ArrowRight", "Space", "ArrowLeft", "PageUp", "Space"])
      await page.keyboard.press(key);
    await page.setViewportSize({ width: 900, height: 700 });
    for (const key of ["m", "ArrowRight", "m", "ArrowLeft", "PageDown", "ArrowRight"]) await page.keyboard.press(key);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press("Home");
    for (let step = 0; step < last + 2; step++) await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", new RegExp(`^step ${last} of ${last}`));
    await expect.poll(async () => (await stage(host)).running).toBe(0);
    await goto(host, 0, last);
    expect(await stage(host)).toMatchObject({ held: 0, debris: 0, running: 0 });
  }
  await goto(host, 1, last);
  expect((await stage(host)).moved).toEqual(fresh.moved);
});

test("half-way, the picture follows the window's size", async ({ host }) => {
  const last = await told(host);
  const { page } = host;
  await goto(host, last - 1.5);
  const wide = await stage(host);
  await page.setViewportSize({ width: 800, height: 700 });
  await expect.poll(() => stage(host)).not.toEqual(wide);
  expect((await stage(host)).held).toBeGreaterThan(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => stage(host)).toEqual(wide);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a finger drags the head, and comes to rest between two steps", async ({ host }) => {
    const last = await told(host);
    const { page } = host;
    const track = await page.locator(".track").boundingBox();
    if (!track) throw new Error("no track");
    const touch = await page.context().newCDPSession(page);
    const y = track.y + track.height / 2;
    const at = (part: number) => [{ x: track.x + track.width * part, y }];
    const send = (type: "touchStart" | "touchMove" | "touchEnd", part?: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: part === undefined ? [] : at(part) });
    await send("touchStart", 0.98);
    const held: number[] = [];
    for (let part = 0.98; part > 0.5; part -= 0.02) {
      await send("touchMove", part);
      held.push((await stage(host)).held);
    }
    await send("touchEnd");
    expect(held.some((count) => count > 0)).toBe(true);
    const text = await page.getByRole("slider").getAttribute("aria-valuetext");
    expect(Number(/^step (\d+) of/.exec(text ?? "")?.[1])).toBeLessThan(last - 1);
  });
});

test.describe("with motion reduced", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves; a ring says what goes, a dot what has come", async ({ host }) => {
    const last = await told(host);
    const { page } = host;
    const marked = () =>
      page
        .locator(".stage")
        .evaluate((root) => [root.dataset["marks"], root.querySelectorAll("[data-touched=true]").length]);
    await goto(host, last - 1);
    await page.locator(".stage").focus();
    // The container is removed: first it is there, with its mark.
    await page.keyboard.press("ArrowRight");
    await expect.poll(marked).toEqual(["before", 2]);
    expect((await stage(host)).running).toBe(0);
    await expect.poll(async () => (await marked())[0]).not.toBe("before");
    await goto(host, last - 3);
    for (const place of [last - 3.2, last - 3.7]) {
      await goto(host, place);
      expect(await stage(host)).toMatchObject({ running: 0, held: 0 });
    }
  });
});
