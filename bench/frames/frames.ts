import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "@playwright/test";
import { table } from "../table.ts";
import { digits } from "../timing.ts";
import { type Heap, heapOf } from "./heap.ts";
import { eightLayers, platesArchive } from "./layers.ts";
import { open, run, scenes } from "./scenes.ts";
import { addressOf, serve } from "./server.ts";
import { CATEGORIES, type Distribution, type MainThread, distribution, mainThreadOf } from "./trace.ts";

const VIEWPORT = { width: 1440, height: 900 };
const COMMANDS = 200;
const JUMPS = 100;

interface Figures {
  readonly what: string;
  /** ms between frames, by the clock. */
  readonly interval: Distribution;
  /** Part of the intervals that are longer than a frame at 60, and at 30 Hz; half a ms is the clock's. */
  readonly over16: number;
  readonly over33: number;
  readonly main: MainThread;
}

/**
 * The page in Chromium, built as people get it. Frames by the clock say how it looks on this machine, with the
 * raster in software when it has no GPU; the main thread's own time is what the page costs wherever it runs.
 * LAMINA_BENCH_BUILD: a build that is there already. LAMINA_BENCH_SCENES: names of scenes, semicolons between them,
 * those before them are acted but not measured; "jumps" is one of them.
 */
export async function frames() {
  const build = process.env["LAMINA_BENCH_BUILD"] ?? built();
  const asked = process.env["LAMINA_BENCH_SCENES"]?.split(";");
  const paced = new Map([...(await eightLayers())].map(([path, bytes]) => [`v2/${path}`, bytes]));
  paced.set("bench/plates.tar", await platesArchive());
  const server = await serve(build, paced);
  const browser = await chromium.launch({
    executablePath: process.env["LAMINA_CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
  });
  try {
    const address = addressOf(server);
    const before = pace();
    const figures = await watched(browser, address, asked);
    const line = asked && !asked.includes("jumps") ? null : await longLog(browser, address);
    return {
      chromium: browser.version(),
      viewport: VIEWPORT,
      pace: [before, pace()],
      scenes: figures,
      log: line,
      table: tables(figures, line),
    };
  } finally {
    await browser.close();
    server.close();
    if (!process.env["LAMINA_BENCH_BUILD"]) rmSync(build, { recursive: true });
  }
}

/** CPU ms that one and the same loop takes, the median of 21: how fast the machine is just then, whatever else it does. */
function pace(): number {
  const taken = Array.from({ length: 21 }, () => {
    const start = process.cpuUsage();
    let sum = 0;
    for (let at = 0; at < 5_000_000; at++) sum = (sum * 31 + at) % 1_000_003;
    const { user, system } = process.cpuUsage(start);
    return sum < 0 ? 0 : (user + system) / 1000;
  });
  return distribution(taken).p50;
}

function built(): string {
  const folder = mkdtempSync(join(tmpdir(), "lamina-bench-"));
  for (const [command, ...args] of [
    ["npm", "run", "-s", "catalogue"],
    ["npx", "vite", "build", "--logLevel", "error", "--emptyOutDir", "--outDir", folder],
  ] as const)
    if (spawnSync(command, args, { stdio: ["ignore", 2, 2] }).status !== 0)
      throw new Error(`${command} ${args.join(" ")}`);
  return folder;
}

async function newPage(browser: Browser, reducedMotion: "reduce" | "no-preference"): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion, serviceWorkers: "block" });
  // What tsx calls to keep functions' names; the page has it not.
  await context.addInitScript("globalThis.__name = (named) => named");
  return context.newPage();
}

