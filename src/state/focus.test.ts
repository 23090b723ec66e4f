import { expect, test } from "vitest";
import type { EngineEvent } from "../engine/event.ts";
import type { HostState } from "../engine/host-state.ts";
import { PracticePage } from "../host/practice.ts";
import { type Focus, focusBefore, focusIn, focusOf } from "./focus.ts";
import { emptyHost } from "./story.ts";

interface Seen {
  readonly event: EngineEvent;
  readonly before: HostState;
  readonly focus: Focus | null;
}

/** Where each step of a story is seen by who follows it. */
async function seenIn(...lines: string[]): Promise<Seen[]> {
  const page = await PracticePage.open();
  for (const line of lines) await page.type(line);
  const seen: Seen[] = [];
  let before = emptyHost;
  let focus: Focus | null = null;
  for (const message of page.messages) {
    if (message.type !== "frames") continue;
    for (const { event, state } of message.frames) {
      focus = focusIn(state, focusOf(event, focus, before) ?? focus);
      seen.push({ event, before, focus });
      before = state;
    }
  }
  return seen;
}
const pull = "docker pull alpine:3.20";
const container = (command: string) => `docker run --name box alpine:3.20 sh -c '${command}'`;
const commit = "docker commit box mine:1";

test.for([
  ["a file", "echo 1 > /root/x", "/root"],
  ["files far apart", "echo 1 > /root/x; rm /etc/motd", "/"],
  [
    "files of one directory, and a directory in place of another",
    "rm -r /etc/apk; mkdir /etc/apk; rm /etc/motd",
    "/etc",
  ],
  ["a new tree, from outside", "mkdir -p /srv/a/b; echo 1 > /srv/a/b/c", "/srv"],
  ["what is deep in new directories, where the first of them stands", "mkdir -p /new/a/b; echo 1 > /new/a/b/c", "/"],
  ["nothing", "true", "/"],
] as const)("a commit of %s is seen where the layer branches", async ([, command, path]) => {
  const seen = await seenIn(pull, container(command), commit);
  const last = seen.at(-1);
  expect(last?.event.type).toBe("container.commit");
  expect(last?.focus).toMatchObject({ target: { kind: "image" }, path });
  expect(last && focusBefore(last.event, last.focus)).toMatchObject({ target: { kind: "container" }, path });
});

test("what a package manager has unpacked is seen, not where it has cleaned up after itself", {
  timeout: 60_000,
}, async () => {
  const install = "docker run --name box ubuntu:22.04 sh -c 'apt-get update; apt-get install -y vim'";
  const seen = await seenIn("docker pull ubuntu:22.04", install, commit);
  const bursts = seen.filter(({ event }) => event.type === "fs.burst");
  expect(bursts.some(({ event }) => event.type === "fs.burst" && event.path.startsWith("/var/cache"))).toBe(true);
  expect(bursts.at(-1)?.focus?.path).toBe("/");
  expect(seen.at(-1)?.focus?.path).toBe("/");
});

test("a burst that leaves whiteouts is seen where they are", async () => {
  const seen = await seenIn(pull, container("rm -r /etc/apk/* /etc/[i-m]*"));
  expect(seen.findLast(({ event }) => event.type === "fs.burst")?.focus?.path).toBe("/etc");
});

test("what was removed is seen before, and what is left of it after", async () => {
  const again = "docker run --name two mine:1 touch /two";
  const seen = await seenIn(pull, container("touch /one"), commit, again, "docker rm two", "docker rmi mine:1");
  const [alpine, mine] = ["alpine:3.20", "mine:1"].map(
    (name) =>
      seen
        .find(({ before }) => before.images.some(({ refs }) => refs.includes(name)))
        ?.before.images.find(({ refs }) => refs.includes(name))?.id,
  );
  const at = (type: EngineEvent["type"]) => seen.findLast(({ event }) => event.type === type);
  const [create, removed, untagged, deleted] = (
    ["container.create", "container.remove", "image.untag", "image.delete"] as const
  ).map(at);
  if (!create || !removed || !untagged || !deleted) throw new Error("not told");
  expect(focusBefore(create.event, create.focus)).toEqual({ target: { kind: "image", id: mine }, path: "/" });
  expect(focusBefore(removed.event, removed.focus)?.target.kind).toBe("container");
  expect(removed.focus?.target.id).toBe(mine);
  expect(untagged.focus?.target.id).toBe(mine);
  expect(focusBefore(deleted.event, deleted.focus)?.target.id).toBe(mine);
  expect(deleted.focus?.target.id).toBe(alpine);
});
