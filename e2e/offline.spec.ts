import type { Page } from "@playwright/test";
import { en } from "../src/content/locales/en.ts";
import { offline as words } from "../src/content/locales/learn/offline.en.ts";
import { HostPage } from "./support/host-page.ts";
import { PlainServer } from "./support/plain-server.ts";
import { test as base, expect } from "./support/test.ts";

const UNDER = "/a/b/";

const test = base.extend<{ server: PlainServer; address: string }>({
  serviceWorkers: "allow",
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, give) => {
    const server = new PlainServer(process.env["LAMINA_TEST_BUILD"] ?? "dist", UNDER);
    await give(server);
    await server.stop();
  },
  address: async ({ server }, give) => give((await server.start()) + UNDER),
});

/** The settings say that everything is kept. */
async function kept(page: Page): Promise<void> {
  await page.getByRole("button", { name: en.app.settings }).click();
  await expect(page.getByRole("group", { name: en.app.offline })).toBeAttached({ timeout: 100_000 });
  await page.keyboard.press("Escape");
}

async function digests(host: HostPage): Promise<string[]> {
  return (await host.state()).images.map(({ id }) => id).toSorted();
}

test("under any path, and without a network after the first visit", async ({ page, context, server, address }) => {
  const failed: string[] = [];
  page.on("response", (response) => response.status() >= 400 && failed.push(response.url()));
  const host = new HostPage(page);
  await host.open(address);
  expect((await host.run("docker pull busybox")).exitCode).toBe(0);
  const link = await host.link();
  await kept(page);
  expect(failed).toEqual([]);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(address);

  await server.stop();
  await context.setOffline(true);
  await host.reload();
  expect((await host.run("docker pull nginx")).output).toContain("Downloaded newer image for nginx:latest");
  await host.run("docker run -d --name one ubuntu:22.04 sleep infinity");
  const installed = await host.run('docker exec one bash -c "apt-get update && apt-get install -y vim"');
  expect(installed.output).toContain("Setting up vim");
  expect(installed.exitCode).toBe(0);

  await host.open(`${address}?lesson=container-layer`);
  await expect(page.locator("aside.lesson h2").first()).toBeVisible();

  const other = new HostPage(await context.newPage());
  await other.open(link);
  await expect.poll(() => digests(other)).toHaveLength(1);
  expect(host.errors).toEqual([]);
});

test("a newer version says so, and opens when it is asked to", async ({ page, context, server, address }) => {
  const host = new HostPage(page);
  await host.open(address);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  server.version = "newer";
  await host.reload();
  const note = page.getByRole("status").filter({ hasText: words.update });
  await expect(note).toBeVisible();

  const second = await context.newPage();
  await new HostPage(second).open(address);
  await note.getByRole("button", { name: words.now }).click();
  await expect(page.getByText(words.others)).toBeVisible();
  await second.close();

  await host.run("docker pull busybox");
  const before = await digests(host);
  const [reloaded] = await Promise.all([
    page.waitForEvent("load"),
    page.getByRole("button", { name: words.now }).click(),
  ]);
  await new HostPage(reloaded).opened();
  expect(await digests(host)).toEqual(before);
  await expect(note).toBeHidden();
});
