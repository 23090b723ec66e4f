import { describe, expect, it } from "vitest";
import { LinkError, decodeLink, encodeLink } from "./link.ts";
import { scenarioOf, stories } from "./links/stories.ts";
import { damaged } from "./links/damage.ts";
import { fragmentInPicture, pngChunk, pngWithScene, svgMetadata } from "./picture-scene.ts";
import { PracticePage } from "./practice.ts";
import { seededRandom } from "./random.ts";
import { readScene } from "./scene-file.ts";

const [story] = stories;
const fragment = story ? encodeLink(scenarioOf(story)) : "";

/** One black pixel. */
const png = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg=="),
  (char) => char.charCodeAt(0),
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg">${svgMetadata(`${fragment}&path=/a"<b>&step=1`)}<g/></svg>`;

const images = (page: PracticePage) =>
  page.host.state(null).images.map(({ id, refs, layers }) => ({ id, refs, layers }));

async function reasonOf(file: Blob): Promise<string> {
  try {
    const { fragment: read } = await readScene(file);
    return decodeLink(read).damage?.reason ?? "whole";
  } catch (error) {
    return error instanceof LinkError ? error.reason : String(error);
  }
}

/** A host into which an image and a file were handed. */
async function sender(): Promise<PracticePage> {
  const other = await PracticePage.open({ seed: "a7c" });
  await other.type("docker run --name box alpine:3.20 touch /new");
  await other.type("docker commit box mine:1");
  await other.type("docker tag mine:1 also:mine");
  const archive = await other.host.exportImage("mine:1", "docker-archive");
  const page = await PracticePage.open();
  await page.type("docker pull busybox");
  await page.host.importImage(archive);
  await page.host.putFile("notes.txt", new Blob(["line one\n"]));
  await page.type("docker run --name box mine:1 touch /newer");
  await page.type("docker commit box mine:2");
  await page.type("docker cp notes.txt box:/notes");
  await page.type("docker commit box mine:3");
  return page;
}

describe("a scene as a file", () => {
  it("holds what no link can, and opens to the same digests", async () => {
    const page = await sender();
    expect(page.host.link().left).toEqual(["mine:1", "/home/learner/notes.txt"]);
    const { file, left } = await page.host.sceneFile();
    expect(left).toEqual([]);
    const { fragment: read, brought } = await readScene(file);
    expect(read).toBe(page.host.link().fragment);
    const { seed, entries } = decodeLink(read).scenario;
    const visitor = await PracticePage.open({ seed });
    expect(await visitor.host.replay(entries, 80, brought)).toBe(0);
    expect(images(visitor)).toEqual(images(page));
    expect(await visitor.says("cat notes.txt")).toBe("line one\n");
    // What was handed in there can be sent on.
    expect((await visitor.host.sceneFile()).left).toEqual([]);
  });

  it("holds an image that was handed in and is gone since", async () => {
    const page = await sender();
    for (const line of ["docker rm box", "docker rmi mine:3 mine:2 mine:1"]) await page.type(line);
    const { file, left } = await page.host.sceneFile();
    expect(left).toEqual([]);
    expect((await readScene(file)).brought.size).toBe(2);
  });

  it("whose archive is damaged leaves that line out", async () => {
    const page = await sender();
    const { seed, entries } = page.host.scenario;
    const visitor = await PracticePage.open({ seed });
    const brought = new Map([[1, { kind: "images", archive: new Blob(["no archive"]) } as const]]);
    expect(await visitor.host.replay(entries, 80, brought)).toBeGreaterThan(0);
    expect(images(visitor).flatMap(({ refs }) => refs)).toContain("busybox:latest");
  });

  it("is the same for the same scene", async () => {
    const page = await sender();
    const [a, b] = [await page.host.sceneFile(), await page.host.sceneFile()];
    expect(new Uint8Array(await a.file.arrayBuffer())).toEqual(new Uint8Array(await b.file.arrayBuffer()));
  });
});

describe("a scene is found", () => {
  it.each([
    ["in a PNG", new Blob([pngWithScene(png, fragment) as Uint8Array<ArrayBuffer>])],
    ["in an SVG", new Blob([svg])],
    ["in a text that is a link", new Blob([`https://example.com/lamina/#${fragment}&step=2\n`])],
    ["in what is behind a link's #", new Blob([fragment])],
  ])("%s", async (_, file) => expect(await reasonOf(file)).toBe("whole"));

  it("with how it opens", async () => {
    expect((await readScene(new Blob([svg]))).fragment).toBe(`${fragment}&path=/a"<b>&step=1`);
    expect(svg).not.toContain("<b>");
  });

  it.each([
    ["an empty file", ""],
    ["a text", "Dear all, here is the link"],
    ["another JSON", `{"version": 3}`],
    ["a program", "\x7fELF\x02\x01\x01\0\0\0"],
    ["a picture of something else", png],
    ["another SVG", "<svg/>"],
  ])("nowhere in %s", async (_, content) => expect(await reasonOf(new Blob([content]))).toBe("foreign"));

  it("nowhere in an archive of images", async () => {
    const page = await PracticePage.open();
    await page.type("docker pull busybox");
    expect(await reasonOf(await page.host.exportImage("busybox", "docker-archive"))).toBe("foreign");
  });
});

it("a PNG's chunk is as the specification has it", () => {
  expect([...pngChunk("IEND", new Uint8Array(0))]).toEqual([0, 0, 0, 0, 73, 69, 78, 68, 0xae, 0x42, 0x60, 0x82]);
  expect(fragmentInPicture(png)).toBeNull();
});

it("a thousand damaged files end in a scene or in a reason", async () => {
  const page = await sender();
  const text = async (blob: Blob): Promise<string> =>
    Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join("");
  const { file } = await page.host.sceneFile();
  const small = await (await PracticePage.open()).host.sceneFile();
  const samples = [
    await text(file.slice(0, 60_000)),
    await text(small.file),
    await text(new Blob([pngWithScene(png, fragment) as Uint8Array<ArrayBuffer>])),
    svg,
  ];
  const random = seededRandom("files", 0);
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join("");
  const seen = new Map<string, number>();
  for (let round = 0; round < 1000; round++) {
    const broken = damaged(samples[round % samples.length] ?? "", random, bytes);
    const reason = await reasonOf(new Blob([Uint8Array.from(broken, (char) => char.charCodeAt(0))]));
    expect(["whole", "cut", "altered", "foreign", "newer", "damaged", "empty"]).toContain(reason);
    seen.set(reason, (seen.get(reason) ?? 0) + 1);
  }
  for (const reason of ["whole", "foreign", "damaged"]) expect(seen.get(reason)).toBeGreaterThan(20);
}, 60_000);
