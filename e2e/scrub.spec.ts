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

test("whatever was sought before, a place looks as on a fresh page, and nothing is left on the stage", async ({
  host,
}) => {
  // Which directory is open is the visitor's: a container that is created is looked at from its root.
  const created = (await told(host, story.slice(0, 1))) + 1;
  const last = await told(host, story.slice(1));
  let seed = 5;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const rest = [0, 1, last >> 1, last - 3, last - 1, last];
  const between = [last - 0.5, last - 1.5, last - 3.6, last - 5.25];
  const seen = new Map<number, Awaited<ReturnType<typeof stage>>>();
  for (const place of [...rest, ...between]) {
    const wild = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? random() * last : Math.round(random() * last)));
    await goto(host, ...wild);
    await goto(host, created, place);
    seen.set(place, await stage(host));
  }
  await host.reload();
  for (const [place, before] of seen) {
    await goto(host, created, place);
    expect(before, `at ${place}`).toEqual(await stage(host));
    expect(before).toMatchObject({ running: 0, debris: 0 });
    if (rest.includes(place)) expect(before.held).toBe(0);
  }
  expect(between.filter((place) => (seen.get(place)?.held ?? 0) > 0).length).toBeGreaterThan(1);
});

test("a pause holds what moves, and it goes on from there", async ({ host }) => {
  await told(host);
  await goto(host, 0);
  const { page } = host;
  await page.getByRole("button", { name: /^Speed/ }).click();
  await page.getByRole("menuitemradio", { name: "0.25×" }).click();
  await page.locator(".stage").focus();
  await page.keyboard.press("PageDown");
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
