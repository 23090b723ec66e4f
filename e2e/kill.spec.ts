import type { BrowserContext, Page } from "@playwright/test";
import lock from "../src/content/catalogue.lock.json" with { type: "json" };
import { HostPage } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const REFERENCE = "nginx:latest";
const LAYERS = lock.images["library/nginx:latest"].layers.length;
/** What a pull asks the registry for: manifest, config, layers. */
const REQUESTS = 2 + LAYERS;

interface Moment {
  /** The registry answers so many requests and then stands still. */
  readonly answers: number;
  /** And the terminal has shown so many of these. */
  readonly shown?: readonly [times: number, words: string];
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const moments: readonly Moment[] = [
  ...upTo(REQUESTS).map((count) => ({ answers: count - 1 })),
  ...upTo(LAYERS - 1).map((times) => ({ answers: REQUESTS - 1, shown: [times, "Pull complete"] as const })),
  ...upTo(LAYERS - 1).map((times) => ({ answers: REQUESTS - 1, shown: [times, "Download complete"] as const })),
  ...upTo(LAYERS - 1).map((times) => ({ answers: REQUESTS - 1, shown: [times, "Extracting"] as const })),
].slice(0, 20);

/** Resolves when the registry has been asked once more than it answers. */
async function standStill(page: Page, answers: number): Promise<{ readonly still: Promise<void> }> {
  let given = 0;
  let stand = (): void => {};
  const still = new Promise<void>((resolve) => {
    stand = resolve;
  });
  await page.route("**/v2/**", async (route) => {
    if (given++ < answers) await route.continue();
    else stand();
  });
  return { still };
}

/** How much each store of the browser's database holds. */
function kept(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const opened = indexedDB.open("lamina");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result);
      opened.onerror = () => reject(opened.error);
    });
    const counts: Record<string, number> = {};
    for (const name of database.objectStoreNames) {
      const request = database.transaction(name).objectStore(name).count();
      counts[name] = await new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    }
    database.close();
    return counts;
  });
}

async function openTab(context: BrowserContext): Promise<HostPage> {
  const host = new HostPage(await context.newPage());
  await host.open();
  return host;
}

test("a tab killed twenty times during docker pull leaves a clean host, and the pull then completes", async ({
  context,
}) => {
  test.setTimeout(300_000);
  expect(moments).toHaveLength(20);
  for (const { answers, shown } of moments) {
    await test.step(`${answers} answers${shown ? `, ${shown.join(" x ")}` : ""}`, async () => {
      const host = await openTab(context);
      const { still } = await standStill(host.page, answers);
      await host.page.evaluate((reference) => void window.lamina.run(`docker pull ${reference}`), REFERENCE);
      await still;
      if (shown) {
        const [times, words] = shown;
        const lines = async (): Promise<number> => ((await host.printed())["host"] ?? "").split(words).length - 1;
        await expect.poll(lines).toBeGreaterThanOrEqual(times);
      }
      await host.page.close();
      const again = await openTab(context);
      expect(await again.state()).toMatchObject({ images: [], layers: [], containers: [] });
      expect(await kept(again.page)).toEqual({ hosts: 0, records: 0, log: 0, blobs: 0 });
      expect(again.errors).toEqual([]);
      await again.page.close();
    });
  }
  const host = await openTab(context);
  const { output, exitCode } = await host.run(`docker pull ${REFERENCE}`);
  expect(output).toContain("Status: Downloaded newer image for nginx:latest");
  expect(exitCode).toBe(0);
  expect((await host.state()).images.flatMap((image) => image.refs)).toEqual([REFERENCE]);
});

test("a tab killed during docker commit: the commit is there whole, or not at all", async ({ context }) => {
  const first = await openTab(context);
  await first.run("docker run --name web ubuntu:22.04 sh -c 'echo x > /x'");
  const before = await first.lasting();
  await first.page.evaluate(() => void window.lamina.run("docker commit web mine:1"));
  await first.page.close();
  const second = await openTab(context);
  const { images } = await second.state();
  if (images.length === 1) expect(await second.lasting()).toEqual(before);
  else expect((await second.run("docker run --rm mine:1 cat /x")).output).toBe("x\n");
  expect((await second.run("docker commit web mine:1")).exitCode).toBe(0);
  expect((await second.run("docker run --rm mine:1 cat /x")).output).toBe("x\n");
});
