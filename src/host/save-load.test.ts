import { beforeAll, expect, test } from "vitest";
import { PracticePage } from "./practice.ts";

let page: PracticePage;
beforeAll(async () => {
  page = await PracticePage.open();
  await page.type("docker run --name made busybox sh -c 'echo hi > /hi'");
  await page.type("docker commit -m 'a greeting' made my/hi:1");
}, 60_000);

const says = async (line: string): Promise<string> => {
  const { output, exitCode } = await page.type(line);
  return output.replaceAll("\r\n", "\n") + (exitCode === 0 ? "" : `[exit ${exitCode}]`);
};

test("an image that was saved, removed and loaded is the same image, its history too", async () => {
  const before = await says(
    "docker images --no-trunc -q my/hi:1; docker history --no-trunc --format '{{.CreatedBy}} {{.Size}} {{.Comment}}' my/hi:1",
  );
  expect(await says("docker save -o hi.tar my/hi:1")).toBe("");
  await page.type("docker rm made");
  expect(await says("docker rmi my/hi:1")).toContain("Deleted: sha256:");
  expect(await says("docker load -i hi.tar")).toBe("Loaded image: my/hi:1\n");
  expect(
    await says(
      "docker images --no-trunc -q my/hi:1; docker history --no-trunc --format '{{.CreatedBy}} {{.Size}} {{.Comment}}' my/hi:1",
    ),
  ).toBe(before);
  expect(await says("docker load -q -i hi.tar")).toBe("Loaded image: my/hi:1\n");
});

test("an image saved by its id brings no name, and one that is here keeps its own", async () => {
  const id = (await says("docker images --no-trunc -q my/hi:1")).trim();
  await page.type(`docker save -o id.tar ${id}`);
  expect(await says("docker load < id.tar")).toBe(`Loaded image ID: ${id}\n`);
});

test("it goes through a pipe, with all layers; what docker export wrote has one", async () => {
  expect(await says("docker save my/hi:1 | tar t | grep -c blobs/sha256/.")).toBe("4\n");
});

test.for([
  ["docker save -o x.tar nosuch", "Error response from daemon: No such image: nosuch\n[exit 1]"],
  ["docker save my/hi:1", "cowardly refusing to save to a terminal. Use the -o flag or redirect\n[exit 1]"],
  [
    "docker save -o /none/x.tar my/hi:1",
    "failed to save image: invalid output path: stat /none: no such file or directory\n[exit 1]",
  ],
  ["seq 1000 > junk; docker load -i junk", "archive/tar: invalid tar header\n[exit 1]"],
  ["docker load -i nosuch.tar", "open nosuch.tar: no such file or directory\n[exit 1]"],
  ["docker load", "requested load from stdin, but stdin is empty\n[exit 1]"],
] as const)("%s", async ([line, answer]) => {
  expect(await says(line)).toBe(answer);
});
