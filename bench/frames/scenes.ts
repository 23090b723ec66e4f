import type { Page } from "@playwright/test";
import { LAYERS, WIDE, WIDE_DIRECTORY } from "./layers.ts";

/** Something a person does, measured from its first to its last frame. */
export interface Scene {
  readonly name: string;
  readonly what: string;
  /** Before it is measured. */
  readonly before?: (page: Page) => Promise<void>;
  readonly act: (page: Page) => Promise<void>;
}

/** Types a line as a person would, and answers when the stage has told all of it. */
export async function run(page: Page, ...lines: readonly string[]): Promise<void> {
  const codes = await page.evaluate(
    (typed) => Promise.all(typed.map(async (line) => [line, (await window.lamina.run(line)).exitCode] as const)),
    lines,
  );
  for (const [line, code] of codes) if (code !== 0) throw new Error(`${line}: exit status ${code}`);
  await told(page);
}

/** Nothing more to tell, and nothing moves. */
async function told(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const slider = document.querySelector<HTMLInputElement>(".timeline input[type=range]");
      const moving = document.getAnimations().some((one) => one.playState === "running");
      return slider !== null && slider.value === slider.max && !moving;
    },
    null,
    { timeout: 120_000, polling: 200 },
  );
}

export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(() => window.lamina.ready);
  await page.locator(".xterm-rows").first().waitFor();
}

/** Brings the deep image in, and a container on it: 127 plates. */
async function plates(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const answer = await fetch("bench/plates.tar");
    await window.lamina.importImage(await answer.blob());
  });
  await run(page, "docker run -it --name deep bench/plates");
}

async function wheel(page: Page, selector: string): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, turn < 40 ? 60 : -120);
}

const key = async (page: Page, name: string, times: number, pause: number): Promise<void> => {
  for (let at = 0; at < times; at++) {
    await page.keyboard.press(name);
    await page.waitForTimeout(pause);
  }
};

const toStage = (page: Page): Promise<void> => page.locator(".stage").focus();
const toTerminal = (page: Page): Promise<void> => page.locator('.console[data-active="true"] textarea').focus();

/** In this order, on one host: each stands on what those before have left. */
export const scenes: readonly Scene[] = [
  {
    name: "eight layers at once",
    what: "docker pull of eight layers of 1 MB, three downloads at a time as docker has it, 800 kB/s each",
    act: (page) => run(page, "docker pull eight"),
  },
  {
    name: "eight pulls",
    what: "eight docker pull lines typed ahead, one after the other",
    act: (page) =>
      run(
        page,
        ...["alpine", "busybox", "hello-world", "ubuntu", "debian", "node:20-alpine", "redis", "nginx"].map(
          (name) => `docker pull ${name}`,
        ),
      ),
  },
  {
    name: "127 plates come",
    what: `an image of ${LAYERS} layers and 100,000 files is loaded, and docker run -it on it`,
    act: plates,
  },
  {
    name: "copy-up, write, delete",
    what: "on 127 plates: two appends to lower files, rm of a lower file, of a lower directory, mkdir of it again",
    before: toTerminal,
    act: (page) =>
      run(
        page,
        "echo more >> /usr/share/p0/d0/file-0",
        "echo more >> /usr/share/p20/d3/file-7",
        "rm /usr/share/p9/d0/file-1",
        "rm -r /opt-43",
        "mkdir /opt-43",
      ),
  },
  {
    name: "steps",
    what: "on 127 plates: Left twelve times, Right twelve times, one every 250 ms",
    before: toStage,
    act: async (page) => {
      await key(page, "ArrowLeft", 12, 250);
      await key(page, "ArrowRight", 12, 250);
    },
  },
  {
    name: "scrub",
    what: "on 127 plates: the head of the timeline dragged back over half the log and forwards again, a move each frame",
    act: async (page) => {
      const box = await page.locator(".track").boundingBox();
      if (!box) throw new Error("no track");
      const y = box.y + box.height / 2;
      const end = box.x + box.width - 8;
      await page.mouse.move(end, y);
      await page.mouse.down();
      for (let at = 0; at <= 120; at++) await page.mouse.move(end - (box.width / 2) * (1 - Math.abs(at - 60) / 60), y);
      await page.mouse.up();
      await page.keyboard.press("End");
      await told(page);
    },
  },
  {
    name: "open a directory of 3,000",
    what: `ls ${WIDE_DIRECTORY} and its ${WIDE} entries opened on the stage, then all of them shown`,
    before: toTerminal,
    act: async (page) => {
      await run(page, `touch ${WIDE_DIRECTORY}/new`);
      await page.locator(".stage .fold").click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "scroll the stage",
    what: "the wheel over the stage with all entries shown that were asked for",
    act: (page) => wheel(page, ".stage"),
  },
  {
    name: "scroll the list",
    what: "the wheel over the list of files beside the stage",
    act: (page) => wheel(page, ".explorer-body"),
  },
  {
    name: "host",
    what: "the host view of it all, and back, three times",
    before: toStage,
    act: async (page) => {
      for (const view of ["2", "1", "2", "1", "2", "1"]) await key(page, view, 1, 600);
    },
  },
  {
    name: "explorer",
    what: "the tree of 100,000 files opened, unfolded and scrolled",
    act: async (page) => {
      await page.locator(".explorer-open").click();
      const grid = page.getByRole("treegrid");
      await grid.focus();
      await key(page, "End", 1, 300);
      for (const one of ["Home", "End", "Home"]) await key(page, one, 1, 200);
      await key(page, "ArrowDown", 20, 30);
      await wheel(page, ".tree-grid");
      await page.keyboard.press("Escape");
    },
  },
];
