import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PracticeHost } from "./practice-host.ts";

const folder = new URL("testdata/help/", import.meta.url);

/** Docker's own help, but for the mark of what is not simulated, its note, and the plugins of the machine it was recorded on. */
const unmarked = (help: string): string =>
  help.replace(/^\* (?=.*\S)/gm, "  ").replace(/\n {2}Known to docker, not simulated in Lamina\.\n$/, "");

test.for(readdirSync(folder))("%s is the real client's", async (name) => {
  const command = name.replace(".txt", "");
  // Recorded for "container prune" as "container-prune".
  const words = command === "docker" ? "" : command.replace("-", " ");
  const recorded = readFileSync(new URL(name, folder), "utf8");
  const shown = await new PracticeHost().run(`docker ${words} --help`);
  const unsimulated = /is not simulated in Lamina; the nearest is/.test(shown);
  expect(unsimulated ? recorded : unmarked(shown)).toBe(recorded);
  expect(unsimulated).toBe(["attach", "pause", "unpause"].includes(command));
});
