import { beforeAll, describe, expect, test } from "vitest";
import { TreeRows } from "../engine/insight/tree-rows.ts";
import type { ImageId } from "../core/oci/digest.ts";
import type { StackTarget } from "../engine/stack-view.ts";
import type { Comparison, Mark } from "../engine/insight/comparison.ts";
import type { PlateRange } from "../engine/insight/plates.ts";
import type { InsightName, Insights, Question } from "./insight.ts";
import { PracticePage } from "./practice.ts";

const HEAVY = 120_000;

async function ask<N extends InsightName>(page: PracticePage, about: N, question: Insights[N]["question"]) {
  const answer = await page.host.insight({ about, ...question } as Question);
  if (answer === null) throw new Error(`no answer about ${about}`);
  return answer as NonNullable<Insights[N]["answer"]>;
}

function image(page: PracticePage, name: string): StackTarget & { kind: "image" } {
  const found = page.host.state(null).images.find(({ refs }) => refs.includes(name));
  if (!found) throw new Error(`no image ${name}`);
  return { kind: "image", id: found.id as ImageId };
}

function chain(page: PracticePage, name: string): readonly string[] {
  const { id } = image(page, name);
  return page.host.state(null).images.find((one) => one.id === id)?.chain ?? [];
}

function container(page: PracticePage, name: string): StackTarget & { kind: "container" } {
  const found = page.host.state(null).containers.find((one) => one.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return { kind: "container", id: found.id };
}

const now = { step: null };

describe("60 MB deleted in a container and committed", () => {
  let page: PracticePage;
  beforeAll(async () => {
    page = await PracticePage.open();
    for (const line of [
      "docker run --name first alpine:3.20 sh -c 'mkdir -p /opt/data/deep && dd if=/dev/zero of=/opt/data/a bs=1M count=40 && dd if=/dev/zero of=/opt/data/deep/b bs=1M count=20'",
      "docker commit -m 'adds data' first my/big",
      "docker run --name second my/big sh -c 'rm -rf /opt/data; chmod 600 /etc/motd; echo new > /etc/issue'",
      "docker commit -m 'removes data' second my/small",
    ]) {
      expect((await page.type(line)).exitCode).toBe(0);
    }
  }, HEAVY);

  test("the image has grown all the same, and dead bytes name the directory, its layer, the layer that deleted it", async () => {
    const [base, big, small] = chain(page, "my/small:latest");
    const { dead, total, groups } = await ask(page, "dead-bytes", { ...now, target: image(page, "my/small:latest") });
    expect(groups[0]).toEqual({
      directory: "/opt/data",
      whole: true,
      layer: big,
      killer: small,
      reason: "deleted",
      size: 60 << 20,
      files: 2,
      first: [
        { path: "/opt/data/a", size: 40 << 20 },
        { path: "/opt/data/deep/b", size: 20 << 20 },
      ],
    });
    expect(
      groups
        .slice(1)
        .map(({ layer, killer, reason, directory }) => [layer === base, killer === small, reason, directory]),
    ).toEqual(
      expect.arrayContaining([
        [true, true, "metadata", "/etc"],
        [true, true, "overwritten", "/etc"],
      ]),
    );
    expect(dead).toBe(groups.reduce((sum, { size }) => sum + size, 0));
    const sizes = page.host.state(null).images.map(({ refs, size }) => [refs[0], size] as const);
    const size = (name: string): number => sizes.find(([ref]) => ref === name)?.[1] ?? 0;
    expect(total).toBe(size("my/small:latest"));
    expect(size("my/small:latest")).toBeGreaterThan(size("my/big:latest"));
  });

  test("in the container it is the writable layer that killed them", async () => {
    const { groups } = await ask(page, "dead-bytes", { ...now, target: container(page, "second") });
    expect(groups[0]).toMatchObject({ directory: "/opt/data", killer: "writable", size: 60 << 20 });
  });

  test("X-ray: who supplies a path, whom it hides, and why", async () => {
    const [base, big, small] = chain(page, "my/small:latest");
    const target = image(page, "my/small:latest");
    const told = async (path: string) => {
      const { seen, rows } = await ask(page, "x-ray", { ...now, target, path });
      return [seen?.layer ?? null, ...rows.map(({ layer, kind, hidden }) => [layer, kind, hidden?.reason ?? null])];
    };
    expect(await told("/etc/motd")).toEqual([small, [small, "file", null], [base, "file", "metadata"]]);
    expect(await told("/etc/issue")).toEqual([small, [small, "file", null], [base, "file", "overwritten"]]);
    expect(await told("/opt/data")).toEqual([null, [small, "whiteout", null], [big, "directory", "deleted"]]);
    expect(await told("/opt/data/a")).toEqual([null, [big, "file", "deleted"]]);
    expect(await told("/bin/busybox")).toEqual([base, [base, "file", null]]);
    expect(await told("/none")).toEqual([null]);
    const { rows } = await ask(page, "x-ray", { ...now, target, path: "/etc/motd" });
    expect(rows[1]?.hidden).toMatchObject({ by: small, at: "/etc/motd", aspects: ["mode"] });
    const { seen } = await ask(page, "x-ray", { ...now, target, path: "/etc/" });
    expect(seen).toMatchObject({ kind: "directory", layer: small, from: 2 });
  });

  test("lift a layer: what it deletes is back, without the one below it is gone", async () => {
    const [, big, small] = chain(page, "my/small:latest");
    const without = (name: string, layer = "") =>
      ask(page, "lift", { ...now, target: image(page, name), layer: layer as never });
    expect(await without("my/small:latest", small)).toMatchObject({
      lost: { files: 0, bytes: 0 },
      older: { files: 2 },
      back: { files: 2, bytes: 60 << 20 },
    });
    const { lost, first } = await without("my/big:latest", big);
    expect(lost).toEqual({ files: 2, bytes: 60 << 20 });
    expect(first).toContainEqual({ path: "/opt/data/deep/b", mark: "D", size: 20 << 20 });
  });

  test("compare two images: marks, sizes, aspects, and the text of a changed file", async () => {
    const side = (name: string) => ({ ...now, target: image(page, name), layers: null });
    const sides = { before: side("my/big:latest"), after: side("my/small:latest") };
    const { entries, added, changed, deleted } = await ask(page, "compare", sides);
    expect({ added, deleted }).toEqual({
      added: { files: 0, bytes: 0 },
      deleted: { files: 2, bytes: 60 << 20 },
    });
    expect(changed.files).toBe(2);
    const aspects = Object.fromEntries(entries.map(({ path, mark, aspects: in_ }) => [path, [mark, ...in_].join(" ")]));
    expect(aspects).toMatchObject({ "/etc/motd": "C mode", "/opt/data": "D", "/opt/data/a": "D" });
    expect(aspects["/etc/issue"]).toMatch(/^C content/);
    const text = await ask(page, "text", { ...sides, path: "/etc/issue" });
    expect(typeof text === "object" && text.rows[0]).toMatchObject({ after: { number: 1, text: "new" } });
    expect(await ask(page, "text", { ...sides, path: "/opt/data/a" })).toBe("large");
  });

  test("ranges of layers, and one container against its image", async () => {
    const target = image(page, "my/small:latest");
    const range = async (...[before, after]: [PlateRange, PlateRange]) => {
      const sides = { before: { ...now, target, layers: before }, after: { ...now, target, layers: after } };
      return ask(page, "compare", sides);
    };
    const paths = (found: Comparison, mark: Mark) =>
      found.entries.flatMap((entry) => (entry.mark === mark ? [entry.path] : []));
    expect((await range([1, 1], [1, 2])).added).toEqual({ files: 2, bytes: 60 << 20 });
    // The two upper layers by themselves: what the lower of them adds the upper one deletes.
    const upper = await range([2, 2], [3, 3]);
    expect(upper.deleted).toEqual({ files: 2, bytes: 60 << 20 });
    expect(paths(upper, "A").toSorted()).toEqual(["/etc", "/etc/issue", "/etc/motd"]);
    const both = await range([2, 2], [2, 3]);
    expect(paths(both, "D")).toEqual(["/opt/data", "/opt/data/a", "/opt/data/deep", "/opt/data/deep/b"]);
    expect((await range([2, 3], [2, 3])).entries).toEqual([]);
    expect((await range([1, 3], null)).entries).toEqual([]);
    const after = { ...now, target: container(page, "second"), layers: null };
    const { entries } = await ask(page, "compare", { before: { ...now, target, layers: null }, after });
    // What the container has of its own is what was committed; what dockerd's init layer has is all that is left.
    const inits = ["/.dockerenv", "/dev", "/dev/console", "/dev/pts", "/dev/shm", "/etc/hostname", "/etc/hosts"];
    expect([...inits, "/etc/mtab", "/etc/resolv.conf"]).toEqual(
      expect.arrayContaining(entries.map(({ path }) => path)),
    );
    expect(entries).not.toEqual([]);
  });

  test("the same file stored twice is read, and found equal", async () => {
    await page.type(
      "docker run --name third alpine:3.20 sh -c 'cp -p /etc/passwd /tmp/p && cat /tmp/p > /etc/passwd && touch -r /tmp/p /etc/passwd && rm /tmp/p'",
    );
    await page.type("docker commit third my/same");
    const side = (name: string) => ({ ...now, target: image(page, name), layers: null });
    const { entries } = await ask(page, "compare", { before: side("alpine:3.20"), after: side("my/same:latest") });
    expect(entries.find(({ path }) => path === "/etc/passwd")?.aspects ?? []).not.toContain("content");
  });

  test("a past moment is asked by its step", async () => {
    const { step } = page.host;
    await page.type("docker run -d --name live alpine:3.20 sleep 1d");
    await page.type("docker exec live sh -c 'echo one > /note'");
    const first = page.host.step;
    await page.type("docker exec live sh -c 'echo two > /note'");
    const target = container(page, "live");
    const content = async (at: number | null) => {
      const { bytes } = await ask(page, "file", { step: at, target, layer: null, path: "/note", limit: 100 });
      return new TextDecoder().decode(bytes ?? new Uint8Array());
    };
    expect([await content(first), await content(null)]).toEqual(["one\n", "two\n"]);
    expect(await page.host.insight({ about: "file", step, target, layer: null, path: "/note", limit: 1 })).toBeNull();
    const side = (at: number | null) => ({ step: at, target, layers: null });
    const { entries } = await ask(page, "compare", { before: side(first), after: side(null) });
    expect(entries.map(({ path, mark }) => `${mark} ${path}`)).toEqual(["C /note"]);
    const cut = await ask(page, "file", { ...now, target, layer: "writable", path: "/note", limit: 2 });
    expect([cut.bytes?.length, cut.size, cut.cut]).toEqual([2, 4, true]);
    const saved = await ask(page, "save", { ...now, target, layer: null, path: "/note" });
    expect(await saved.text()).toBe("two\n");
  });

  test("trees: merged, with the ghost of what is deleted; a layer alone; a volume in front", async () => {
    const target = container(page, "second");
    const merged = new TreeRows(await ask(page, "tree", { ...now, target, layer: null }));
    const ghost = merged.find("/opt/data");
    expect([merged.flat.kinds[ghost], merged.flat.marks[ghost]]).toEqual(["w", "D"]);
    expect(merged.flat.marks[merged.find("/etc/motd")]).toBe("C");
    expect(merged.flat.marks[merged.find("/bin/busybox")]).toBe(" ");
    expect(merged.flat.plates[merged.flat.rows[merged.find("/bin/busybox")] ?? -1]).toBe(chain(page, "alpine:3.20")[0]);
    const [, big] = chain(page, "my/big:latest");
    const alone = new TreeRows(
      await ask(page, "tree", { ...now, target: image(page, "my/big:latest"), layer: big as never }),
    );
    expect(alone.flat.sizes[0]).toBe(60 << 20);
    expect(alone.flat.marks[alone.find("/opt/data")]).toBe("A");
    await page.type("docker run --name mounted -v vol:/opt alpine:3.20 sh -c 'echo hello > /opt/word'");
    const mounted = new TreeRows(await ask(page, "tree", { ...now, target: container(page, "mounted"), layer: null }));
    expect(mounted.flat.sizes[mounted.find("/opt/word")]).toBe(6);
    expect([mounted.flat.flags[mounted.find("/opt")], mounted.flat.rows[mounted.find("/opt")]]).toEqual([2, 255]);
    const inside = await ask(page, "x-ray", { ...now, target: container(page, "mounted"), path: "/opt/word" });
    expect(inside.mount).toEqual({ type: "volume", volume: "vol", target: "/opt", kind: "file" });
  });
});

test(
  "ubuntu against my/ubuntu-vim, after the real story",
  async () => {
    const page = await PracticePage.open();
    for (const line of [
      "docker run -it --name dev ubuntu:22.04",
      "apt-get update",
      "apt-get install -y vim",
      "exit",
      "docker commit -m 'install vim' dev my/ubuntu-vim",
    ]) {
      expect([line, (await page.type(line)).exitCode]).toEqual([line, 0]);
    }
    const [base, vim] = chain(page, "my/ubuntu-vim:latest");
    const target = image(page, "my/ubuntu-vim:latest");
    const side = (name: string) => ({ ...now, target: image(page, name), layers: null });
    const sides = { before: side("ubuntu:22.04"), after: side("my/ubuntu-vim:latest") };
    const { added, deleted, entries } = await ask(page, "compare", sides);
    expect(entries.find(({ path }) => path === "/usr/bin/vim.basic")).toMatchObject({ mark: "A", before: null });
    expect(added.files).toBeGreaterThan(1000);
    expect(added.bytes).toBeGreaterThan(60_000_000);
    expect(deleted.files).toBe(0);
    const status = await ask(page, "text", { ...sides, path: "/var/lib/dpkg/status" });
    expect(typeof status === "object" && status.added).toBeGreaterThan(5);
    expect(
      typeof status === "object" &&
        status.rows.some((row) => row.kind === "added" && row.after?.text === "Package: vim"),
    ).toBe(true);
    const { seen, rows } = await ask(page, "x-ray", { ...now, target, path: "/usr/bin/vim.basic" });
    expect([seen, rows.length]).toEqual([{ layer: vim, kind: "file", from: 1 }, 1]);
    const { groups } = await ask(page, "dead-bytes", { ...now, target });
    const dpkg = groups.find(({ directory, reason }) => directory === "/var/lib/dpkg" && reason === "overwritten");
    expect(dpkg).toMatchObject({ layer: base, killer: vim, whole: false });
    const lifted = await ask(page, "lift", { ...now, target, layer: vim as never });
    expect(lifted.lost).toEqual({ files: added.files, bytes: added.bytes });
  },
  HEAVY,
);
