import { en } from "../src/content/locales/en.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { bytes } from "../src/content/locales/phrase.ts";
import { expectAccessible } from "./support/axe.ts";
import { type HostPage, imageOf } from "./support/host-page.ts";
import { lookAt, tell } from "./support/telling.ts";
import { expect, test } from "./support/test.ts";

/** A plate, a container, an image of the host view. */
const part = ({ page }: HostPage, name: string) => page.locator(`[data-part="${name}"]`);
const see = ({ page }: HostPage, view: "stack" | "host", text = en) =>
  page.getByRole("button", { name: text.app[view], exact: true }).click();
/** The end of the story, however much of it is still to be told. */
const atTheEnd = ({ page }: HostPage) => page.evaluate(() => window.lamina.goto(1e6));
const name = ({ page }: HostPage, text: string) => page.locator(".image-title", { hasText: text });

test.describe("on screen", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("redis, then nginx: what is here already shows itself, stays one plate, and carries both", async ({ host }) => {
    await host.run("docker pull redis");
    await see(host, "host");
    const { output, told } = await tell(host, "docker pull nginx");
    const here = told.find(({ event }) => event.type === "layer.exists");
    if (here?.event.type !== "layer.exists") throw new Error("no layer was here already");
    const { layer, digest } = here.event;
    expect(output).toContain(`${digest.slice(7, 19)}: Already exists`);

    await lookAt(host, here.step - 1);
    await host.page.getByRole("button", { name: en.timeline.next, exact: true }).click();
    await expect(part(host, `plate:${layer}`)).toHaveAttribute("data-touched", "true");
    await atTheEnd(host);
    const plate = await part(host, `plate:${layer}`).boundingBox();
    for (const reference of ["redis:latest", "nginx:latest"]) {
      const { id } = imageOf(await host.state(), reference);
      const column = await part(host, `image:${id}`).boundingBox();
      expect(plate && column && plate.x <= column.x && plate.x + plate.width >= column.x + column.width).toBe(true);
    }
    await expect(part(host, `plate:${layer}`)).toContainText(en.hostView.usedBy(2));

    const { disk } = await host.state();
    const ledger = host.page.getByRole("region", { name: en.panel.disk });
    for (const size of [disk.images, disk.stored, disk.saved]) await expect(ledger).toContainText(bytes(size));
    expect(disk.saved).toBeGreaterThan(0);
  });

  for (const text of [en, zhCN]) {
    test.describe(text.tag, () => {
      test.use({ locale: text.tag });

      test("two containers write the same file: each sees its own, the image keeps one", async ({ host }) => {
        for (const line of [
          "docker run -d --name one nginx",
          "docker run -d --name two nginx",
          "docker exec one sh -c 'echo one > /etc/issue'",
          "docker exec two sh -c 'echo two and more > /etc/issue'",
        ])
          expect((await host.run(line)).exitCode).toBe(0);
        await atTheEnd(host);
        const { page } = host;
        const tile = (row: string) => part(host, `tile:${row}/issue`);
        const beside = page.getByRole("list", { name: text.sharing.beside });
        const plate = (container: string) => beside.getByRole("button", { name: new RegExp(`^${container}, .*issue`) });

        await expect(tile("writable")).toContainText("13 B");
        await expect(plate("one")).toContainText("4 B");
        // One tile of the image, that both copies hang on.
        const base = (await host.state()).layers.find(({ parent }) => parent === null);
        await expect(tile(base?.chainId ?? "")).toHaveAttribute("data-hidden", "true");
        await expect(page.locator(".ties path[data-kind=copy]")).toHaveCount(2);
        await expectAccessible(page);

        await plate("one").click();
        await expect(tile("writable")).toContainText("4 B");
        await expect(plate("two")).toContainText("13 B");
        expect((await host.run("docker exec one cat /etc/issue")).output).toBe("one\n");
        expect((await host.run("docker run --rm nginx cat /etc/issue")).output).toContain("Debian");
      });
    });
  }

  test("rmi takes the plates that nobody else stands on, and says so before", async ({ host }) => {
    for (const line of [
      "docker pull redis",
      "docker run --name work nginx dd if=/dev/zero of=/srv/heavy bs=1M count=20",
      "docker commit -m 'heavy' work my/web:1.0",
      "docker rm work",
    ])
      expect((await host.run(line)).exitCode).toBe(0);
    await atTheEnd(host);
    await see(host, "host");
    const before = await host.state();
    const [base, ...chain] = imageOf(before, "my/web:1.0").chain;
    const own = chain.at(-1) ?? "";

    await name(host, "my/web").hover();
    await expect(part(host, `plate:${own}`)).toHaveAttribute("data-fate", "goes");
    await expect(part(host, `plate:${base}`)).toHaveAttribute("data-fate", "stays");
    const card = host.page.getByRole("region", { name: "docker rmi my/web:1.0" });
    await expect(card).toContainText(`Only its own plate goes: ${bytes(20 << 20)}. nginx:latest stays`);
    await expectAccessible(host.page);
    expect((await host.state()).disk).toEqual(before.disk);

    await host.run("docker rmi my/web:1.0");
    await atTheEnd(host);
    await expect(part(host, `plate:${own}`)).toHaveCount(0);
    await expect(part(host, `plate:${base}`)).toBeVisible();
    const after = await host.state();
    expect(after.disk.stored).toBe(before.disk.stored - (20 << 20));

    // nginx stands on what redis stands on.
    await host.run("docker rmi nginx");
    await atTheEnd(host);
    const left = await host.state();
    expect(left.layers.map(({ chainId }) => chainId)).toEqual([...imageOf(left, "redis:latest").chain]);
    await expect(part(host, `plate:${base}`)).toBeVisible();

    // In use: docker's own words.
    await host.run("docker run -d --name cache redis");
    await atTheEnd(host);
    await name(host, "redis").hover();
    const refused = host.page.getByRole("region", { name: "docker rmi redis:latest" });
    await expect(refused).toContainText("conflict: unable to remove repository reference");
    expect((await host.run("docker rmi redis:latest")).output).toContain(
      (await refused.locator(".refusal").innerText()).slice(0, 60),
    );
  });

  test("60 MB deleted and committed: the ledger grows all the same", async ({ host }) => {
    const sums: number[] = [];
    for (const line of [
      "docker run --name first alpine:3.20 sh -c 'mkdir /opt/data && dd if=/dev/zero of=/opt/data/heavy bs=1M count=60'",
      "docker commit first my/big",
      "docker run --name second my/big rm -rf /opt/data",
      "docker commit second my/small",
    ]) {
      expect((await host.run(line)).exitCode).toBe(0);
      sums.push((await host.state()).disk.images);
    }
    const state = await host.state();
    expect(imageOf(state, "my/small:latest").size).toBeGreaterThanOrEqual(imageOf(state, "my/big:latest").size);
    expect(sums[3]).toBeGreaterThan((sums[2] ?? 0) + (60 << 20));
    await atTheEnd(host);
    await see(host, "host");
    const ledger = host.page.getByRole("region", { name: en.panel.disk });
    await expect(ledger).toContainText(bytes(state.disk.images));
    // No more is stored than before: all of the 60 MB still lies in the layer below.
    expect(state.disk.stored).toBeGreaterThan(60 << 20);
    await ledger.getByRole("button", { name: en.insight.dead }).click();
    const dead = host.page.getByRole("region", { name: en.insight.dead }).getByRole("listitem").first();
    await expect(dead).toContainText("/opt/data");
    await expect(dead).toContainText("deleted in my/small:latest");
  });
});

test("memory: a library of a shared layer is told once for all containers, and marked as modelled", async ({
  host,
}) => {
  for (const line of ["docker run -d --name one redis", "docker run -d --name two redis"]) await host.run(line);
  await atTheEnd(host);
  await see(host, "host");
  const card = host.page.getByRole("region", { name: en.sharing.memory });
  await expect(card).toContainText(en.panel.modelled);
  const line = card.getByRole("listitem").filter({ hasText: en.sharing.mappedBy("libc.so.6", 2) });
  await expect(line).toContainText("1.93 MB ×1");
  await host.run("docker stop two");
  await atTheEnd(host);
  await expect(card.getByRole("listitem").filter({ hasText: en.sharing.mappedBy("libc.so.6", 1) })).toBeVisible();
});
