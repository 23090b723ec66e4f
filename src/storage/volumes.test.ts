import { beforeEach, describe, expect, test } from "vitest";
import { diff } from "../core/container/diff.ts";
import { bytesContent, readContent } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { serializeTree, walk } from "../core/filesystem/tree.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import { parseReference } from "../core/oci/reference.ts";
import { EngineError } from "../engine/error.ts";
import type { EngineEvent } from "../engine/event.ts";
import { hostState } from "../engine/host-state.ts";
import { findContainer, findImage } from "../engine/lookup.ts";
import { containerLower } from "../engine/mount.ts";
import { changeMounted, mountedViewOf } from "../engine/mounted-view.ts";
import { commit } from "../engine/operations/commit.ts";
import { create } from "../engine/operations/create.ts";
import type { CreateRequest, MountRequest } from "../engine/operations/create.ts";
import { pull } from "../engine/operations/pull.ts";
import { removeImage } from "../engine/operations/remove-image.ts";
import { remove } from "../engine/operations/remove.ts";
import { start } from "../engine/operations/start.ts";
import { createVolume, pruneVolumes, removeVolume, volumeUsers } from "../engine/operations/volumes.ts";
import { changedRecords, loadState, saveState } from "../engine/records.ts";
import { stackView } from "../engine/stack-view.ts";
import { Transaction } from "../engine/transaction.ts";
import { blobKeys, layerStore } from "./layer-store.ts";
import { directory, file, PracticeHost, program } from "./practice-host.ts";

const user = { uid: 1000, gid: 1000 };
const base: LayerEntry[] = [
  directory("bin"),
  ...["sh", "echo", "sleep", "put", "rm"].map((name) => program(`bin/${name}`)),
  directory("etc"),
  file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"),
  directory("data"),
  file("data/greeting", "hello\n"),
  { ...directory("data/sub"), ...user },
  file("data/sub/deep", "deep\n"),
  { ...file("data/again", ""), kind: "hardlink", target: "data/greeting" } as LayerEntry,
  { ...directory("empty"), ...user, mode: 0o1777, mtime: 5 },
  directory("real"),
  { kind: "symlink", path: "alias", target: "/real", mode: 0o777, uid: 0, gid: 0, mtime: 0 },
  { kind: "symlink", path: "dangling", target: "/nosuch", mode: 0o777, uid: 0, gid: 0, mtime: 0 },
  { ...file("data/sub/big", ""), content: bytesContent(new Uint8Array(20_000).fill(7)) } as LayerEntry,
];
const config = { Env: ["PATH=/bin"], Cmd: ["sh"] };
const { signal } = new AbortController();

let host: PracticeHost;
beforeEach(async () => {
  host = new PracticeHost();
  await host.registry.add("docker.io/library/base:1", [base], config);
  await host.registry.add("docker.io/library/redis:1", [base], { ...config, Volumes: { "/data": {}, "/empty/": {} } });
  for (const name of ["base:1", "redis:1"]) {
    await host.command((tx) => pull(tx, host.ports, parseReference(name), { signal }));
  }
});

/** `-v TEXT`, as the command line takes it apart. */
const v = (text: string): MountRequest => {
  const [source = "", target, mode = ""] = text.split(":");
  const rest = { readOnly: mode === "ro", copy: mode !== "nocopy", asked: "-v" as const };
  if (target === undefined) return { type: "volume", source: "", target: source, bind: "", ...rest };
  return { type: "volume", source, target, bind: text, ...rest };
};
const m = (source: string, target: string, more = {}): MountRequest =>
  ({
    type: "volume",
    source,
    target,
    readOnly: false,
    copy: true,
    asked: "--mount",
    bind: "",
    ...more,
  }) as MountRequest;
const tmpfs = (target: string, asked: "--tmpfs" | "--mount" = "--tmpfs"): MountRequest => ({
  type: "tmpfs",
  target,
  asked,
  readOnly: false,
  size: null,
  mode: 0o1777,
  options: "",
});

