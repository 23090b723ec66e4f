import type { BrowserContext, Page } from "@playwright/test";
import { HostPage } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const TIMES = 20;
const REFERENCE = "nginx:latest";

/** Lets `blobs` answers of the registry through, then no more: the pull stands still there for as long as one likes. */
async function stopAfter(page: Page, blobs: number): Promise<{ readonly reached: Promise<void> }> {
  let through = 0;
  let reach = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  await page.route("**/v2/**", async (route) => {
    if (through >= blobs) return reach();
    through++;
    await route.continue();
  });
  return { reached };
}

/** Something of the database is there that no host points to. */
function leftovers(page: Page): Promise<{ readonly hosts: number; readonly blobs: number; readonly records: number }> {
  return page.evaluate(async () => {
    const opened = indexedDB.open("lamina");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result);
      opened.onerror = () => reject(opened.error);
    });
    const count = (name: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const request = database.transaction(name).objectStore(name).count();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [hosts, blobs, records] = await Promise.all([count("hosts"), count("blobs"), count("records")]);
    database.close();
    return { hosts: hosts ?? 0, blobs: blobs ?? 0, records: records ?? 0 };
  });
}

async function openTab(context: BrowserContext): Promise<HostPage> {
  const host = new HostPage(await context.newPage());
  await host.open();
  return host;
}

test(`a tab killed ${TIMES} times during docker pull leaves a clean host, and the pull then completes`, async ({
  context,
}) => {
  test.setTimeout(300_000);
  const seen: string[] = [];
  for (let time = 0; time < TIMES; time++) {
    const host = await openTab(context);
    expect((await host.state()).images).toEqual([]);
    expect(await leftovers(host.page)).toEqual({ hosts: 0, blobs: 0, records: 0 });
    // Every answer of the registry (tag, manifest, config, each layer) is once the last one that came,
    // and the moment is before it, or after a growing number of lines of progress.
    const { reached } = await stopAfter(host.page, time % 10);
    void host.page.evaluate((reference) => window.lamina.run(`docker pull ${reference}`), REFERENCE).catch(() => {});
    await reached;
    const lines = time < 10 ? 0 : time - 9;
    await expect
      .poll(
        async () =>
          ((await host.printed())["host"] ?? "").split("\n").length - 1 >= Math.min(lines, time % 10 > 2 ? 2 : 0),
      )
      .toBe(true);
    seen.push(
      ((await host.printed())["host"] ?? "")
        .match(/Pull complete|Extracting|Download complete|Pulling fs layer|Pulling from/g)
        ?.at(-1) ?? "nothing",
    );
    await host.page.close();
  }
  console.log(`killed after: ${[...new Set(seen)].join(", ")}`);
  const host = await openTab(context);
  const { output, exitCode } = await host.run(`docker pull ${REFERENCE}`);
  expect(output).toContain("Status: Downloaded newer image for nginx:latest");
  expect(exitCode).toBe(0);
  expect((await host.state()).images.flatMap((image) => image.refs)).toEqual([REFERENCE]);
  expect((await host.run("docker run --rm nginx nginx -v")).output).toContain("nginx/");
});

test("a tab killed during docker commit leaves the host as it was before", async ({ context }) => {
  const first = await openTab(context);
  await first.run("docker run --name web ubuntu:22.04 sh -c 'echo x > /x'");
  const before = await first.lasting();
  // The commit is asked for and the tab goes in the same breath: it is kept whole, or not at all.
  await first.page.evaluate(() => void window.lamina.run("docker commit web mine:1"));
  await first.page.close();
  const second = await openTab(context);
  const after = await second.state();
  if (after.images.length === 1) expect(await second.lasting()).toEqual(before);
  else expect((await second.run("docker run --rm mine:1 cat /x")).output).toBe("x\n");
  expect((await second.run("docker commit web mine:1")).exitCode).toBe(0);
});
