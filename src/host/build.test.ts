import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { memoryStore } from "../storage/memory/store.ts";
import { decodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";

/** The directory that the recorded session was in. */
const FILES: readonly (readonly [name: string, lines: readonly string[]])[] = [
  [
    "Dockerfile",
    [
      "FROM alpine AS build",
      "WORKDIR /src",
      "COPY a.txt .",
      "RUN cat a.txt > out.txt",
      "FROM alpine",
      "ARG WHO=me",
      "ENV GREET=hi",
      "LABEL v=1",
      "COPY --from=build /src/out.txt /out.txt",
      'RUN echo "$WHO" > /who && rm /etc/os-release',
      "EXPOSE 80",
      "USER 1000",
      'ENTRYPOINT ["cat"]',
      'CMD ["/out.txt"]',
    ],
  ],
  [".dockerignore", ["*.log"]],
  ["a.txt", ["1"]],
  ["D2", ["FROM alpine", "COPY nosuch /x"]],
  ["D3", ["FROM alpine", "RUN false"]],
  ["D4", ["FROM alpine", "FOO bar"]],
  ["D6", ["from alpine as X", "CMD echo hi", "MAINTAINER me"]],
  ["D7", ["FROM scratch", 'CMD ["x"]']],
  [
    "D8",
    [
      "FROM alpine",
      "RUN mkdir /n && echo 1 > /n/1",
      "RUN rm -rf /n && mkdir /n && echo 2 > /n/2",
      "RUN rm /n/2",
      "RUN touch /etc/passwd",
      "RUN true",
    ],
  ],
];

/** A host where alpine is here, in a directory with these files. */
async function inDirectory(files = FILES): Promise<PracticePage> {
  const page = await PracticePage.open();
  await page.type("docker pull -q alpine:3.20; docker tag alpine:3.20 alpine; mkdir ctx; cd ctx; touch D5");
  for (const [name, lines] of files) await write(page, name, lines);
  return page;
}

async function write(page: PracticePage, name: string, lines: readonly string[]): Promise<void> {
  await page.type(`cat > ${name} <<'END'\n${lines.join("\n")}\nEND`);
}

/** Times, what depends on them, and how the base was made. */
const timeless = (text: string): string =>
  text
    .replace(/\b\d+\.\ds\b/g, "0.0s")
    .replace(/exporting layers( 0\.0s)? done/g, "exporting layers done")
    .replace(/writing image sha256:[0-9a-f]{64}/g, "writing image ID")
    .replace(/[-0-9a-f]{36}::[0-9a-z]{25}/g, "REF")
    .replace(/^ADD (base|alpine-minirootfs).*$/gm, "ADD BASE");

/** docker builds stages beside each other, and tells what is cached in any order; of a context it sends what is new. */
const orderless = (text: string): string =>
  text
    .replace(/^#\d+ /gm, "# ")
    .replace(/(build context\n# transferring context:) \d+B/, "$1 SIZE")
    .split("\n\n")
    .toSorted()
    .join("\n\n");

test("what a build prints is what a real docker printed", async () => {
  const page = await inDirectory();
  const recorded = readFileSync(new URL("testdata/build.txt", import.meta.url), "utf8");
  const steps = recorded.split(/^(?=\$ )/m).slice(1);
  expect(steps.length).toBeGreaterThan(10);
  for (const step of steps) {
    const [command = "", ...rest] = step.split("\n");
    const line = command.slice(2).replace(/ (\{\{.*\}\}) /, " '$1' ");
    const wanted = rest.join("\n").replace(/\[exit \d+\]\n$/, "");
    const { output } = await page.type(line.replace(/^docker build(?= -t app)/, "docker build --progress=plain"));
    const same = wanted.includes("CACHED") ? orderless : (text: string) => text;
    expect(`${command}\n${same(timeless(output))}`).toBe(`${command}\n${same(timeless(wanted))}`);
  }
});

const APP = [
  "FROM alpine:3.20",
  "COPY a.txt /a",
  "RUN apk add --no-cache tree > /dev/null",
  "RUN cat /a > /b",
  'CMD ["cat", "/b"]',
];

const layersOf = (page: PracticePage, ref: string) =>
  page.host.state(null).images.find(({ refs }) => refs.includes(ref))?.layers;

describe("an image that is built", () => {
  const files = [
    ["Dockerfile", APP],
    ["a.txt", ["hello"]],
  ] as const;

  it("runs, and has what each instruction wrote", async () => {
    const page = await inDirectory(files);
    expect((await page.type("docker build -q -t app .")).output).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(await page.says("docker run --rm app")).toBe("hello\n");
    expect(await page.says("docker run --rm app which tree")).toBe("/usr/bin/tree\n");
    expect(layersOf(page, "app:latest")).toHaveLength(4);
    expect(await page.says("docker ps -aq")).toBe("");
    expect(await page.says("docker history app --format '{{.CreatedBy}} {{.Size}}'")).toMatch(
      /^CMD \["cat" "\/b"\] 0B\nRUN \/bin\/sh -c cat \/a > \/b # buildkit 6B\n.*apk add.* [\d.]+[kM]B\nCOPY a.txt \/a # buildkit 6B\n/,
    );
  });

  it("shares with the next one what is above the line that changed", async () => {
    const page = await inDirectory(files);
    await page.type("docker build -t app:1 .");
    await page.type("sed -i 's/cat .a > .b/tac \\/a > \\/c/' Dockerfile");
    const { output } = await page.type("docker build --progress=plain -t app:2 .");
    expect(output.match(/^#\d+ (CACHED|\[\d\/\d\] \w+)/gm)?.map((line) => line.replace(/^#\d+ /, ""))).toEqual([
      "[1/4] FROM",
      "[2/4] COPY",
      "CACHED",
      "[3/4] RUN",
      "CACHED",
      "[4/4] RUN",
    ]);
    const [one = [], two = []] = [layersOf(page, "app:1"), layersOf(page, "app:2")];
    expect(two.slice(0, 3)).toEqual(one.slice(0, 3));
    expect(two[3]).not.toBe(one[3]);
  });

  it("has the same digests when it is opened from a link, and after a reload the cache is there", async () => {
    const store = memoryStore();
    const page = await PracticePage.open({ store });
    for (const [name, lines] of files) await write(page, name, lines);
    await page.type("docker build -t app .");
    const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
    const visitor = await PracticePage.open({ seed });
    visitor.now += 1e9;
    await visitor.host.replay(entries, 80);
    expect(layersOf(visitor, "app:latest")).toEqual(layersOf(page, "app:latest"));
    const later = await PracticePage.open({ store });
    later.now = page.now;
    expect((await later.says("docker build --progress=plain .")).match(/CACHED/g)).toHaveLength(3);
  });

  it("is not there when Ctrl-C came, and the replay stops in the same place", async () => {
    const page = await inDirectory([
      ["Dockerfile", ["FROM alpine:3.20", "RUN echo 1 > /x", "RUN sleep 100; echo 2 > /y"]],
    ]);
    const building = page.type("docker build -t app .");
    await new Promise((resolve) => setTimeout(resolve, 300));
    page.host.interrupt("host");
    expect((await building).exitCode).toBe(130);
    const seen = () => page.host.state(null);
    expect([seen().containers, seen().images.length, seen().layers.length]).toEqual([[], 1, 2]);
    const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
    const visitor = await PracticePage.open({ seed });
    await visitor.host.replay(entries, 80);
    expect(visitor.host.state(null).layers).toEqual(seen().layers);
  });

  it("can come from a Dockerfile alone, or a tar of all", async () => {
    const page = await inDirectory(files);
    expect(
      await page.says(
        "printf 'FROM alpine\\nRUN echo 1 > /one' | docker build -q -t one - && docker run --rm one cat /one",
      ),
    ).toMatch(/\n1\n$/);
    expect(await page.says("tar c . | docker build -q -t two - && docker run --rm two")).toMatch(/\nhello\n$/);
    expect((await page.type("docker build - < a.txt")).output).toContain(
      "dockerfile parse error on line 1: unknown instruction: HELLO",
    );
    expect((await page.type("docker build nowhere")).output).toBe(
      'ERROR: failed to build: unable to prepare context: path "nowhere" not found\n',
    );
  });

  it("is accounted for on disk, and what only the cache keeps can be pruned", async () => {
    const page = await inDirectory([["Dockerfile", ["FROM alpine:3.20", "RUN printf 12345 > /x"]]]);
    await page.type("docker build -t app . && docker rmi app");
    expect(await page.says("docker system df")).toContain("Build Cache     2         0         5B        5B\n");
    expect(await page.says("docker system df -v")).toMatch(
      /\n[0-9a-z]{12} +regular +5B +\d seconds? ago +\d seconds? ago +1 +false\n/,
    );
    const { output } = await page.type("docker builder prune -f");
    expect(output).toMatch(/^Deleted build cache objects:\n[0-9a-z]{25}\n\nTotal reclaimed space: 5B\n$/);
    expect(page.host.state(null).layers).toHaveLength(1);
  });
});