const made = async (mounts: readonly MountRequest[], more: Partial<CreateRequest> = {}, image = "base:1") => {
  const { value, tx } = await host.command((tx) =>
    create(tx, host.ports, { image: findImage(tx.state, image).id, imageName: image, mounts, ...more }),
  );
  return { container: value, events: tx.story.map((frame) => frame.event) };
};
const run = async (mounts: readonly MountRequest[], more: Partial<CreateRequest> = {}, image = "base:1") => {
  const { container } = await made(mounts, { command: ["echo"], ...more }, image);
  const { tx } = await host.command((tx) => start(tx, host.ports, container.id, { columns: 80, signal }));
  return { id: container.id, events: tx.story.map((frame) => frame.event) };
};
const refused = async (work: Promise<unknown> | (() => unknown)): Promise<string> => {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
  return "done";
};
const volume = (name: string, labels = {}) => host.command((tx) => createVolume(tx, host.ports, { name, labels }));
const missing = (): never => {
  throw new RangeError("missing");
};
const treeOf = (name: string) => host.state.volumes.get(name)?.tree ?? missing();
const inVolume = (name: string): string[] =>
  [...walk(treeOf(name))].map(({ path }) => path).filter((path) => path !== "");
const changes = (id: string) => {
  const container = findContainer(host.state, id);
  return diff(containerLower(host.state, container), container.upper).map(([kind, path]) => `${kind} ${path}`);
};
const mountsOf = (id: string) =>
  findContainer(host.state, id).mounts.map((mount) =>
    mount.type === "tmpfs"
      ? `tmpfs ${mount.target}`
      : `${/^[0-9a-f]{64}$/.test(mount.volume) ? "?" : mount.volume} ${mount.target} ${mount.readOnly ? "ro" : "rw"} ${mount.asked} ${mount.bind}`.trim(),
  );
const write = (id: string, path: string, text: string) =>
  host.command((tx) =>
    changeMounted(tx, findContainer(tx.state, id).id, host.now, (fs) =>
      fs.write(path, bytesContent(new TextEncoder().encode(text)), { write: true, create: true }, 0o644, root),
    ),
  );

