import { scenarioOf, stories, type Story } from "../src/host/links/stories.ts";
import { decodeLink, encodeLink } from "../src/host/link.ts";
import { digits } from "./timing.ts";

/** How long the links of ten stories are, and how much shorter than their logs as plain JSON. */
export function link(): object {
  const measured = stories.map(measure);
  const widest = Math.max(...stories.map(({ name }) => name.length));
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(widest) : String(cell).padStart(10))).join("  ");
  return {
    what: "characters of a link's fragment, of the log as plain JSON; perCommand: fragment / commands",
    stories: measured,
    table: [
      row(["link", "commands", "characters", "as JSON", "a command"]),
      ...measured.map(({ story, commands, fragment, plainJson, perCommand }) =>
        row([story, commands, fragment, plainJson, perCommand]),
      ),
    ],
  };
}

function measure(story: Story) {
  const scenario = scenarioOf(story);
  const fragment = encodeLink(scenario);
  const { scenario: read } = decodeLink(fragment);
  if (JSON.stringify(read) !== JSON.stringify(scenario))
    throw new Error(`the link of ${story.name} says something else`);
  const commands = scenario.entries.length;
  const plainJson = JSON.stringify(scenario).length;
  return {
    story: story.name,
    commands,
    fragment: fragment.length,
    plainJson,
    perCommand: digits(fragment.length / commands),
  };
}
