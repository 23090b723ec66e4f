import type { Page } from "@playwright/test";
import { en } from "../src/content/locales/en.ts";
import { type HostPage, HOST_PROMPT, ROOT_PROMPT, imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const IMAGE = "my/ubuntu-vim:1.0";

type Watched = Window & { spoken?: string[]; pointed?: number };

/** From now on: what live regions say, and whether a pointer was used. */
async function watch({ page }: HostPage): Promise<void> {
  await page.evaluate(() => {
    const spoken: string[] = [];
    const watched = window as Watched;
    watched.spoken = spoken;
    watched.pointed = 0;
    const say = (element: Element | null): void => {
      const region = element?.closest("[aria-live=polite], [role=status], [role=alert], [role=log]");
      const words = region?.textContent?.trim();
      if (words && spoken.at(-1) !== words) spoken.push(words);
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        say(target instanceof Element ? target : target.parentElement);
        for (const node of addedNodes) if (node instanceof Element) say(node);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    for (const type of ["pointerdown", "mousedown", "touchstart"])
      document.addEventListener(type, () => (watched.pointed = (watched.pointed ?? 0) + 1), true);
  });
}
const spoken = (page: Page): Promise<string> => page.evaluate(() => ((window as Watched).spoken ?? []).join("\n"));
/** What was said since the story began. */
const hears = (page: Page, words: string | RegExp) => expect.poll(() => spoken(page)).toMatch(words);

/** What has the focus, and whether one sees that it has. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const label = element.getAttribute("aria-label") ?? (element as HTMLInputElement).labels?.[0]?.textContent;
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
    // A terminal shows it by its cursor and its pill, the timeline by its head.
    const elsewhere = element.matches(".xterm-helper-textarea, input[type=range]");
    return {
      name: (label ?? element.textContent ?? "").trim().replaceAll(/\s+/g, " "),
      seen: ring || style.boxShadow !== "none" || elsewhere,
      terminal: element.matches(".xterm-helper-textarea"),
    };
  });
}

/** Goes there by Tab alone. On every stop the focus is seen, and a terminal is left as it says one can leave it. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < 250; count++) {
    const at = await focused(page);
    if (at) {
      expect(at.seen, `the focus is seen on ${at.name}`).toBe(true);
      if (typeof name === "string" ? at.name === name : name.test(at.name)) return;
      passed.push(at.name);
      if (at.terminal) await page.keyboard.press("Escape");
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to ${name}; passed ${passed.join(" | ")}`);
}

async function press(page: Page, name: string | RegExp, key = "Enter"): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

const nextStep = (page: Page, name: keyof typeof en.start.steps) =>
  press(page, `${en.start.next}${en.start.steps[name]}`);

async function writeInVim({ page }: HostPage, path: string, text: string): Promise<void> {
  await expect(page.getByRole("textbox", { name: path })).toBeFocused();
  await page.keyboard.press("i");
  await expect(page.getByText("-- INSERT --")).toBeVisible();
  await page.keyboard.type(text);
  await page.keyboard.press("Escape");
  await expect(page.getByText("-- INSERT --")).toBeHidden();
  await page.keyboard.type(":wq");
  await page.keyboard.press("Enter");
}

test.describe("the vim story", () => {
  // Typed as fast as a machine types, its steps are to be heard all the same.
  test.setTimeout(240_000);
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("by keyboard alone", async ({ host }) => {
    const { page } = host;
    await watch(host);
    await test.step("pull, from the empty host", async () => {
      await press(page, en.start.pull);
      await host.waitForPrompt();
      await hears(page, /ubuntu:22\.04 is complete: a name for a stack of read-only layers/);
    });
    await test.step("run, by the next-step button", async () => {
      await nextStep(page, "run");
      await host.waitForPrompt(ROOT_PROMPT);
      await hears(page, /Container web is created: one empty writable layer on top of ubuntu:22\.04/);
    });
    await test.step("vim is not there; it is installed, and writes a file", async () => {
      expect(await host.type("vim")).toContain("vim: command not found");
      await host.type("apt-get update");
      expect(await host.type("apt-get install -y vim")).toContain("Setting up vim");
      await host.keys("vim /root/hello.txt");
      await page.keyboard.press("Enter");
      await writeInVim(host, "/root/hello.txt", "hello from vim");
      await host.waitForPrompt(ROOT_PROMPT);
      await hears(page, /\/root\/hello\.txt is created in the writable layer of web/);
    });
    await test.step("the terminal is left and found again", async () => {
      await page.keyboard.press("Tab");
      // Inside, Tab completes; after Escape it leaves.
      expect((await focused(page))?.terminal).toBe(true);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
      expect((await focused(page))?.terminal ?? false).toBe(false);
      await press(page, en.app.skip);
      await expect(host.terminal(/container web/)).toBeFocused();
      await host.waitForPrompt(ROOT_PROMPT);
    });
    await test.step("exit, commit", async () => {
      await host.type("exit", HOST_PROMPT);
      await host.type(`docker commit -m "add vim" -a "me" web ${IMAGE}`);
      await hears(page, /The writable layer of web is frozen into a new read-only layer/);
    });
    await test.step("the new image has vim, the original has not", async () => {
      await host.type(`docker run -it --rm ${IMAGE} bash`, ROOT_PROMPT);
      expect(await host.type("which vim")).toBe("/usr/bin/vim\n");
      await host.type("exit", HOST_PROMPT);
      await host.type("docker run -it --rm ubuntu:22.04 bash", ROOT_PROMPT);
      expect(await host.type("which vim")).toBe("");
      await host.type("exit", HOST_PROMPT);
      expect(await host.type(`docker history ${IMAGE}`)).toContain("add vim");
    });
    await test.step("compared, file by file", async () => {
      await press(page, en.insight.views.compare);
      const sheet = page.getByRole("dialog", { name: en.insight.title });
      await expect(sheet).toBeVisible();
      const side = (name: string) => sheet.getByRole("group", { name, exact: true }).getByLabel(en.insight.stack);
      for (const [name, image] of [
        [en.insight.before, "ubuntu:22.04"],
        [en.insight.after, IMAGE],
      ] as const) {
        for (let count = 0; count < 40; count++) {
          if (await side(name).evaluate((element) => element === document.activeElement)) break;
          await page.keyboard.press("Tab");
        }
        await expect(side(name)).toBeFocused();
        await page.keyboard.type(image);
        await expect(side(name).locator("option:checked")).toHaveText(image);
      }
      await tabTo(page, en.insight.result);
      await page.keyboard.press("End");
      await page.keyboard.press("Home");
      await expect(sheet.getByRole("listbox").getByRole("option", { selected: true })).toHaveCount(1);
      await page.keyboard.press("Escape");
      await expect(sheet).toHaveCount(0);
      expect((await focused(page))?.name).toBe(en.insight.views.compare);
    });
    await test.step("the story is gone through again", async () => {
      await tabTo(page, en.timeline.name);
      await page.keyboard.press("Home");
      await expect(
        page.getByText(
          en.time.looking(0, Number(await page.getByRole("slider", { name: en.timeline.name }).getAttribute("max"))),
        ),
      ).toBeVisible();
      await page.keyboard.press("PageDown");
      await expect(page.getByRole("slider", { name: en.timeline.name })).toHaveAttribute(
        "aria-valuetext",
        /docker pull ubuntu:22\.04$/,
      );
      await page.keyboard.press("End");
      await expect(page.getByText(/^You are looking at/)).toHaveCount(0);
    });
    const { layers, comment, author } = imageOf(await host.state(), IMAGE);
    expect({ layers: layers.length, comment, author }).toEqual({ layers: 2, comment: "add vim", author: "me" });
    expect(await page.evaluate(() => (window as Watched).pointed)).toBe(0);
  });

  test("by the accessibility tree alone", async ({ host }) => {
    const { page } = host;
    await watch(host);
    const terminal = (name: string | RegExp) => page.getByRole("textbox", { name });
    const ofHost = terminal(en.terminal.hostTitle);
    const output = page.getByRole("log", { name: en.terminal.printed });
    const picture = page.getByRole("region", { name: en.outline.name });
    const lines = (name: string | RegExp) => picture.getByRole("listitem").filter({ hasText: name });
    /** Types it there, and hears the sentence of what it does. */
    const type = async (where: string | RegExp, line: string, hear?: RegExp): Promise<void> => {
      await test.step(line, async () => {
        await expect(terminal(where)).toBeFocused();
        await terminal(where).pressSequentially(line);
        await terminal(where).press("Enter");
        if (hear) await hears(page, hear);
      });
    };
    const inWeb = /container web/;

    await type(
      en.terminal.hostTitle,
      "docker pull ubuntu:22.04",
      /Layer .* is unpacked|The bottom layer .* is unpacked|ubuntu:22\.04 is complete/,
    );
    await expect(output).toContainText("Status: Downloaded newer image for ubuntu:22.04");
    await expect(picture.getByRole("heading")).toHaveText("Image ubuntu:22.04, directory /");
    await expect(lines(/^Layer 1 of 1: ubuntu:22\.04, read-only,/)).toHaveCount(1);

    await type(
      en.terminal.hostTitle,
      "docker run -it --name web ubuntu:22.04 bash",
      /web starts bash\. It sees all the layers merged/,
    );
    await expect(picture.getByRole("heading")).toHaveText("Container web of ubuntu:22.04, directory /");
    await expect(lines(/^Layer 3 of 3: the writable layer of web, 0 B at rest/)).toHaveCount(1);

    await type(inWeb, "vim");
    await expect(output).toContainText("bash: vim: command not found");
    await type(inWeb, "apt-get update", /In the writable layer of web, at \/var\/lib\/apt\/lists/);
    await type(inWeb, "apt-get install -y vim", /In the writable layer of web.*: \d+ files and directories created/);
    await expect(output).toContainText("using /usr/bin/vim.basic to provide /usr/bin/vim (vim)");
    await type(inWeb, "vim /root/hello.txt");
    await writeInVim(host, "/root/hello.txt", "hello from vim");
    await hears(page, /\/root\/hello\.txt is created in the writable layer of web/);
    await expect(lines(/^hello\.txt, file, 15 B, new$/)).toHaveCount(1);

    await type(inWeb, "echo x >> /etc/bash.bashrc", /the whole file \(.*\) is copied up from ubuntu:22\.04/);
    await expect(lines(/^bash\.bashrc, file, .*, copied up from ubuntu:22\.04$/)).toHaveCount(1);
    await expect(lines(/^bash\.bashrc, file, .*, hidden by the writable layer of web$/)).toHaveCount(1);
    await type(inWeb, "rm /etc/legal", /\/etc\/legal is deleted: a whiteout in the writable layer of web/);
    await expect(lines(/^legal: deleted, hidden by a whiteout in the writable layer of web$/)).toHaveCount(1);
    await expect(lines(/^legal, whiteout, hides that of ubuntu:22\.04$/)).toHaveCount(1);
    await test.step("what is drawn is in the words, tile for tile", async () => {
      const drawn = await page
        .getByRole("region", { name: en.stack.name })
        .getByRole("list", { name: en.stack.name })
        .getByRole("button")
        .evaluateAll((tiles) => tiles.flatMap((tile) => (tile as HTMLElement).dataset["name"] ?? []));
      expect(drawn.length).toBeGreaterThan(5);
      const words = await picture.getByRole("listitem").allInnerTexts();
      for (const name of drawn)
        expect(
          words.some((line) => line.startsWith(name)),
          name,
        ).toBe(true);
      const whiteouts = page.getByRole("region", { name: en.stack.name }).getByRole("button", { name: ", whiteout" });
      await expect(lines(/^[^ ]+, whiteout/)).toHaveCount(await whiteouts.count());
    });
    await type(inWeb, "exit", /web has stopped with exit code 0/);

    await type(
      en.terminal.hostTitle,
      `docker commit -m "add vim" -a "me" web ${IMAGE}`,
      /is frozen into a new read-only layer/,
    );
    await expect(picture.getByRole("heading")).toContainText(IMAGE);
    await expect(lines(/^Layer 2 of 2: my\/ubuntu-vim:1\.0, read-only, add vim/)).toHaveCount(1);

    for (const [image, found] of [
      [IMAGE, "/usr/bin/vim"],
      ["ubuntu:22.04", "no vim here"],
    ] as const) {
      await type(en.terminal.hostTitle, `docker run -it --rm ${image} bash`);
      // Docker makes up its name.
      const session = /^Terminal of container (?!web$)/;
      await type(session, "which vim || echo no vim here");
      await expect(output).toHaveText(found);
      await type(session, "exit");
    }
    await type(en.terminal.hostTitle, `docker history ${IMAGE}`);
    await expect(output).toContainText("add vim");

    await test.step("the whole host", async () => {
      await page.getByRole("button", { name: en.app.host, exact: true }).press("Enter");
      await expect(lines(/^my\/ubuntu-vim:1\.0, .*, 2 layers, stands on ubuntu:22\.04$/)).toHaveCount(1);
      await expect(lines(/^ubuntu:22\.04, .*used by ubuntu:22\.04 and my\/ubuntu-vim:1\.0$/)).toHaveCount(1);
      await expect(lines(/^container web, stopped, its writable layer has /)).toHaveCount(1);
      await page.getByRole("button", { name: en.app.stack, exact: true }).press("Enter");
    });
    await test.step("the words follow the moment that is looked at", async () => {
      const time = page.getByRole("slider", { name: en.timeline.name });
      await time.press("Home");
      await expect(page.getByRole("status").filter({ hasText: en.time.onlyLooking })).toHaveCount(1);
      await expect(picture).toHaveCount(0);
      await time.press("PageDown");
      await expect(picture.getByRole("heading")).toHaveText("Image ubuntu:22.04, directory /");
      await time.press("End");
    });
    await ofHost.focus();
    await page.getByRole("button", { name: en.app.share, exact: true }).press("Enter");
    await page.getByRole("button", { name: en.transcript.copy }).press("Enter");
    await expect(page.getByRole("status").filter({ hasText: en.share.copied })).toHaveCount(1);
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const part of [
      "```console\n$ docker run -it --name web ubuntu:22.04 bash\n```",
      "## In the container `web`",
      "```console\n# apt-get install -y vim\n```",
      "`/root/hello.txt` was saved with this text:\n\n```\nhello from vim\n```",
      `\`\`\`console\n$ docker commit -m "add vim" -a "me" web ${IMAGE}\n\`\`\`\n\n- The writable layer of \`web\` is frozen`,
      `## ${en.transcript.modelled}`,
    ]) {
      expect(text).toContain(part);
    }
  });
});
