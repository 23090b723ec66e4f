import { en } from "../src/content/locales/en.ts";
import { expectAccessible } from "./support/axe.ts";
import { type HostPage, HOST_PROMPT, imageOf, ROOT_PROMPT } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const story = ["docker pull alpine:3.20", "docker run --name box alpine:3.20 touch /new", "docker commit box mine:1"];
const [pull = "", run = "", commit = ""] = story;

/** A host with a story that has been told to its end. */
async function told(host: HostPage, lines: readonly string[] = story): Promise<number> {
  for (const line of lines) await host.run(line);
  await host.page.evaluate(() => window.lamina.goto(1e6));
  return Number(await slider(host).getAttribute("max"));
}
const slider = (host: HostPage) => host.page.getByRole("slider", { name: en.timeline.name });
const button = (host: HostPage, name: string | RegExp) => host.page.getByRole("button", { name, exact: true });
const at = (host: HostPage, step: number, of: number) =>
  expect(slider(host)).toHaveAttribute("aria-valuetext", new RegExp(`^step ${step} of ${of}(,|$)`));
const names = async (host: HostPage): Promise<string> =>
  (await host.run("docker images --format '{{.Repository}}:{{.Tag}} {{.ID}}'")).output.trim();
/** Clicks where nothing takes keys: on the stage. */
const leaveTerminal = (host: HostPage) => host.page.locator(".stage").click({ position: { x: 4, y: 4 } });

test("the keys move through the story, by step and by command, and change nothing", async ({ host }) => {
  const last = await told(host);
  const before = await host.lasting();
  await leaveTerminal(host);
  const { keyboard } = host.page;
  await keyboard.press("ArrowLeft");
  await at(host, last - 1, last);
  await keyboard.press("ArrowRight");
  await at(host, last, last);
  await keyboard.press("PageUp");
  await expect(slider(host)).toHaveAttribute("aria-valuetext", new RegExp(`, ${run}$`));
  await expect(host.page.getByText(/^You are looking at step \d+ of \d+$/)).toBeVisible();
  await keyboard.press("Control+ArrowLeft");
  await expect(slider(host)).toHaveAttribute("aria-valuetext", new RegExp(`, ${pull}$`));
  await keyboard.press("Home");
  await at(host, 0, last);
  await keyboard.press("PageDown");
  await expect(slider(host)).toHaveAttribute("aria-valuetext", new RegExp(`, ${pull}$`));
  await keyboard.press("Space");
  await expect(button(host, en.timeline.pause)).toBeVisible();
  await keyboard.press("Space");
  await expect(button(host, en.timeline.play)).toBeVisible();
  await keyboard.press("End");
  await at(host, last, last);
  await expect(host.page.getByText(/^You are looking at/)).toBeHidden();
  expect(await host.lasting()).toEqual(before);
  await keyboard.press("m");
  await expect
    .poll(() => host.page.evaluate(() => localStorage.getItem("lamina.preferences")))
    .toContain('"motion":"still"');
});

test("the terminal keeps its keys", async ({ host }) => {
  const last = await told(host);
  await host.focus(en.terminal.hostTitle);
  await host.waitForPrompt();
  for (const key of ["Space", "m", "ArrowLeft", "Home", "End"]) await host.page.keyboard.press(key);
  await at(host, last, last);
  await expect.poll(async () => (await host.rows()).at(-1)).toMatch(/m$/);
});

test("a commit is undone and done again: the same image", async ({ host }) => {
  await told(host);
  const { id } = imageOf(await host.state(), "mine:1");
  await button(host, en.time.undo(commit)).click();
  await expect.poll(() => names(host)).not.toContain("mine");
  await expect(host.page.locator(".bar[data-ahead=true]")).toHaveCount(1);
  // The turn may be another terminal's: whoever pressed the button can press on.
  await expect(button(host, en.time.redo(commit))).toBeEnabled();
  await host.reload();
  await button(host, en.time.redo(commit)).click();
  await expect.poll(() => names(host)).toContain("mine");
  expect(imageOf(await host.state(), "mine:1").id).toBe(id);
  expect((await host.run("docker run --rm mine:1 ls /new")).output).toBe("/new\n");
});

test("from a past moment one goes on; the old line stays within reach, also after a reload", async ({ host }) => {
  await told(host);
  const old = await host.lasting();
  await leaveTerminal(host);
  for (const key of ["PageUp", "PageUp"]) await host.page.keyboard.press(key);
  await button(host, en.time.goOn).click();
  await expect.poll(async () => (await host.state()).containers.length).toBe(0);
  await expect(button(host, en.timeline.now)).toBeHidden();
  await host.run("docker run --name box alpine:3.20 touch /other");
  await host.run("docker commit box other:1");
  const branch = await host.lasting();
  await expectAccessible(host.page);
  await host.reload();
  await button(host, en.time.lines(1)).click();
  await host.page.getByRole("menuitem", { name: en.time.lineOf(2, pull, commit) }).click();
  await expect.poll(() => host.lasting()).toEqual(old);
  await button(host, en.time.lines(1)).click();
  await host.page.getByRole("menuitem", { name: en.time.lineOf(2, pull, "docker commit box other:1") }).click();
  await expect.poll(() => host.lasting()).toEqual(branch);
});

test("a link carries the line one is on, and no other", async ({ host, browser }) => {
  await told(host);
  await host.page.evaluate(() => window.lamina.undo());
  await host.run("docker tag alpine:3.20 mine:2");
  const [link, state] = [await host.link(), await host.state()];
  const visitor = await browser.newPage();
  await visitor.goto(link);
  await visitor.waitForFunction(() => "lamina" in window);
  const seen = await visitor.evaluate(async () => {
    await window.lamina.ready;
    return window.lamina.state();
  });
  expect(seen.images).toEqual(state.images);
  await visitor.close();
});

test("a terminal that was closed is open again, and has the turn", async ({ host }) => {
  await host.run("docker run -it --name web alpine:3.20");
  await host.run("cd /tmp");
  await host.run("touch made");
  await host.run("exit");
  await button(host, en.time.undo("exit")).click();
  await expect(host.page.locator(".console[data-kind=container][data-active=true]")).toBeVisible();
  expect((await host.run("pwd; ls")).output).toBe("/tmp\nmade\n");
  await host.focus(en.terminal.of("container web"));
  await host.type("exit", HOST_PROMPT);
  await host.page.evaluate(() => window.lamina.undo());
  await host.waitForPrompt(ROOT_PROMPT);
});

test("every past step is there after a reload", async ({ host }) => {
  const last = await told(host);
  await host.reload();
  await leaveTerminal(host);
  await host.page.keyboard.press("Home");
  await at(host, 0, last);
  await host.page.keyboard.press("PageDown");
  await host.page.keyboard.press("PageDown");
  await expect(host.page.locator(".past code")).toHaveText(run);
  await expect(host.page.locator(".caption-words")).not.toBeEmpty();
  await expectAccessible(host.page);
});