describe("docker volume", () => {
  test("create makes an empty directory, once; without a name docker makes one up", async () => {
    const { value, tx } = await volume("data", { tier: "web" });
    expect(tx.story.map(({ event }) => event)).toEqual([
      { type: "volume.create", volume: "data", anonymous: false, container: null },
    ]);
    const again = await volume("data", { tier: "other" });
    expect([again.value, again.tx.story]).toEqual([value, []]);
    const { value: nameless } = await volume("");
    expect(nameless).toMatchObject({ anonymous: true, labels: { "com.docker.volume.anonymous": "" } });
    expect(nameless.name).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(["-a", "a/b", "a b", ".hidden", 'b"d'])("%s is no name", async (name) => {
    expect(await refused(volume(name))).toBe(
      `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  });
  test("one letter is too short a name", async () =>
    expect(await refused(volume("a"))).toBe(
      "create a: volume name is too short, names should be at least two alphanumeric characters",
    ));

  test("rm refuses what is used or not there", async () => {
    const one = await made([v("data:/data")]);
    const two = await made([v("data:/x")]);
    const rm = (force = false) => refused(() => host.command((tx) => removeVolume(tx, "data", { force })));
    const ids = [one.container.id, two.container.id];
    expect(volumeUsers(host.state, "data")).toEqual(ids);
    const inUse = `remove data: volume is in use - [${ids.join(", ")}]`;
    expect([await rm(), await rm(true)]).toEqual([inUse, inUse]);
    for (const id of ids) await host.command((tx) => remove(tx, host.ports, id, { volumes: true }));
    expect([await rm(), await rm(), await rm(true)]).toEqual(["done", "get data: no such volume", "done"]);
  });

  test("prune takes the nameless ones, with `all` the named too, and never what is used", async () => {
    await volume("named", { keep: "" });
    await volume("other");
    await volume("");
    const { container } = await made([v("/anon"), v("used:/used")]);
    const prune = async (options = {}) => (await host.command((tx) => pruneVolumes(tx, options))).value;
    expect((await prune()).names).toHaveLength(1);
    expect(await prune({ all: true, matches: ({ labels }: { labels: object }) => !("keep" in labels) })).toEqual({
      names: ["other"],
      size: 0,
    });
    expect((await prune({ all: true })).names).toEqual(["named"]);
    await write(container.id, "/used/file", "12345\n");
    await host.command((tx) => remove(tx, host.ports, container.id, {}));
    expect(await prune({ all: true })).toMatchObject({ size: 6 });
    expect(host.state.volumes.size).toBe(0);
  });
});

describe("create", () => {
  test("a new volume is filled with what the image has there: owners, modes, hard links", async () => {
    const { events } = await made([v("fresh:/data")]);
    expect(events.map(({ type }) => type)).toEqual(["container.create", "volume.create", "volume.copy"]);
    expect(events[2]).toMatchObject({ volume: "fresh", path: "/data", files: 4, size: 20_011 });
    expect(inVolume("fresh")).toEqual(["again", "greeting", "sub", "sub/big", "sub/deep"]);
    const tree = treeOf("fresh");
    expect(tree.child(1, "again")).toBe(tree.child(1, "greeting"));
    expect(tree.node(tree.child(1, "sub") ?? 0)).toMatchObject({ ...user, mode: 0o755, mtime: host.now / 1000 });
    expect(tree.node(tree.child(1, "greeting") ?? 0)).toMatchObject({ mtime: 1_700_000_000, nlink: 2 });
  });

  test("an empty directory gives its owner, mode and time", async () => {
    const { events } = await made([v("fresh:/empty")]);
    expect(events.map(({ type }) => type)).toEqual(["container.create", "volume.create"]);
    expect(treeOf("fresh").root).toMatchObject({ ...user, mode: 0o1777, mtime: 5 });
  });

  test.each<[string, MountRequest, number]>([
    ["nocopy", v("fresh:/data:nocopy"), 0],
    ["volume-nocopy", m("fresh", "/data", { copy: false }), 0],
    ["a read-only one is filled", v("fresh:/data:ro"), 5],
    ["through a link", v("fresh:/alias"), 0],
    ["what is not there", v("fresh:/not/there"), 0],
  ])("%s", async (_, request, entries) => {
    await made([request]);
    expect(inVolume("fresh")).toHaveLength(entries);
  });

  test("a volume that has something is left as it is, an emptied one is filled again", async () => {
    const { id } = await run([v("data:/empty")]);
    await write(id, "/empty/mine", "x");
    await made([v("data:/data")]);
    expect(inVolume("data")).toEqual(["mine"]);
    await host.command((tx) => changeMounted(tx, id, host.now, (fs) => fs.unlink("/empty/mine", root)));
    await made([v("data:/data")]);
    expect(inVolume("data")).toHaveLength(5);
  });

  test("the image's VOLUMEs become anonymous volumes, but where something is mounted already", async () => {
    const { container } = await made([], {}, "redis:1");
    expect(mountsOf(container.id)).toEqual(["? /data rw image", "? /empty rw image"]);
    const named = await made([v("mine:/data/"), tmpfs("/empty")], {}, "redis:1");
    expect(mountsOf(named.container.id)).toEqual(["mine /data rw -v mine:/data/", "tmpfs /empty"]);
    expect(named.container.config.Volumes).toEqual({ "/data": {}, "/empty/": {} });
  });

  test("-v PATH is a volume without a name, and stays in the config", async () => {
    const { container, events } = await made([v("/anon"), v("/anon"), v("relative")]);
    expect(mountsOf(container.id)).toEqual(["? /anon rw -v", "? /relative rw -v"]);
    expect(container.config.Volumes).toEqual({ "/anon": {}, relative: {} });
    expect(events[1]).toMatchObject({ type: "volume.create", anonymous: true, container: container.id });
    const named = await made([v("/x"), v("other:/x")]);
    expect(mountsOf(named.container.id)).toEqual(["other /x rw -v other:/x"]);
  });

  test("--mount: labels, read-only, no source", async () => {
    const { container } = await made([m("m4", "/data", { labels: { a: "b" }, readOnly: true }), m("", "/x//y/../z")]);
    expect(mountsOf(container.id)).toEqual(["m4 /data ro --mount", "? /x/z rw --mount"]);
    expect(host.state.volumes.get("m4")?.labels).toEqual({ a: "b" });
  });

  test("--volumes-from: what it mounts but tmpfs; -v over it; :ro", async () => {
    await made([v("hv:/hv"), v("/ha"), v("data:/ro:ro"), m("m1", "/hm"), tmpfs("/ht")], { name: "holder" });
    const from = async (text: string, mounts: MountRequest[] = []) =>
      mountsOf((await made(mounts, { volumesFrom: [text] })).container.id);
    expect(await from("holder")).toEqual([
      "hv /hv rw --volumes-from",
      "data /ro ro --volumes-from",
      "m1 /hm rw --volumes-from",
      "? /ha rw --volumes-from",
    ]);
    expect(await from("holder:ro", [v("data:/hv")])).toEqual([
      "data /hv rw -v data:/hv",
      "data /ro ro --volumes-from",
      "m1 /hm ro --volumes-from",
      "? /ha ro --volumes-from",
    ]);
    expect(await refused(from("holder:zz"))).toBe("invalid mode: zz");
    expect(await refused(from("holder:ro:x"))).toBe("invalid mode: ro:x");
    expect(await refused(from("nosuch"))).toBe("No such container: nosuch");
    expect(await refused(from(""))).toBe("volumes-from specification cannot be an empty string");
  });

  const merged = (path: string) =>
    expect.stringMatching(new RegExp(`/var/lib/docker/overlay2/[0-9a-f]{64}/merged${path}`));
  test.each<[string, MountRequest[], unknown]>([
    ["twice", [v("data:/x"), v("other:/x/")], "Duplicate mount point: /x"],
    ["-v and --mount", [m("data", "/x"), v("other:/x")], "Duplicate mount point: /x"],
    ["-v and --tmpfs", [v("other:/x"), tmpfs("/x")], "Duplicate mount point: /x"],
    ["--mount of both", [m("data", "/x"), tmpfs("/x", "--mount")], "Duplicate mount point: /x"],
    ["--tmpfs and --mount of one", [tmpfs("/x"), tmpfs("/x", "--mount")], "done"],
    [
      "-v over /",
      [v("data:/")],
      "invalid volume specification: 'data:/': invalid mount config for type \"volume\": invalid specification: destination can't be '/'",
    ],
    [
      "-v NAME:relative",
      [v("data:x")],
      "invalid volume specification: 'data:x': invalid mount config for type \"volume\": invalid mount path: 'x' mount path must be absolute",
    ],
    [
      "--mount over /",
      [m("m1", "/")],
      "invalid mount config for type \"volume\": invalid specification: destination can't be '/'",
    ],
    [
      "--mount relative",
      [m("m1", "rel")],
      "invalid mount config for type \"volume\": invalid mount path: 'rel' mount path must be absolute",
    ],
    ["--tmpfs over /", [tmpfs("/")], "invalid specification: destination can't be '/'"],
    ["--tmpfs ''", [tmpfs("")], "invalid mount path: '' mount path must be absolute"],
    ["--tmpfs rel", [tmpfs("rel")], "invalid mount path: 'rel' mount path must be absolute"],
    [
      "--mount tmpfs over /",
      [tmpfs("/", "--mount")],
      "invalid mount config for type \"tmpfs\": invalid specification: destination can't be '/'",
    ],
    ["from a file", [v("filev:/etc/passwd")], merged("/etc/passwd is not directory$")],
    ["over a file", [v("/etc/passwd")], merged("/etc/passwd$")],
    ["under a file", [v("vf:/etc/passwd/x")], merged("/etc/passwd/x: not a directory$")],
    [
      "a bad name",
      [m("m", "/x")],
      "create m: volume name is too short, names should be at least two alphanumeric characters",
    ],
  ])("%s", async (_, mounts, message) => {
    expect(await refused(made([v("/anon"), ...mounts]))).toEqual(message);
  });

  test("when it fails, named volumes stay and those without a name go, as does the container", async () => {
    const tx = new Transaction(host.state);
    const mounts = [v("stays:/x"), m("", "/y"), v("/etc/passwd")];
    const request = { image: findImage(tx.state, "base:1").id, imageName: "base:1", mounts };
    expect(await refused(() => create(tx, host.ports, request))).toMatch(/^cannot mount volume over/);
    expect([[...tx.state.volumes.keys()], tx.state.containers.size]).toEqual([["stays"], 0]);
    expect(tx.story.map(({ event }) => event)).toEqual([
      { type: "volume.create", volume: "stays", anonymous: false, container: null },
    ]);
  });

  test("the names drawn for volumes come after the container's id and name", async () => {
    const other = new PracticeHost();
    await other.registry.add("docker.io/library/base:1", [base], config);
    await other.registry.add("docker.io/library/redis:1", [base], config);
    for (const name of ["base:1", "redis:1"])
      await other.command((tx) => pull(tx, other.ports, parseReference(name), { signal }));
    const plain = await other.command((tx) =>
      create(tx, other.ports, { image: findImage(tx.state, "redis:1").id, imageName: "redis:1" }),
    );
    const { container } = await made([], {}, "redis:1");
    expect([container.id, container.name]).toEqual([plain.value.id, plain.value.name]);
  });
});

describe("start", () => {
  test.each<[string, MountRequest[], string[]]>([
    ["what is there needs no mount point", [v("data:/data")], []],
    [
      "a missing one is made in the writable layer",
      [v("data:/not/there/yet")],
      ["A /not", "A /not/there", "A /not/there/yet"],
    ],
    ["for a tmpfs too", [tmpfs("/t")], ["A /t"]],
    ["through links", [v("data:/alias/in")], ["C /real", "A /real/in"]],
    ["where a dangling link leads", [v("data:/dangling")], ["A /nosuch"]],
    ["inside a volume it is made there", [v("inner:/data/inner"), v("data:/data")], []],
  ])("%s", async (_, mounts, expected) => {
    const { container } = await made(mounts, { command: ["echo"] });
    expect(changes(container.id)).toEqual([]);
    await host.command((tx) => start(tx, host.ports, container.id, { columns: 80, signal }));
    expect(changes(container.id)).toEqual(expected);
  });

  test("a mount point inside a volume is a change of the volume", async () => {
    const { events } = await run([v("inner:/data/inner"), v("data:/data")]);
    expect(inVolume("data")).toContain("inner");
    expect(events[0]).toMatchObject({ type: "volume.change", volume: "data", path: "/data/inner", change: "created" });
  });

  test("the working directory is made where a process sees it", async () => {
    const { id } = await run([v("data:/empty")], { workdir: "/empty/work" });
    expect([inVolume("data"), changes(id)]).toEqual([["work"], ["C /empty", "A /empty/work"]]);
  });

  test("what is in a tmpfs, only the run knows", async () => {
    expect(await refused(run([tmpfs("/t")], { workdir: "/t/work" }))).toBe("done");
    expect(await refused(run([tmpfs("/t")], { command: ["/t/made/later"] }))).toBe("done");
    expect(await refused(run([tmpfs("/t")], { command: ["/t"] }))).toMatch(/exec: "\/t": is a directory$/);
    expect(await refused(run([tmpfs("/t")], { command: ["/tt"] }))).toMatch(/no such file or directory$/);
  });

  test("--read-only: mount points and the working directory are made all the same", async () => {
    const { id } = await run([v("data:/x")], { readOnly: true, workdir: "/work" });
    expect(changes(id)).toEqual(["A /work", "A /x"]);
    expect(findContainer(host.state, id).readOnly).toBe(true);
  });

  test("what cannot be mounted: the container is created and does not start", async () => {
    const failed =
      "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting ";
    const overFile = await refused(run([tmpfs("/etc/passwd")]));
    expect(overFile.startsWith(`${failed}"tmpfs" to rootfs at "/etc/passwd": mount src=tmpfs, dst=/etc/passwd, `)).toBe(
      true,
    );
    expect(overFile).toMatch(/: not a directory: Are you trying to mount a directory onto a file \(or vice-versa\)\?/);
    const { container } = await made([v("/")], { command: ["echo"] });
    const merged = `/var/lib/docker/overlay2/${container.id}/merged`;
    const [name] = [...host.state.volumes.keys()].slice(-1);
    expect(
      await refused(() => host.command((tx) => start(tx, host.ports, container.id, { columns: 80, signal }))),
    ).toBe(
      `${failed}"/var/lib/docker/volumes/${name}/_data" to rootfs at "/": create mountpoint for / mount: mountpoint "${merged}" is on the top of rootfs "${merged}"`,
    );
    expect(findContainer(host.state, container.id).status.kind).toBe("created");
  });

  test.each<[string, number, string]>([
    ["/proc/x", 127, 'make mountpoint "/proc/x": mkdirat MERGED/proc/x: no such file or directory'],
    ["/sys/x", 125, 'make mountpoint "/sys/x": mkdirat MERGED/sys/x: read-only file system'],
    ["/proc", 125, 'check proc-safety of /proc mount: "MERGED/proc" cannot be mounted because it is not of type proc'],
  ])("%s is the runtime's own", async (target, exitCode, words) => {
    const error = (await run([v(`vf:${target}`)]).catch((error: unknown) => error)) as EngineError;
    const message = error.message.replace(/\/var\/lib\/docker\/overlay2\/[0-9a-f]{64}\/merged/, "MERGED");
    expect([error.exitCode, message.split(`rootfs at "${target}": `)[1]]).toEqual([
      exitCode,
      `create mountpoint for ${target} mount: ${words}`,
    ]);
  });

  test("a mount point in /dev is in no layer", async () => {
    const { id } = await run([v("vf:/dev/x"), tmpfs("/dev/y/z")]);
    expect(changes(id)).toEqual([]);
  });

  test("a program in a volume is found, one that a mount hides is not", async () => {
    const { id } = await run([v("tools:/opt")]);
    await write(id, "/opt/tool", "#!/bin/sh\n");
    await host.command((tx) => changeMounted(tx, id, 0, (fs) => fs.chmod("/opt/tool", 0o755, root)));
    expect(await refused(run([v("tools:/opt")], { command: ["/opt/tool"] }))).toBe("done");
    expect(await refused(run([v("none:/opt")], { command: ["/opt/tool"] }))).toMatch(/stat \/opt\/tool: no such file/);
    expect(await refused(run([v("tools:/bin")], { command: ["echo"] }))).toMatch(/"echo": executable file not found/);
  });
});

describe("what volumes keep to themselves", () => {
  test("a change in a volume is told as one, and is in no layer", async () => {
    const { id } = await run([v("data:/data"), v("data:/two")]);
    const { tx } = await write(id, "/data/greeting", "HELLO, WORLD\n");
    expect(tx.story.map(({ event }) => event)).toEqual<EngineEvent[]>([
      {
        type: "volume.change",
        volume: "data",
        container: id,
        path: "/data/greeting",
        change: "written",
        count: 1,
        size: 7,
      },
    ]);
    expect(changes(id)).toEqual(["A /two"]);
    expect(mountedViewOf(host.state, findContainer(host.state, id)).stat("/two/greeting", root).size).toBe(13);
  });

  test("commit takes the mount point and leaves what is mounted; the config keeps -v PATH", async () => {
    const { id } = await run([v("data:/data"), v("/anon")]);
    await write(id, "/data/inside", "x");
    await write(id, "/anon/inside", "y");
    await write(id, "/outside", "z");
    await host.command((tx) => commit(tx, host.ports, id, { reference: parseReference("wr") }));
    const image = findImage(host.state, "wr");
    const layer = host.state.layers.get(image.layers.at(-1) ?? missing());
    expect([...walk(layer?.tree ?? missing())].map(({ path }) => path)).toEqual(["", "anon", "outside"]);
    expect(image.config.config?.Volumes).toEqual({ "/anon": {} });
    const next = await made([], {}, "wr");
    expect(mountsOf(next.container.id)).toEqual(["? /anon rw image"]);
    const view = mountedViewOf(host.state, next.container);
    expect(view.readdir("/anon", root)).toEqual([]);
    expect(view.readdir("/data", root).map(({ name }) => name)).toEqual(["again", "greeting", "sub"]);
  });

  test.each<[string, MountRequest[], { volumes?: boolean }, number]>([
    ["rm leaves them", [v("data:/data"), v("/anon")], {}, 2],
    ["rm -v takes those without a name", [v("data:/data"), v("/anon"), m("", "/b")], { volumes: true }, 1],
  ])("%s", async (_, mounts, options, left) => {
    const { container } = await made(mounts);
    const { tx } = await host.command((tx) => remove(tx, host.ports, container.id, options));
    expect(host.state.volumes.size).toBe(left);
    expect(tx.story[0]?.event.type).toBe("container.remove");
  });

  test("--rm takes those without a name along", async () => {
    await run([v("data:/data"), v("/anon")], { autoRemove: true });
    expect([...host.state.volumes.keys()]).toEqual(["data"]);
    await refused(run([v("data:/data"), v("/anon")], { autoRemove: true, command: ["nosuch"] }));
    expect([...host.state.volumes.keys()]).toEqual(["data"]);
    await run([], { autoRemove: true, command: ["sleep"], name: "sleeper" }, "redis:1");
    expect(host.state.volumes.size).toBe(3);
    await host.command((tx) => remove(tx, host.ports, "sleeper", { force: true }));
    expect([...host.state.volumes.keys()]).toEqual(["data"]);
  });

  test("one without a name goes with the last that mounts it; one asked for by that name stays", async () => {
    const { container } = await made([v("/x")], { name: "o1" });
    const [name = ""] = host.state.volumes.keys();
    await made([], { name: "o2", volumesFrom: ["o1"] });
    const rm = (text: string) => host.command((tx) => remove(tx, host.ports, text, { volumes: true }));
    await rm(container.id);
    expect(host.state.volumes.size).toBe(1);
    await made([v(`${name}:/y`)], { name: "o3" });
    await rm("o2");
    await rm("o3");
    expect([...host.state.volumes.keys()]).toEqual([name]);
  });
});

describe("kept", () => {
  test("a state with volumes read back is the same; a command writes only what it changed", async () => {
    const before = host.state;
    const { container } = await made([v("data:/data"), tmpfs("/t")], { readOnly: true });
    const { id } = container;
    expect([...changedRecords(before, host.state).put.keys()]).toEqual([
      "index",
      `container/${id}`,
      `upper/${id}`,
      "volume/data",
      "volume-files/data",
    ]);
    const records = structuredClone(saveState(host.state));
    const loaded = loadState(records);
    expect(saveState(loaded)).toEqual(records);
    expect(hostState(loaded, host.now, { changes: true })).toEqual(hostState(host.state, host.now, { changes: true }));
    const unchanged = host.state;
    await host.command((tx) => createVolume(tx, host.ports, { name: "more" }));
    expect([...changedRecords(unchanged, host.state).put.keys()]).toEqual([
      "index",
      "volume/more",
      "volume-files/more",
    ]);
    await host.command((tx) => removeVolume(tx, "more"));
    expect(changedRecords(unchanged, host.state).removed).toEqual([]);
    await host.command((tx) => remove(tx, host.ports, id, {}));
    await host.command((tx) => removeVolume(tx, "data"));
    expect(changedRecords(unchanged, host.state).removed).toEqual([
      `container/${id}`,
      `upper/${id}`,
      "volume/data",
      "volume-files/data",
    ]);
  });

  test("a volume filled from an image is read after the image is gone, also when it was loaded again", async () => {
    const { container } = await made([v("data:/data")]);
    await host.command((tx) => remove(tx, host.ports, container.id, {}));
    const keep = async (from: number) => {
      const preferences = { seed: "", created: 0, catalogue: "", title: "" };
      const change = {
        from,
        preferences,
        put: saveState(host.state),
        blobs: host.layers.staged,
        keep: blobKeys(host.state),
      };
      await host.store.commit("h", change);
      host.layers.discard();
    };
    await keep(0);
    for (const name of ["base:1", "redis:1"]) await host.command((tx) => removeImage(tx, name));
    expect(host.state.layers.size).toBe(0);
    await keep(1);
    const stored = await host.store.load("h");
    for (const [state, layers] of [
      [host.state, host.layers],
      [loadState(stored?.records ?? new Map()), layerStore(host.store.blobs)],
    ] as const) {
      const tree = state.volumes.get("data")?.tree ?? missing();
      const node = tree.node(tree.find(["sub", "big"]) ?? 0);
      if (node.kind !== "file") throw new TypeError("no file");
      expect(node.content.segments).toMatchObject([{ kind: "stored" }]);
      expect(await readContent(node.content, layers.readStored)).toEqual(new Uint8Array(20_000).fill(7));
    }
    const tree = treeOf("data");
    await host.command((tx) => removeVolume(tx, "data"));
    expect(blobKeys(host.state, [serializeTree(tree)])).toEqual([expect.stringContaining("contents:sha256:")]);
    await keep(2);
    expect(await host.store.blobs.keys()).toEqual([]);
  });
});

test("the page is told of volumes and who uses them", async () => {
  const { container } = await made([v("data:/data"), tmpfs("/t")]);
  const seen = hostState(host.state, host.now, { changes: false });
  expect(structuredClone(seen)).toEqual(seen);
  expect(seen.volumes).toEqual([
    { name: "data", anonymous: false, size: 20_011, files: 4, createdAt: host.now, usedBy: [container.id] },
  ]);
  expect(seen.disk.volumes).toBe(20_011);
  expect(seen.containers[0]?.mounts).toEqual([
    { type: "volume", volume: "data", target: "/data", readOnly: false },
    { type: "tmpfs", volume: null, target: "/t", readOnly: false },
  ]);
});

describe("the picture of a container with mounts", () => {
  const seen = async (mounts: MountRequest[], path: string, limit = 10) => {
    const { id } = await run(mounts);
    return stackView(host.state, { kind: "container", id }, path, limit) ?? missing();
  };
  const mounts = [v("data:/data"), v("/anon"), tmpfs("/empty"), v("link:/alias/in"), v("inner:/data/sub:nocopy")];

  test("says what is mounted where, and what that hides", async () => {
    const view = await seen(mounts, "/");
    expect(view.mounts).toMatchObject([
      { type: "volume", volume: "data", target: "/data", readOnly: false, size: 20_011, files: 4, hides: 3 },
      { type: "volume", volume: "link", target: "/alias/in", size: 0, files: 0, hides: 0 },
      { type: "volume", volume: "inner", target: "/data/sub", hides: 2 },
      { type: "tmpfs", volume: null, target: "/empty", size: 0, hides: 0 },
      { type: "volume", target: "/anon", hides: 0 },
    ]);
    const columns = view.columns.filter(({ mount }) => mount !== null);
    expect(columns.map(({ name, mount }) => [name, mount])).toEqual([
      ["anon", 4],
      ["data", 0],
      ["empty", 3],
    ]);
    expect(view.inside).toBeNull();
    expect(structuredClone(view)).toEqual(view);
  });

  test.each<[string, string, object | null]>([
    [
      "at a mount point",
      "/data",
      { mount: 0, entries: [{ name: "again", kind: "file", size: 6 }, { name: "greeting" }, { name: "sub" }] },
    ],
    ["below one", "/data/sub", { mount: 2, entries: [], more: 0 }],
    ["in a tmpfs", "/empty", { mount: 3, entries: [], more: 0 }],
    ["through a link", "/real/in", { mount: 1, entries: [] }],
    ["beside one", "/real", null],
    ["what is nowhere", "/data/nosuch/dir", { mount: 0, entries: [], more: 0 }],
    ["a file of the volume", "/data/greeting", { mount: 0, entries: [] }],
  ])("%s", async (_, path, inside) => {
    const view = await seen(mounts, path);
    if (inside === null) expect(view.inside).toBeNull();
    else expect(view.inside).toMatchObject(inside);
  });

  test("at most as many entries as were asked for", async () => {
    expect((await seen([v("data:/data")], "/data", 2)).inside).toMatchObject({ entries: [{}, {}], more: 1 });
  });

  test("a directory that only the volume has", async () => {
    const { id } = await run([v("data:/data")]);
    await host.command((tx) => changeMounted(tx, id, 0, (fs) => fs.mkdir("/data/new", 0o755, root)));
    await write(id, "/data/new/file", "abc");
    const view = stackView(host.state, { kind: "container", id }, "/data/new", 10);
    expect(view).toMatchObject({ columns: [], inside: { entries: [{ name: "file", kind: "file", size: 3 }] } });
  });
});
