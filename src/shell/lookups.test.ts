import { expect, test } from "vitest";
import type { EngineEvent } from "../engine/event.ts";
import { GNU, processOf, runDetached, testHost, Typist, volumeAt } from "./testing.ts";
import type { TestHost } from "./testing.ts";

const FILES = "etc/motd = hello\\n\netc/link -> motd\nopt/data/x = 1\\n\nopt/data/y = 2\\n\nusr/bin/vim *9\ndata/\n";

/** "path: answers from the top", with what was asked for where that is another. */
function told(host: TestHost): string[] {
  const reads = host.tx.story.flatMap(({ event }) => (event.type === "fs.read" ? [event] : []));
  return reads.map(({ path, asked, answers }: Extract<EngineEvent, { type: "fs.read" }>) => {
    const words = answers.map(({ layer, answer }) => `${layer.slice(0, 8)} ${answer}`).join(", ");
    return `${asked === path ? "" : `${asked} > `}${path}: ${words}`;
  });
}

const IMAGE = "writable nothing, init nothing, sha256:a found";
const WRITTEN = "writable found";
const WHITEOUT = "writable whiteout";
const NOWHERE = "writable nothing, init nothing, sha256:a nothing";

test.each<[line: string, told: string[], before?: string]>([
  ["cat /etc/motd", [`/etc/motd: ${IMAGE}`]],
  ["cd /etc; head -n 1 ./motd", [`/etc/motd: ${IMAGE}`]],
  ["cat /etc/motd", [`/etc/motd: ${WRITTEN}`], "echo more >> /etc/motd"],
  ["cat /etc/motd", [`/etc/motd: ${WHITEOUT}`], "rm /etc/motd"],
  ["ls /etc/motd; stat /etc/motd", [`/etc/motd: ${WHITEOUT}`, `/etc/motd: ${WHITEOUT}`], "rm /etc/motd"],
  ["cat /opt/data/x", [`/opt/data/x > /opt/data: ${WHITEOUT}`], "rm -r /opt/data"],
  ["cat /opt/data/y", ["/opt/data/y: writable opaque"], "rm -r /opt/data; mkdir /opt/data"],
  ["cat /nosuch", [`/nosuch: ${NOWHERE}`]],
  ["cat /no/such", [`/no/such > /no: ${NOWHERE}`]],
  ["cat /etc/link", [`/etc/link > /etc/motd: ${IMAGE}`]],
  ["ls -l /etc/link", [`/etc/link: ${IMAGE}`]],
  ["grep hello /etc/motd | wc -l", [`/etc/motd: ${IMAGE}`]],
  ["for f in x y; do cat /opt/data/$f; done", [`/opt/data/x: ${IMAGE}`, `/opt/data/y: ${IMAGE}`]],
  ["vim /etc/motd", [`/etc/motd: ${IMAGE}`]],
  ["which cat", [`/usr/bin/cat: ${IMAGE}`]],
  ["command -v cat; type cat", [`/usr/bin/cat: ${IMAGE}`, `/usr/bin/cat: ${IMAGE}`]],
  // What is no lookup of a file in the layers, or not the line's own.
  ["ls /etc; ls; cat /etc", []],
  ["grep -r hello /etc > /dev/null; find /etc -name motd", []],
  ["cat /data/f; cat /etc/hostname; cat /proc/uptime > /dev/null", [], "echo 1 > /data/f"],
  ["sh -c 'cat /etc/motd'; cp /etc/motd /m; echo hi > /n", []],
  ["which nosuch", []],
  // A few are enough.
  [
    "cat /etc/motd /opt/data/x /opt/data/y /etc/link",
    [`/etc/motd: ${IMAGE}`, `/opt/data/x: ${IMAGE}`, `/opt/data/y: ${IMAGE}`],
  ],
])("%s", async (line, expected, before) => {
  const host = testHost(GNU + FILES, { mounts: [volumeAt("vol", "/data")] });
  const typist = await Typist.open(host, processOf(["bash"]));
  if (before !== undefined) await typist.type(before);
  host.commit();
  await typist.type(line);
  expect(told(host)).toEqual(expected);
});

test.each<[argv: string[], told: string[]]>([
  [["cat", "/etc/motd"], [`/etc/motd: ${IMAGE}`]],
  [["which", "cat"], [`/usr/bin/cat: ${IMAGE}`]],
  [["sh", "-c", "cat /etc/motd"], []],
])("docker exec web %j", async (argv, expected) => {
  const host = testHost(GNU + FILES);
  const { stderr } = await runDetached(host, argv);
  expect([told(host), stderr]).toEqual([expected, ""]);
});

test("a lookup is a step that changes nothing, and is no update", async () => {
  const host = testHost(GNU + FILES);
  const { state } = host.tx;
  await runDetached(host, ["cat", "/etc/motd"]);
  expect([host.tx.story.length, host.tx.updates, host.tx.state === state]).toEqual([1, 0, true]);
});
