import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PullProgress } from "../engine/operations/pull.ts";
import { PracticeHost } from "./practice-host.ts";
import { progressBar, TerminalProgress } from "./pull.ts";
import { alpine, nginx } from "./testdata/images.ts";

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1000, MB: 1e6 };
const bytes = (text: string): number => Number.parseFloat(text) * (UNITS[text.replace(/[\d.]/g, "")] ?? Number.NaN);

/** The progress that a recorded terminal shows, read back from it. */
function* recordedSteps(terminal: string): Generator<PullProgress> {
  yield { kind: "start", tag: "latest", repository: "library/nginx" };
  for (const [, id = "", status = "", numbers] of terminal.matchAll(
    /([0-9a-f]{12}): ([A-Z][A-Za-z ]*?) +(?:\[[=> ]*\] *)?(\d[\w./]*)?\r/g,
  )) {
    const [current = 0, total = 0] = (numbers ?? "").split("/").map(bytes);
    yield { kind: "layer", id, status: status as "Waiting", current: current || 0, total: total || 0 };
  }
}

test.for([100, 150])("a pull on a terminal of %d columns, as recorded", (columns) => {
  const recorded = readFileSync(new URL(`testdata/pull-${columns}-columns.txt`, import.meta.url), "utf8");
  let shown = "";
  const progress = new TerminalProgress(columns, (text) => (shown += text));
  for (const step of recordedSteps(recorded)) progress.show(step);
  expect(shown).toBe(recorded);
});

test.for([
  [0, 0, 200, ""],
  [0, 1000, 200, `[>${" ".repeat(50)}]       0B/1kB`],
  [500, 1000, 110, "    500B/1kB"],
  [2000, 1000, 80, "     2kB"],
] as const)("the bar at %d of %d bytes, %d columns wide", ([current, total, columns, bar]) => {
  expect(progressBar(current, total, columns)).toBe(bar);
});

describe("docker pull", () => {
  const host = async (): Promise<PracticeHost> => {
    const made = new PracticeHost();
    await made.serve(["docker.io/library/alpine:latest"], alpine);
    await made.serve(["docker.io/library/nginx:latest"], nginx);
    return made;
  };

  test("layers that are here already are said so, and every layer ends with Pull complete", async () => {
    const made = await host();
    await made.run("docker pull alpine");
    const lines = (await made.run("docker pull nginx")).split("\n");
    expect(lines.slice(0, 2)).toEqual(["Using default tag: latest", "latest: Pulling from library/nginx"]);
    expect(lines[2]).toMatch(/^[0-9a-f]{12}: Already exists$/);
    expect(lines.filter((line) => line.endsWith(": Pull complete"))).toHaveLength(5);
    expect(lines.filter((line) => /Downloading|Extracting/.test(line))).toEqual([]);
    expect(lines.slice(-3)).toEqual([
      "Status: Downloaded newer image for nginx:latest",
      "docker.io/library/nginx:latest",
      "",
    ]);
  });

  test("a pull by run tells its story on stderr and leaves out the reference", async () => {
    const shown = await (await host()).run("docker run alpine echo hi 2>/dev/null");
    expect(shown).toBe("hi\n");
    expect(await (await host()).run("docker run alpine echo hi")).toMatch(
      /^Unable to find image 'alpine:latest' locally\nlatest: Pulling from library\/alpine\n[^]*\nStatus: Downloaded newer image for alpine:latest\nhi\n$/,
    );
  });

  test.for([
    [
      "docker pull nosuch",
      "Using default tag: latest\nError response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied\n[exit 1]\n",
    ],
    [
      "docker run nosuch:1",
      "Unable to find image 'nosuch:1' locally\ndocker: Error response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied\n\nRun 'docker run --help' for more information\n[exit 125]\n",
    ],
    [
      "docker run Bad/Name",
      "docker: invalid reference format: repository name (Name) must be lowercase\n\nRun 'docker run --help' for more information\n[exit 125]\n",
    ],
    [
      "docker pull -a alpine",
      "docker: the flag --all-tags of 'docker pull' is not simulated in Lamina; the nearest is `docker pull NAME:TAG`, once for each tag.\n[exit 1]\n",
    ],
    ["docker pull --platform linux/amd64 -q alpine", "docker.io/library/alpine:latest\n"],
  ])("%s", async ([line, output]) => {
    expect(await (await host()).run(line ?? "")).toBe(output);
  });
});
