import { expect, it } from "vitest";
import { memoryStore } from "../storage/memory/store.ts";
import { decodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";

const images = (page: PracticePage) =>
  page.host.state(null).images.map(({ id, refs, layers }) => ({ id, refs, layers }));

/** An archive of an image that a container was committed to. */
async function archive(): Promise<{ blob: Blob; images: ReturnType<typeof images> }> {
  const page = await PracticePage.open({ seed: "a7c" });
  await page.type("docker pull alpine:3.20");
  await page.type("docker run --name box alpine:3.20 touch /new");
  await page.type("docker commit box mine:1");
  await page.type("docker rmi alpine:3.20");
  const blob = await page.host.exportImage("mine:1", "docker-archive");
  return { blob, images: images(page).filter(({ refs }) => refs.includes("mine:1")) };
}

it("loads what another host exported, told and kept like a command", async () => {
  const { blob, images: exported } = await archive();
  const store = memoryStore();
  const page = await PracticePage.open({ store });
  expect(await page.host.importImage(blob)).toEqual(["mine:1"]);
  expect(images(page)).toEqual(exported);
  const frames = page.messages.flatMap((message) => (message.type === "frames" ? message.frames : []));
  expect(frames.map(({ event }) => event.type)).toContain("layer.extract");
  const reopened = await PracticePage.open({ store });
  expect(images(reopened)).toEqual(exported);
  expect(await reopened.says("docker run --rm mine:1 ls /new")).toBe("/new\n");
});

it("keeps nothing of a file that is no image", async () => {
  const page = await PracticePage.open();
  await expect(page.host.importImage(new Blob(["no tar at all".repeat(100)]))).rejects.toThrow(
    "archive/tar: invalid tar header",
  );
  expect(page.host.scenario.entries).toEqual([]);
  expect(await page.says("docker images -q")).toBe("");
});

it("is named by a link that cannot carry it, and changes nothing for the commands after it", async () => {
  const { blob } = await archive();
  const page = await PracticePage.open();
  await page.type("docker pull alpine:3.20");
  await page.host.importImage(blob);
  await page.type("docker run --name box alpine:3.20 touch /other");
  await page.type("docker commit box other:1");
  const { fragment, left, commands } = page.host.link();
  expect([left, commands]).toEqual([["mine:1"], 3]);
  const { seed, entries } = decodeLink(fragment).scenario;
  const visitor = await PracticePage.open({ seed });
  await visitor.host.replay(entries, 80);
  expect(images(visitor)).toEqual(images(page).filter(({ refs }) => !refs.includes("mine:1")));
});

it("exports nothing under a name that is not there", async () => {
  const page = await PracticePage.open();
  await expect(page.host.exportImage("nosuch", "oci-archive")).rejects.toThrow("No such image: nosuch:latest");
});
