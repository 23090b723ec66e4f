import type { Locator } from "@playwright/test";
import { en } from "../src/content/locales/en.ts";
import { bytes } from "../src/content/locales/phrase.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { type HostPage, ROOT_PROMPT } from "./support/host-page.ts";
import { tell } from "./support/telling.ts";
import { expect, test } from "./support/test.ts";

/** A container of the image, its shell in the terminal that has the turn. */
async function enter(host: HostPage, image: string): Promise<void> {
  await host.run(`docker pull ${image}`);
  await host.type(`docker run -it --name web ${image}`, ROOT_PROMPT);
}

/** What stands at a name in the merged view or in a layer ("writable", or a chain ID). */
const tile = ({ page }: HostPage, row: string, name: string): Locator =>
  page.locator(`[data-part="tile:${row}/${name}"]`);

/** The writable layer's size as its sheet has it. */
const sheetSize = ({ page }: HostPage): Locator => page.locator(".sheet-writable .sheet-size");

/** A file's line in the list beside the picture. */
const listed = ({ page }: HostPage, name: string): Locator =>
  page.getByRole("region", { name: /^(Files|文件)$/ }).getByRole("button", { name: new RegExp(`(^| )${name}( |$)`) });

async function upperSize(host: HostPage): Promise<number> {
  return (await host.state()).containers[0]?.upper.size ?? Number.NaN;
}

/** SIZE of `docker ps -s`, as printed. Leaves the shell. */
async function printedSize(host: HostPage): Promise<string | undefined> {
  await host.run("exit");
  const { output } = await host.run("docker ps -as --format '{{.Size}}'");
  return /^(\S+) \(virtual \S+\)\n$/.exec(output)?.[1];
}

const lines = (text: string): string[] => text.trimEnd().split("\n");

for (const [image, cannotRemove] of [
  ["ubuntu:22.04", "mv: cannot remove"],
  ["debian:12", "mv: cannot remove"],
  ["alpine:3.20", "mv: can't remove"],
] as const) {
  test(`${image}: mv of a directory of the image is refused, copied, and hidden by whiteouts`, async ({ host }) => {
    await enter(host, image);
    const { output, exitCode, told } = await tell(host, "mv /etc /etc2");
    // What docker mounts there cannot be removed, and the rest is gone.
    const busy = lines(output).filter((line) => line.endsWith(": Device or resource busy"));
    expect(busy.map((line) => line.slice(0, cannotRemove.length))).toEqual(busy.map(() => cannotRemove));
    expect(output).toContain("/etc/resolv.conf'");
    expect(exitCode).toBe(1);
    expect(told.map(({ event }) => event.type)).toEqual(["fs.exdev", "fs.burst", "fs.burst"]);
    const [refused, copied, removed] = told.map(({ sentence }) => sentence);
    expect(refused).toMatch(/^rename\(2\) of \/etc to \/etc2 is refused in web \(EXDEV\)/);

    const { output: found } = await host.run("find /etc2 | wc -l");
    const size = await upperSize(host);
    const grown = `at /etc2: ${found.trim()} files and directories created. It grows by ${bytes(size)}.`;
    expect(copied).toBe(`In the writable layer of web, ${grown}`);
    expect(removed).toMatch(
      /^In the writable layer of web, at \/etc: \d+ deleted \(\d+ whiteouts\)\. No byte is freed/,
    );

    // What is left of /etc is whiteouts, and the three files that docker mounts.
    await expect(
      tile(host, "writable", "alternatives")
        .or(tile(host, "writable", "apk"))
        .first(),
    ).toHaveAttribute("data-kind", "whiteout");
    expect(
      lines((await host.run("ls /etc")).output)
        .join(" ")
        .split(/\s+/)
        .toSorted(),
    ).toEqual(["hostname", "hosts", "resolv.conf"]);
    // One step back: the copy is there, and nothing is hidden yet.
    await host.page.getByRole("button", { name: en.timeline.previous }).click();
    await expect(tile(host, "writable", "etc2")).toBeVisible();
    await expect(tile(host, "writable", "etc")).toHaveCount(0);
    await expect(tile(host, "merged", "etc")).toBeVisible();
    expect(await printedSize(host)).toBe(bytes(size).replace(" ", ""));
  });

  test(`${image}: a directory made anew over what was deleted is one opaque directory`, async ({ host }) => {
    await enter(host, image);
    const { told } = await tell(host, "rm -rf /usr/share; mkdir /usr/share");
    expect(told.map(({ event }) => event.type)).toEqual(["fs.burst", "fs.create", "fs.opaque"]);
    expect(told[0]?.sentence).toMatch(/at \/usr\/share: [\d,]+ deleted \(1 whiteout\)\. No byte is freed/);
    expect(told[1]?.sentence).toMatch(/^\/usr\/share is created anew in the writable layer of web, in place of the wh/);
    expect(told[2]?.sentence).toMatch(/^Directory \/usr\/share of web becomes opaque/);

    // In the open /usr a lid lies over the column of what the layers have there.
    await expect(host.page.locator('[data-part="opaque:share"]')).toHaveText(en.stack.opaqueLid);
    await expect(tile(host, "writable", "share")).toHaveAccessibleName(new RegExp(en.stack.opaque));
    await expect(host.page.locator('[data-part^="tile:sha256"][data-part$="/share"]')).toHaveAttribute(
      "data-hidden",
      "true",
    );
    // Inside it nothing is listed and nothing is a whiteout; the layer below still holds it all, under the lid.
    await tile(host, "merged", "share").click();
    await expect(host.page.getByRole("region", { name: en.panel.files }).getByRole("heading")).toHaveText("/usr/share");
    await expect(host.page.getByRole("region", { name: en.panel.files })).toContainText(en.stack.empty);
    await expect(host.page.locator('[data-part="opaque"]')).toHaveText(en.stack.opaque);
    await expect(host.page.locator('[data-part^="tile:merged/"]')).toHaveCount(0);
    await expect(host.page.locator('[data-part^="tile:writable/"]')).toHaveCount(0);
    await expect(host.page.locator('[data-kind="whiteout"]')).toHaveCount(0);
    const below = host.page.locator('[data-part^="tile:sha256"]');
    await expect(below.first()).toHaveAttribute("data-hidden", "true");
    await below.first().focus();
    await expect(host.page.getByRole("region", { name: en.panel.xray })).toContainText(/\/usr\/share is opaque in/);
    expect((await host.run("ls -A /usr/share")).output).toBe("");
    expect(await printedSize(host)).toBe("0B");
  });
}

