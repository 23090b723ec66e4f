import { expect, test } from "vitest";
import { memoryStore } from "../storage/memory/store.ts";
import { decodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";

/** Every line and what it prints. */
const story: readonly (readonly [line: string, output: unknown])[] = [
  ["docker volume create data", "data\n"],
  [
    "docker run --rm -v data:/etc/apt ubuntu:22.04 sh -c 'ls /etc/apt/apt.conf.d | head -2'",
    "01autoremove\n70debconf\n",
  ],
  ["docker run --rm -v data:/etc/apt ubuntu:22.04 sh -c 'echo kept > /etc/apt/mine; rm -r /etc/apt/apt.conf.d'", ""],
  ["docker run --rm -v data:/x ubuntu:22.04 cat /x/mine", "kept\n"],
  ["docker run --rm --tmpfs /t -w /t/work ubuntu:22.04 pwd", "/t/work\n"],
  [
    "docker run --rm --read-only -v data:/x -w /new ubuntu:22.04 sh -c 'pwd; touch /x/y; touch /z'",
    "/new\ntouch: cannot touch '/z': Read-only file system\n",
  ],
  ["docker run --name writer -v data:/not/there ubuntu:22.04 sh -c 'echo a > /not/there/a; echo b > /b'", ""],
  ["docker diff writer", "A /b\nA /not\nA /not/there\n"],
  ["docker commit writer written", expect.stringMatching(/^sha256:/)],
  ["docker run --rm written ls /b /not/there", "/b\n\n/not/there:\n"],
  ["docker rm -v writer", "writer\n"],
  ["docker rmi -f written ubuntu:22.04", expect.stringContaining("Deleted: sha256:")],
  ["docker images -q", ""],
  ["docker volume ls -q", "data\n"],
];

test("volumes from the first line to the last, read again by a link and after a reload", async () => {
  const store = memoryStore();
  const page = await PracticePage.open({ store });
  await page.type("docker pull ubuntu:22.04");
  for (const [line, output] of story) expect([line, await page.says(line)]).toEqual([line, output]);
  const volumes = page.host.state(null).volumes;
  expect(volumes).toMatchObject([{ name: "data", usedBy: [] }]);

  const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
  const visitor = await PracticePage.open({ seed });
  await visitor.host.replay(entries, 80);
  expect(visitor.host.state(null).volumes).toMatchObject(volumes.map(({ size, files }) => ({ size, files })));

  const again = await PracticePage.open({ store });
  again.now = page.now;
  expect(again.host.state(null).volumes).toEqual(volumes);
  await again.type("docker pull ubuntu:22.04");
  expect(await again.says("docker run --rm -v data:/x ubuntu:22.04 sh -c 'ls /x; cat /x/mine'")).toContain("kept\n");
});