async function watched(browser: Browser, address: string, asked?: readonly string[]): Promise<Record<string, Figures>> {
  const figures: Record<string, Figures> = {};
  const last = asked ? Math.max(...asked.map((name) => scenes.findIndex((scene) => scene.name === name))) : Infinity;
  if (last < 0) return figures;
  const page = await newPage(browser, "no-preference");
  await open(page, address);
  for (const [at, { name, what, before, act }] of scenes.entries()) {
    if (at > last) break;
    await before?.(page);
    if (asked && !asked.includes(name)) {
      await act(page);
      continue;
    }
    console.error(name);
    await browser.startTracing(page, { categories: CATEGORIES });
    const times = await page.evaluateHandle(() => {
      const seen: number[] = [];
      const frame = (time: number): void => {
        if (seen[0] === -1) return;
        seen.push(time);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      return seen;
    });
    await act(page);
    const seen = await times.evaluate((all) => all.splice(0, all.length, -1));
    const main = mainThreadOf(await browser.stopTracing());
    const intervals = seen.slice(1).map((time, index) => time - (seen[index] ?? time));
    const over = (ms: number): number => digits(intervals.filter((one) => one > ms).length / intervals.length);
    figures[name] = { what, interval: distribution(intervals), over16: over(17.2), over33: over(33.9), main };
  }
  await page.context().close();
  return figures;
}

interface LongLog {
  readonly commands: number;
  readonly jumps: number;
  /** ms from the call until the frame with that moment has been drawn. */
  readonly jump: Distribution;
  /** After so many commands. */
  readonly heap: Readonly<Record<number, Heap>>;
}

/** A log of 200 commands in a container; then jumps to all places of it, no two neighbours after each other. */
async function longLog(browser: Browser, address: string): Promise<LongLog> {
  console.error("jumps");
  const page = await newPage(browser, "reduce");
  await open(page, address);
  await run(page, "docker pull ubuntu:22.04", "docker run -it --name web ubuntu:22.04 bash");
  const measure = await heapOf(browser);
  const heap: Record<number, Heap> = { 0: await measure() };
  for (let at = 1; at <= COMMANDS; at++) {
    const lines = [
      `echo ${at} >> /etc/motd-${at % 20}`,
      `rm -f /usr/bin/x${at}`,
      `mkdir -p /srv/d${at}`,
      `chmod 600 /etc/motd-${at % 20}`,
    ];
    await page.evaluate((line) => window.lamina.run(line), lines[at % lines.length] as string);
    if (at % 50 === 0) {
      await run(page, "true");
      heap[at] = await measure();
    }
  }
  const jumps = await page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>(".timeline input[type=range]");
    const steps = Number(slider?.max);
    const taken: number[] = [];
    for (let at = 1; at <= count; at++) {
      const to = (at * 7919) % steps;
      const start = performance.now();
      await window.lamina.goto(to);
      // A task after the frame: it has been painted then.
      await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      taken.push(performance.now() - start);
      if (Number(slider?.value) !== to) throw new Error(`${slider?.value} is shown, not ${to}`);
    }
    return taken;
  }, JUMPS);
  await page.context().close();
  return { commands: COMMANDS, jumps: JUMPS, jump: distribution(jumps), heap };
}

function tables(figures: Readonly<Record<string, Figures>>, log: LongLog | null): string[] {
  const row = ([name, { interval, over16, over33, main }]: [string, Figures]) => {
    const { frame, script, style, layout, paint, longest, longestByClock, raster } = main;
    const percent = (part: number): string => `${digits(part * 100)}%`;
    const clock = [interval.p50, interval.p95, interval.p99, interval.max, percent(over16), percent(over33)];
    return [
      name,
      ...clock,
      frame.p50,
      frame.p95,
      frame.max,
      script,
      style,
      layout,
      paint,
      longest,
      longestByClock,
      raster,
    ];
  };
  const head = [
    "",
    "p50",
    "p95",
    "p99",
    "max",
    ">16.7",
    ">33",
    "main p50",
    "p95",
    "max",
    "script",
    "style",
    "layout",
    "paint",
  ];
  return [
    ...table(
      "ms between frames; the main thread's own ms a frame, its parts, its longest task, that by the clock, raster",
      [[...head, "longest", "clock", "raster"], ...Object.entries(figures).map(row)],
    ),
    ...(log
      ? [
          ...table(`ms of a jump in a log of ${log.commands} commands`, [
            ["p50", "p95", "p99", "max"],
            ["", ...Object.values(log.jump)].slice(1),
          ]),
          ...table("MB of heap after so many commands", [
            ["", "page", "worker"],
            ...Object.entries(log.heap).map(([at, { page, worker }]) => [at, page, worker]),
          ]),
        ]
      : []),
  ];
}