for (const text of [en, zhCN]) {
  test.describe(text.tag, () => {
    test.use({ locale: text.tag });

    test("a new mode, a new time, a second name: each copies the whole file up", async ({ host }) => {
      const { page } = host;
      await enter(host, "ubuntu:22.04");
      const [size, two] = (await host.run("stat -c '%s %h' /usr/bin/perl")).output.trim().split(" ").map(Number);
      expect(size).toBeGreaterThan(1_000_000);
      expect(two).toBe(2);
      const whole = bytes(size ?? 0);

      // chmod: bytes of the file, though not one of them changes. Of its two names only this one is copied.
      const chmod = await tell(host, "chmod 700 /usr/bin/perl", text);
      const way = ["/usr", "/usr/bin", "/usr/bin/perl"].map((path) => ({ type: "fs.copy-up", path }));
      expect(chmod.told.map(({ event }) => event)).toMatchObject([...way, { type: "fs.attributes", change: "mode" }]);
      const [, , copied, changed] = chmod.told;
      expect(copied?.event).toMatchObject({ path: "/usr/bin/perl", cause: "mode", size, names: 2 });
      for (const part of ["/usr/bin/perl", whole, "ubuntu:22.04", "2"]) expect(copied?.sentence).toContain(part);
      expect(changed?.sentence).toMatch(text === en ? /^The mode of .*nothing else/ : /的权限在.*其余都没有变/);
      await expect(tile(host, "writable", "perl")).toContainText(whole);
      await expect(tile(host, "merged", "perl")).toContainText(whole);
      await expect(listed(host, "perl")).toContainText(whole);
      await expect(sheetSize(host)).toHaveText(`+${whole}`);
      expect(await upperSize(host)).toBe(size);
      expect((await host.run("stat -c '%a %h' /usr/bin/perl /usr/bin/perl5.34.0")).output).toBe("700 1\n755 2\n");

      // touch of the other name: another whole copy. What were two names of one file are two files now.
      const touch = await tell(host, "touch /usr/bin/perl5.34.0", text);
      expect(touch.told[0]).toMatchObject({ event: { cause: "time", size, names: 2 } });
      expect(touch.told[0]?.sentence).toContain(whole);
      await expect(sheetSize(host)).toHaveText(`+${bytes(2 * (size ?? 0))}`);

      // ln: the file gets its second name in the writable layer, so it has to be there.
      const env = Number((await host.run("stat -c %s /usr/bin/env")).output);
      const ln = await tell(host, "ln /usr/bin/env /usr/bin/env2", text);
      expect(ln.told.map(({ event }) => event.type)).toEqual(["fs.copy-up", "fs.link"]);
      expect(ln.told[0]?.sentence).toContain(bytes(env));
      expect(ln.told[1]?.sentence).toContain("/usr/bin/env2");
      await expect(tile(host, "writable", "env")).toBeVisible();
      await expect(tile(host, "writable", "env2")).toBeVisible();
      const inodes = (await host.run("stat -c '%h %i' /usr/bin/env /usr/bin/env2")).output;
      expect(inodes).toMatch(/^2 (\d+)\n2 \1\n$/);

      // Many at once are told as one, with their bytes and that these did not change.
      const before = await upperSize(host);
      expect(before).toBe(2 * (size ?? 0) + env);
      const many = await tell(host, "chmod -R a-w /usr/sbin", text);
      expect(many.told).toHaveLength(1);
      const after = await upperSize(host);
      const grown = bytes(after - before);
      expect(many.told[0]?.event).toMatchObject({ type: "fs.burst", attributesOnly: true, within: "/usr/sbin" });
      expect(many.told[0]?.sentence.split(grown)).toHaveLength(3);
      await expect(page.locator('[data-part^="tile:writable/"]').first()).toBeVisible();

      expect(await printedSize(host)).toBe(bytes(after).replace(" ", ""));
    });
  });
}
