import { en } from "../src/content/locales/en.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { type HostPage, imageOf } from "./support/host-page.ts";
import { tell } from "./support/telling.ts";
import { expect, test } from "./support/test.ts";

const DOCKERFILE = [
  "FROM alpine:3.20",
  "COPY greeting /etc/greeting",
  "RUN rm /etc/motd",
  'CMD ["cat", "/etc/greeting"]',
];

/** Types a Dockerfile and its context as a person does, key by key. */
async function typed(host: HostPage): Promise<void> {
  await host.type("mkdir app");
  await host.type("cd app");
  for (const line of ["cat > Dockerfile <<EOF", ...DOCKERFILE]) await host.type(line, /^>$/);
  await host.type("EOF");
  await host.type("echo hello > greeting");
}

const layers = async (host: HostPage, reference: string): Promise<readonly string[]> =>
  imageOf(await host.state(), reference).layers;

/** Types of the story's steps, files left out. */
const kinds = (told: readonly { readonly event: { readonly type: string } }[]): string[] =>
  told.map(({ event }) => event.type).filter((type) => !type.startsWith("fs."));

for (const text of [en, zhCN]) {
  test.describe(text.tag, () => {
    test.use({ locale: text.tag });

    test("a Dockerfile becomes layers, and a changed line only what is below it", async ({ host }) => {
      const { page } = host;
      await host.run("docker pull alpine:3.20");
      await typed(host);
      const { told, output } = await tell(host, "docker build -t my/app .", text);
      expect(output).toMatch(/\[\+\] Building \d\.\ds \(8\/8\) FINISHED +docker:default/);
      expect(kinds(told)).toEqual([
        "build.from",
        "build.step",
        "build.layer",
        "build.step",
        "build.layer",
        "build.config",
        "build.image",
      ]);
      for (const { sentence, event } of told) {
        if ("instruction" in event) expect(sentence).toContain(event.instruction.slice(0, 12));
      }
      // The image's stack: each layer with its instruction, the base below.
      const rows = page.locator('[data-part^="row:sha256"]');
      await expect(rows).toHaveCount(3);
      await expect(rows.first()).toContainText("my/app:latest");
      await expect(rows.nth(1)).toContainText("COPY greeting");
      await expect(rows.nth(2)).toContainText("alpine:3.20");
      await expect(page.locator('[data-part^="container:"]')).toHaveCount(0);
      const first = await layers(host, "my/app:latest");

      await host.run(`sed -i 's/rm .etc.motd/echo bye > \\/etc\\/motd/' Dockerfile`);
      const again = await tell(host, "docker build -t my/app:2 .", text);
      expect(again.output).toContain(" => CACHED [2/3] COPY greeting /etc/greeting");
      expect(kinds(again.told)).toEqual([
        "build.from",
        "build.cached",
        "build.step",
        "build.layer",
        "build.config",
        "build.image",
      ]);
      const cached = again.told.find(({ event }) => event.type === "build.cached");
      expect(cached?.sentence).toMatch(text === en ? /is in the build cache/ : /命中构建缓存/);
      const second = await layers(host, "my/app:2");
      expect(second.slice(0, 2)).toEqual(first.slice(0, 2));
      expect(second[2]).not.toBe(first[2]);
      expect((await host.run("docker run --rm my/app:2")).output).toBe("hello\n");
      expect((await host.run("docker history my/app:2")).output).toMatch(
        /\n<missing> .* RUN \/bin\/sh -c echo bye > \/etc\/motd # buildk… +4B +buildkit\.dockerfile\.v0\n/,
      );

      // In the picture of all, both stand on the layer they share.
      await page.evaluate(() => window.lamina.goto(Number.MAX_SAFE_INTEGER));
      await page.getByRole("button", { name: text.app.host, exact: true }).first().click();
      await expect(page.locator(".plate", { hasText: "COPY greeting" })).toHaveCount(1);
      await expect(page.locator(".image-title", { hasText: "my/app" })).toHaveCount(2);
    });

    test("what a step writes is thrown away when it fails; the steps before it stay in the cache", async ({ host }) => {
      const { page } = host;
      await host.run("docker pull alpine:3.20");
      await host.run("printf 'FROM alpine:3.20\\nRUN echo 1 > /one\\nRUN echo 2 > /two && false\\n' > Dockerfile");
      const { told, output, exitCode } = await tell(host, "docker build .", text);
      expect(exitCode).toBe(1);
      expect(output).toContain("did not complete successfully: exit code: 1\r\n".replace("\r", ""));
      expect(kinds(told).at(-1)).toBe("build.failed");
      const { images, containers, layers: kept } = await host.state();
      expect([images.length, containers.length, kept.map(({ cached }) => cached)]).toEqual([1, 0, [false, true]]);
      await page.getByRole("button", { name: text.app.host, exact: true }).first().click();
      await expect(page.getByText(text.hostView.buildCache, { exact: true })).toBeVisible();
    });
  });
}
