import { type Locator, type Page, expect } from "@playwright/test";
import type { HostState } from "../../src/engine/host-state.ts";

/** Prompts without anything typed behind them. */
export const HOST_PROMPT = /^you@host:[^$]*\$$/;
export const ROOT_PROMPT = /^(root@[\w.-]+:\S*|[/~]\S*) ?#$/;
const ANY_PROMPT = new RegExp(`${HOST_PROMPT.source}|${ROOT_PROMPT.source}|^>$`);

type Recorded = Window & { typedOutput?: Record<string, string> };

/** Lamina as a person has it before them: keys, buttons and what is on the screen; and its API beside it. */
export class HostPage {
  readonly page: Page;
  /** What the page complained of that no test asked for. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  /** `address` relative to the page, e.g. "#1abc". Waits until the host is open and its terminal takes keys. */
  async open(address = "./"): Promise<void> {
    await this.page.goto(address);
    await this.opened();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.opened();
  }

  async opened(): Promise<void> {
    await this.page.waitForFunction(() => "lamina" in window);
    await this.page.evaluate(async () => {
      await window.lamina.ready;
      const kept: Record<string, string> = {};
      (window as Recorded).typedOutput = kept;
      window.lamina.on("output", ({ terminal, text }) => {
        kept[terminal] = (kept[terminal] ?? "") + text;
      });
    });
    await expect(this.screen).toBeVisible();
  }

  /** The terminal that has the keys. */
  get screen(): Locator {
    return this.page.locator(".xterm:focus-within .xterm-rows");
  }

  /** The keyboard side of a terminal, by its accessible name. */
  terminal(name: string | RegExp): Locator {
    return this.page.getByRole("textbox", { name });
  }

  /** Clicks into a terminal. */
  async focus(name: string | RegExp): Promise<void> {
    await this.page.locator(".xterm", { has: this.terminal(name) }).click();
    await expect(this.terminal(name)).toBeFocused();
  }

  /** The rows of the terminal that has the keys, without the empty ones. */
  async rows(): Promise<string[]> {
    const rows = await this.screen.evaluateAll(([element]) =>
      [...(element?.children ?? [])].map((row) => (row.textContent ?? "").replaceAll("\u00a0", " ").trimEnd()),
    );
    return rows.filter((row) => row !== "");
  }

  async waitForPrompt(prompt: RegExp = HOST_PROMPT): Promise<void> {
    await expect(async () => expect((await this.rows()).at(-1) ?? "").toMatch(prompt)).toPass({ timeout: 60_000 });
  }

  /** Types `line` key by key where the keys are, and waits until the screen ends with it: the same line may stand above. */
  async keys(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    const bare = line.replaceAll(/\s/g, "").slice(-200);
    if (bare === "") return;
    const shown = async (): Promise<string> => (await this.rows()).join("").replaceAll(/\s/g, "").slice(-bare.length);
    await expect(async () => expect(await shown()).toBe(bare)).toPass();
  }

  /** Types a line and Enter, waits for `prompt` (any when left out: say which when the turn goes to another terminal), answers what was printed. */
  async type(line: string, prompt?: RegExp): Promise<string> {
    await this.waitForPrompt(ANY_PROMPT);
    const printed = await this.printed();
    await this.keys(line);
    await this.page.keyboard.press("Enter");
    await this.waitForPrompt(prompt ?? ANY_PROMPT);
    const now = await this.printed();
    return Object.keys(now)
      .map((terminal) => (now[terminal] ?? "").slice((printed[terminal] ?? "").length))
      .join("")
      .replaceAll("\r\n", "\n");
  }

  /** All that commands have printed since the page was opened, by terminal. */
  printed(): Promise<Record<string, string>> {
    return this.page.evaluate(() => ({ ...(window as Recorded).typedOutput }));
  }

  /** Types a line through the API, as quickly as it goes. */
  async run(line: string): Promise<{ output: string; exitCode: number; prompt: string }> {
    const result = await this.page.evaluate((text) => window.lamina.run(text), line);
    return { ...result, output: result.output.replaceAll("\r\n", "\n") };
  }

  state(): Promise<HostState> {
    return this.page.evaluate(() => window.lamina.state());
  }

  /** The state without what depends on when one looks: "Up 3 seconds". */
  async lasting(): Promise<unknown> {
    const { containers, ...state } = await this.state();
    return { ...state, containers: containers.map((container) => ({ ...container, status: "" })) };
  }

  link(): Promise<string> {
    return this.page.evaluate(() => window.lamina.link());
  }
}

/** The one image that has this name. */
export function imageOf(state: HostState, reference: string): HostState["images"][number] {
  const image = state.images.find((one) => one.refs.includes(reference));
  if (!image) throw new Error(`no image ${reference} among ${state.images.flatMap((one) => one.refs).join(", ")}`);
  return image;
}
