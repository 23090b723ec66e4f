import type { EngineEvent } from "../../src/engine/event.ts";
import { type Dictionary, en } from "../../src/content/locales/en.ts";
import type { HostPage } from "./host-page.ts";
import { expect } from "./test.ts";

/** One step of the story, and the sentence that stands under its picture. */
export interface Told {
  readonly step: number;
  readonly event: EngineEvent;
  readonly sentence: string;
}

/** Looks at the moment after that step, and answers its sentence once it is there. */
export async function lookAt({ page }: HostPage, step: number, text: Dictionary = en): Promise<string> {
  await page.evaluate((to) => window.lamina.goto(to), step);
  const last = Number(await page.getByRole("slider", { name: text.timeline.name }).getAttribute("max"));
  await expect(page.locator(".caption-step")).toHaveText(text.timeline.stepShort(step, last));
  return page.locator(".caption-words").innerText();
}

/** Runs a line, then looks at each step that it told, one after the other; the last one stays shown. */
export async function tell(host: HostPage, line: string, text: Dictionary = en) {
  const { steps, ...result } = await host.page.evaluate(async (typed) => {
    const steps: { step: number; event: EngineEvent }[] = [];
    const stop = window.lamina.on("frame", ({ step, event }) => steps.push({ step, event }));
    const { output, exitCode } = await window.lamina.run(typed);
    stop();
    return { output: output.replaceAll("\r\n", "\n"), exitCode, steps };
  }, line);
  const told: Told[] = [];
  for (const { step, event } of steps) told.push({ step, event, sentence: await lookAt(host, step, text) });
  return { ...result, told };
}
