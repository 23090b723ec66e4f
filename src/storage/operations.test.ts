import { beforeEach, describe, expect, test } from "vitest";
import { diff } from "../core/container/diff.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { chainIds, sha256 } from "../core/oci/digest.ts";
import type { DiffId, Digest } from "../core/oci/digest.ts";
import { parseReference } from "../core/oci/reference.ts";
import { EngineError } from "../engine/error.ts";
import { hostState } from "../engine/host-state.ts";
import { findContainer, findImage, shownImageName } from "../engine/lookup.ts";
import { containerLower, viewOf } from "../engine/mount.ts";
import { commit } from "../engine/operations/commit.ts";
import { create } from "../engine/operations/create.ts";
import type { CreateRequest } from "../engine/operations/create.ts";
import { exec } from "../engine/operations/exec.ts";
import { pull } from "../engine/operations/pull.ts";
import type { PullProgress } from "../engine/operations/pull.ts";
import { removeImage } from "../engine/operations/remove-image.ts";
import { remove } from "../engine/operations/remove.ts";
import { settle } from "../engine/operations/settle.ts";
import { begin, start } from "../engine/operations/start.ts";
import { stop } from "../engine/operations/stop.ts";
import { tag } from "../engine/operations/tag.ts";
import { changedRecords, loadState, saveState } from "../engine/records.ts";
import { stackView } from "../engine/stack-view.ts";
import { emptyState } from "../engine/state.ts";
import { blobKeys } from "./layer-store.ts";
import { directory, file, gone, PracticeHost, program, tarOf } from "./practice-host.ts";

const passwd = file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nwww:x:33:33::/var/www:/bin/false\n");
const base = [
  directory("bin"),
  ...["sh", "echo", "sleep", "false", "put", "rm"].map((name) => program(`bin/${name}`)),
  directory("etc"),
  passwd,
  file("etc/legal", "All rights of others reserved.\n"),
  file("etc/big.txt", "0123456789abcdef\n".repeat(1000)),
  file("etc/notes", "not a program\n"),
  directory("root"),
];
const web = [directory("usr"), directory("usr/sbin"), program("usr/sbin/nginx", 5_000_000), gone("etc/legal")];
const config = { Env: ["PATH=/usr/sbin:/bin"], Cmd: ["sh"] };
const { signal } = new AbortController();
const quiet = { columns: 80, signal };

let host: PracticeHost;
let baseBlob: Digest;
beforeEach(async () => {
  host = new PracticeHost();
  [baseBlob] = (await host.registry.add("docker.io/library/base:1", [base], config)) as [Digest];
  await host.registry.add("docker.io/library/web:latest", [base, web], {
    Cmd: ["nginx", "-g", "daemon off;"],
    Env: ["PATH=/usr/sbin:/bin"],
  });
});

const pulled = async (name: string) => {
  const lines: string[] = [];
  const progress = (step: PullProgress): void => {
    if (step.kind === "start") lines.push(`${step.tag}: Pulling from ${step.repository}`);
    else if (step.status !== "Downloading" && step.status !== "Extracting") lines.push(`${step.id}: ${step.status}`);
  };
  const { value, tx } = await host.command((tx) => pull(tx, host.ports, parseReference(name), { signal, progress }));
  return { ...value, lines, events: tx.story.map((frame) => frame.event.type) };
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
const run = async (command: readonly string[], more: Partial<CreateRequest> = {}, image = "base:1") => {
  const { value } = await host.command(async (tx) => {
    const { id } = findImage(tx.state, image);
    const container = create(tx, host.ports, { image: id, imageName: image, command, ...more });
    const outcome = await start(tx, host.ports, container.id, quiet);
    return { ...container, outcome };
  });
  return value;
};
const short = (digest: Digest): string => digest.slice(7, 19);

describe("pull", () => {
  test("the first one, in docker's words", async () => {
    const { lines, newer, image, events } = await pulled("base:1");
    expect(lines).toEqual([
      "1: Pulling from library/base",
      ...["Pulling fs layer", "Verifying Checksum", "Download complete", "Pull complete"].map(
        (status) => `${short(baseBlob)}: ${status}`,
      ),
    ]);
    expect(newer).toBe(true);
    expect(host.state.tags.get("docker.io/library/base:1")).toBe(image);
    expect(events).toEqual(["pull.start", "layer.download", "layer.extract", "image.pulled"]);
    const diffId = sha256<DiffId>(await tarOf(base));
    expect([...host.state.layers.keys()]).toEqual(chainIds([diffId]));
  });

  test("again: nothing is fetched, it is up to date", async () => {
    await pulled("base:1");
    const { lines, newer, events } = await pulled("base:1");
    expect([lines, newer, events]).toEqual([["1: Pulling from library/base"], false, []]);
    expect(host.registry.fetched).toHaveLength(1);
  });

  test("a shared base already exists, and is the same object", async () => {
    await pulled("base:1");
    const [under] = host.state.layers.values();
    const { lines, events } = await pulled("web");
    expect(lines.slice(0, 2)).toEqual(["latest: Pulling from library/web", `${short(baseBlob)}: Already exists`]);
    expect(lines.filter((line) => line.endsWith("Pull complete"))).toHaveLength(1);
    expect(events).toEqual(["pull.start", "layer.exists", "layer.download", "layer.extract", "image.pulled"]);
    expect([...host.state.layers.values()][0]).toBe(under);
    const { disk } = hostState(host.state, host.now, { changes: false });
    expect(disk.saved).toBe(under?.size);
  });

  test("by digest: no tag, but the digest is known", async () => {
    const { digest } = await pulled("base:1");
    await host.command((tx) => removeImage(tx, "base:1"));
    await pulled(`base@${digest}`);
    expect([host.state.tags.size, [...host.state.repoDigests.keys()]]).toEqual([
      0,
      [`docker.io/library/base@${digest}`],
    ]);
    expect(findImage(host.state, `base@${digest}`).id).toBe([...host.state.images.keys()][0]);
  });

  test("three at a time, put down from the bottom up", async () => {
    const many = Array.from({ length: 7 }, (_, at) => [file(`layer${at}`, `${at}`)]);
    await host.registry.add("docker.io/library/many:latest", many, config);
    host.registry.onBlob = () => new Promise((resolve) => setTimeout(resolve, 1));
    const { lines } = await pulled("many");
    expect(host.registry.mostRunning).toBe(3);
    expect(lines.filter((line) => line.endsWith("Waiting"))).toHaveLength(4);
    const sizes = [...host.state.layers.values()].map((layer) => [...layer.tree.root.entries.keys()][0]);
    expect(sizes).toEqual(many.map((_, at) => `layer${at}`));
  });

  test.each([
    [
      "nosuch",
      "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
    ["base:2", "manifest for base:2 not found: manifest unknown: manifest unknown"],
  ])("%s: %s", async (name, message) => {
    expect(await refused(pulled(name))).toBe(message);
    expect(host.state).toEqual(emptyState);
  });

  test("a flipped byte is refused and leaves nothing", async () => {
    const blob = host.registry.blobs.get(baseBlob);
    if (blob) blob[60] = (blob[60] ?? 0) ^ 1;
    expect(await refused(pulled("web"))).toBe(`filesystem layer verification failed for digest ${baseBlob}`);
    expect(host.state).toEqual(emptyState);
    expect(host.registry.running).toBe(0);
    expect([...host.layers.staged.keys()]).not.toContain(baseBlob);
  });

  test("a blob that is cut short is refused too", async () => {
    host.registry.blobs.set(baseBlob, host.registry.blobs.get(baseBlob)?.slice(0, 300) ?? new Uint8Array());
    expect(await refused(pulled("base:1"))).toBe(`filesystem layer verification failed for digest ${baseBlob}`);
  });

  test("a layer that is not the one of the config is refused", async () => {
    const diffIds = [sha256<DiffId>(new Uint8Array(1))];
    await host.registry.add("docker.io/library/liar:latest", [base], config, { diffIds });
    expect(await refused(pulled("liar"))).toBe("layers from manifest don't match image configuration");
    expect(host.state).toEqual(emptyState);
  });

  test("no tar at all", async () => {
    const [digest] = (await host.registry.add("docker.io/library/junk:latest", [[]], config)) as [Digest];
    const junk = new TextEncoder().encode("x".repeat(2000));
    const manifest = host.registry.manifests.get("docker.io/library/junk:latest");
    const layer = manifest?.manifest.layers[0];
    expect(layer?.digest).toBe(digest);
    if (layer) Object.assign(layer, { digest: sha256(junk), size: junk.length });
    host.registry.blobs.set(sha256(junk), junk);
    expect(await refused(pulled("junk"))).toMatch(/^failed to register layer: /);
  });

  test("interrupted: nothing is kept, and it can be done again", async () => {
    const controller = new AbortController();
    host.registry.onBlob = (digest) => {
      if (digest !== baseBlob) controller.abort();
    };
    const work = host.command((tx) => pull(tx, host.ports, parseReference("web"), { signal: controller.signal }));
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(host.state).toEqual(emptyState);
    host.registry.onBlob = () => {};
    await pulled("web");
    expect(host.state.layers.size).toBe(2);
  });
});

describe("containers", () => {
  beforeEach(async () => {
    await pulled("base:1");
  });

  test("run prints, ends, is logged; --rm leaves nothing", async () => {
    const { id, outcome } = await run(["echo", "hello"]);
    expect(outcome).toEqual({ kind: "exited", code: 0 });
    const container = findContainer(host.state, id);
    expect(container.log.map((chunk) => chunk.text)).toEqual(["hello\n"]);
    expect(container.status).toMatchObject({ kind: "exited", code: 0 });
    await run(["false"], { autoRemove: true });
    expect([...host.state.containers.keys()]).toEqual([id]);
  });

  test("names: docker's adjective_surname, the short id as hostname", async () => {
    const { name, id, config } = await run(["echo"]);
    expect(name).toMatch(/^[a-z]+_[a-z]+$/);
    expect(config.Hostname).toBe(id.slice(0, 12));
  });

  test("the init layer is there and is no change of the container's", async () => {
    const { id } = await run(["sleep", "1000"]);
    const container = findContainer(host.state, id);
    const view = viewOf(host.state, container);
    expect(view.stat("/.dockerenv", root)).toMatchObject({ size: 0, mode: 0o755 });
    expect(view.readlink("/etc/mtab", root)).toBe("/proc/mounts");
    for (const path of ["/dev/pts", "/dev/shm", "/proc", "/sys"]) expect(view.stat(path, root).kind).toBe("directory");
    expect(diff(containerLower(host.state, container), container.upper)).toEqual([]);
  });

  test.each([
    [["nosuchcmd"], 127, 'exec: "nosuchcmd": executable file not found in $PATH'],
    [["/etc/notes"], 126, 'exec: "/etc/notes": permission denied'],
    [["/etc"], 126, 'exec: "/etc": is a directory'],
    [["/nosuch/path"], 127, 'exec: "/nosuch/path": stat /nosuch/path: no such file or directory'],
  ])("%s cannot be run: %i", async (command, code, message) => {
    const error = await run(command, { name: "c0" }).catch((error: unknown) => error);
    expect(error).toMatchObject({ exitCode: code });
    expect((error as Error).message).toBe(
      `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${message}`,
    );
    expect(findContainer(host.state, "c0").status.kind).toBe("created");
  });

  test("--rm removes a container that could not be started", async () => {
    await refused(run(["nosuchcmd"], { autoRemove: true }));
    expect(host.state.containers.size).toBe(0);
  });

  test("what create refuses", async () => {
    const { id } = await run(["sleep", "9"], { name: "web" });
    expect(await refused(run(["echo"], { name: "web" }))).toBe(
      `Conflict. The container name "/web" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
    expect(await refused(run(["echo"], { name: "a" }))).toBe(
      "Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
    );
    expect(await refused(run(["echo"], { workdir: "relative" }))).toBe(
      "the working directory 'relative' is invalid, it needs to be an absolute path",
    );
    expect(await refused(run([], { entrypoint: [""] }))).toBe("no command specified");
    expect(await refused(run(["echo"], { user: "nosuch" }))).toBe(
      "unable to find user nosuch: no matching entries in passwd file",
    );
  });

  test("a missing working directory is made in the writable layer", async () => {
    const { id } = await run(["echo"], { workdir: "/srv/app" });
    const container = findContainer(host.state, id);
    expect(diff(containerLower(host.state, container), container.upper)).toEqual([
      ["A", "/srv"],
      ["A", "/srv/app"],
    ]);
  });

  test("the environment, in docker's order", async () => {
    const { value } = await host.command((tx) => {
      const { id } = findImage(tx.state, "base:1");
      const request = { image: id, imageName: "base:1", env: ["FOO=bar"], user: "www", tty: true, name: "env" };
      create(tx, host.ports, request);
      return begin(tx, host.ports, "env", 80);
    });
    expect(value?.process.env).toEqual([
      "PATH=/usr/sbin:/bin",
      `HOSTNAME=${value?.container.slice(0, 12)}`,
      "TERM=xterm",
      "FOO=bar",
      "HOME=/var/www",
    ]);
  });

  test("addresses are given at the start and taken back at the end", async () => {
    const ids = [await run(["sleep"]), await run(["sleep"]), await run(["echo"])].map(({ id }) => id);
    const addresses = () => ids.map((id) => host.state.containers.get(id)?.ipAddress);
    expect(addresses()).toEqual(["172.17.0.2", "172.17.0.3", ""]);
    await host.command((tx) => stop(tx, host.ports, ids[0] ?? "", { signal }));
    const { id } = await run(["sleep"]);
    expect(host.state.containers.get(id)?.ipAddress).toBe("172.17.0.2");
  });

  test("stop: ten seconds and 137 for a process that does not listen, at once and 0 for nginx", async () => {
    await pulled("web");
    const { id } = await run(["sleep", "1000"]);
    const before = host.now;
    await host.command((tx) => stop(tx, host.ports, id, { signal }));
    expect(host.state.containers.get(id)?.status).toMatchObject({ code: 137, finishedAt: before + 10_000 });
    const server = await run([], {}, "web");
    await host.command((tx) => stop(tx, host.ports, server.id, { signal }));
    expect(host.state.containers.get(server.id)?.status).toMatchObject({ code: 0, finishedAt: before + 10_000 });
    expect(await refused(() => host.command((tx) => stop(tx, host.ports, id, { signal })))).toBe("done");
  });

  test("a process that ends by itself is settled when its time has come", async () => {
    host.behaviours["sleep"] = () => ({ kind: "running", endsAt: host.now + 60_000 });
    const { id } = await run(["sleep", "60"]);
    await host.command((tx) => settle(tx, host.now + 59_999));
    expect(host.state.containers.get(id)?.status.kind).toBe("running");
    await host.command((tx) => settle(tx, host.now + 90_000));
    expect(host.state.containers.get(id)?.status).toMatchObject({
      kind: "exited",
      finishedAt: host.now + 60_000,
      code: 0,
    });
  });

  test("exec", async () => {
    const { id } = await run(["sleep", "1000"], { name: "c1" });
    const execIn = (name: string, command: readonly string[], more = {}) =>
      host.command((tx) =>
        exec(
          tx,
          host.ports,
          name,
          { command, columns: 80, ...more },
          { output: { stdout: () => {}, stderr: () => {} }, signal },
        ),
      );
    await execIn("c1", ["put", "/root/f", "hi"]);
    const container = findContainer(host.state, id);
    expect(diff(containerLower(host.state, container), container.upper)).toEqual([
      ["C", "/root"],
      ["A", "/root/f"],
    ]);
    const failed = "OCI runtime exec failed: exec failed: unable to start container process: ";
    expect(await refused(execIn("c1", ["nosuchcmd"]))).toBe(
      `${failed}exec: "nosuchcmd": executable file not found in $PATH`,
    );
    expect(await refused(execIn("c1", ["sh"], { workdir: "/nosuch" }))).toBe(
      `${failed}chdir to cwd ("/nosuch") set in config.json failed: no such file or directory`,
    );
    await host.command((tx) => stop(tx, host.ports, "c1", { signal, seconds: 1 }));
    expect(await refused(execIn("c1", ["ls"]))).toBe(`container ${id} is not running`);
    expect(await refused(execIn("nosuch", ["ls"]))).toBe("No such container: nosuch");
  });

  test("rm", async () => {
    await run(["sleep", "1000"], { name: "web" });
    const rm = (force: boolean) => refused(() => host.command((tx) => remove(tx, host.ports, "web", { force })));
    expect(await rm(false)).toBe(
      'cannot remove container "web": container is running: stop the container before removing or force remove',
    );
    expect(await rm(true)).toBe("done");
    expect(await rm(true)).toBe("No such container: web");
  });

  test("full id, then exact name, then unique prefix", async () => {
    host.nextHex = [`0a${"1".repeat(62)}`, `0b${"2".repeat(62)}`];
    const one = await run(["echo"], { name: "0b" });
    const two = await run(["echo"], { name: "other" });
    expect(findContainer(host.state, "0b").id).toBe(one.id);
    expect(findContainer(host.state, "0b2").id).toBe(two.id);
    expect(findContainer(host.state, "/other").id).toBe(two.id);
    expect(findContainer(host.state, two.id).id).toBe(two.id);
    expect(await refused(() => findContainer(host.state, "0"))).toBe("multiple IDs found with provided prefix: 0");
    expect(await refused(() => findContainer(host.state, "c"))).toBe("No such container: c");
  });
});

describe("images", () => {
  beforeEach(async () => {
    await pulled("base:1");
  });
  const commits = async (command: readonly string[], reference: string | null, more = {}) => {
    const { id } = await run(command);
    const request = { reference: reference === null ? null : parseReference(reference), ...more };
    const { value, tx } = await host.command((tx) => commit(tx, host.ports, id, request));
    return { image: value, container: id, events: tx.story.map((frame) => frame.event) };
  };
  const rmi = async (text: string, force = false): Promise<string[]> => {
    const { value } = await host.command((tx) => removeImage(tx, text, { force }));
    return value.map((line) => (line.kind === "untagged" ? `Untagged: ${line.name}` : `Deleted: ${line.id}`));
  };

  test("commit freezes the writable layer; the next container has what it has", async () => {
    const { image, events } = await commits(["put", "/root/hello.txt", "hello"], "my/app:1.0", {
      message: "add hello",
      author: "me",
    });
    const made = findImage(host.state, "my/app:1.0");
    expect(made.id).toBe(image);
    expect(made.layers).toHaveLength(2);
    const layer = host.state.layers.get(made.layers[1] ?? made.layers[0]!);
    expect(events).toMatchObject([
      { type: "container.commit", reference: "my/app:1.0", size: 5, layer: layer?.chainId },
    ]);
    const tar = await tarOf([
      { kind: "directory", path: "root", mode: 0o755, uid: 0, gid: 0, mtime: Math.floor(host.now / 1000) },
      { ...file("root/hello.txt", "hello"), mtime: Math.floor(host.now / 1000) },
    ]);
    expect(layer?.diffId).toBe(sha256(tar));
    const blob = await host.layers.blob(layer?.blob.digest as Digest);
    const stored = blob?.stream().pipeThrough(new DecompressionStream("gzip"));
    expect(sha256(new Uint8Array(await new Response(stored).arrayBuffer()))).toBe(layer?.diffId);
    expect(made.config.history?.at(-1)).toEqual({
      created: "2026-11-23T17:49:25.159Z",
      created_by: "put /root/hello.txt hello",
      author: "me",
      comment: "add hello",
    });
    const { id } = await run(["sleep"], {}, "my/app:1.0");
    const view = viewOf(host.state, findContainer(host.state, id));
    expect(view.stat("/root/hello.txt", root).size).toBe(5);
    expect(view.stat("/etc/passwd", root).kind).toBe("file");
  });

  test("the same commands on another host give the same ids", async () => {
    const first = await commits(["put", "/root/x", "1"], "a:1");
    host = new PracticeHost();
    await host.registry.add("docker.io/library/base:1", [base], config);
    await pulled("base:1");
    expect(await commits(["put", "/root/x", "1"], "a:1")).toMatchObject({ image: first.image });
  });

  test("nothing changed: no layer, a history line only", async () => {
    const { image, events } = await commits(["echo"], "same");
    const made = findImage(host.state, image);
    expect([made.layers.length, made.config.history?.at(-1)?.empty_layer]).toEqual([1, true]);
    expect(events).toMatchObject([{ layer: null, diffId: null, size: 0 }]);
  });

  test("changes go into the config, not into the history", async () => {
    const { image } = await commits(["echo"], "c", { changes: ['CMD ["cat","/x"]', "ENV Q=1 R=2", "EXPOSE 80"] });
    const { config } = findImage(host.state, image).config;
    expect(config).toMatchObject({
      Cmd: ["cat", "/x"],
      Env: ["PATH=/usr/sbin:/bin", "Q=1", "R=2"],
      ExposedPorts: { "80/tcp": {} },
    });
    expect(await refused(commits(["echo"], "c", { changes: ["RUN x"] }))).toBe("RUN is not a valid change command");
  });

  test("tag, untag, delete", async () => {
    await host.command((tx) => tag(tx, "base:1", parseReference("mine:v1")));
    expect(await rmi("mine:v1")).toEqual(["Untagged: mine:v1"]);
    const { digest } = [...host.registry.manifests.values()][0] ?? {};
    const [chain] = host.state.layers.keys();
    const { id } = findImage(host.state, "base:1");
    expect(await rmi("base:1")).toEqual([
      "Untagged: base:1",
      `Untagged: base@${digest}`,
      `Deleted: ${id}`,
      `Deleted: ${chain}`,
    ]);
    expect(host.state).toEqual(emptyState);
  });

  test("layers go with their last user", async () => {
    const one = await commits(["put", "/root/x", "1"], "ra");
    host.now += 1000;
    const two = await host.command((tx) => commit(tx, host.ports, one.container, { reference: parseReference("rb") }));
    await host.command((tx) => remove(tx, host.ports, one.container, {}));
    const layers = [...host.state.layers.keys()];
    expect(await rmi("base:1")).toEqual(["Untagged: base:1", expect.stringContaining("Untagged: base@")]);
    expect(await rmi("ra")).toEqual(["Untagged: ra:latest", `Deleted: ${one.image}`]);
    expect(await rmi("rb")).toEqual(
      [
        "Untagged: rb:latest",
        `Deleted: ${two.value}`,
        // The parent has no name any more, and goes too.
        expect.stringContaining("Deleted: "),
        `Deleted: ${layers[0]}`,
      ].toSpliced(2, 0, `Deleted: ${layers[1]}`),
    );
    expect(host.state).toEqual(emptyState);
  });

  test("conflicts", async () => {
    const { id } = await run(["sleep", "9"], { name: "c1" });
    const image = findImage(host.state, "base:1").id;
    expect(await refused(rmi("base:1"))).toBe(
      `conflict: unable to remove repository reference "base:1" (must force) - container ${id.slice(0, 12)} is using its referenced image ${short(image)}`,
    );
    expect(await refused(rmi(image, true))).toBe(
      `conflict: unable to delete ${short(image)} (cannot be forced) - image is being used by running container ${id.slice(0, 12)}`,
    );
    await host.command((tx) => stop(tx, host.ports, "c1", { signal, seconds: 0 }));
    expect(await refused(rmi(short(image)))).toBe(
      `conflict: unable to delete ${short(image)} (must be forced) - image is being used by stopped container ${id.slice(0, 12)}`,
    );
    await host.command((tx) => tag(tx, "base:1", parseReference("other:1")));
    expect(await refused(rmi(short(image)))).toBe(
      `conflict: unable to delete ${short(image)} (must be forced) - image is referenced in multiple repositories`,
    );
    expect(await rmi("other:1")).toEqual(["Untagged: other:1"]);
    expect(await refused(rmi("nosuch"))).toBe("No such image: nosuch:latest");
    const child = await host.command((tx) => commit(tx, host.ports, "c1", { reference: null }));
    expect(await refused(rmi(short(image), true))).toBe(
      `conflict: unable to delete ${short(image)} (cannot be forced) - image has dependent child images`,
    );
    expect(await rmi(child.value)).toEqual([`Deleted: ${child.value}`]);
  });

  test("a container keeps its layers when its image is removed by force, and shows the id then", async () => {
    const { id } = await run(["echo"], { name: "c1" });
    const image = findImage(host.state, "base:1").id;
    expect(shownImageName(host.state, findContainer(host.state, id))).toBe("base:1");
    await rmi("base:1", true);
    expect([host.state.images.size, host.state.layers.size]).toEqual([0, 1]);
    expect(shownImageName(host.state, findContainer(host.state, id))).toBe(short(image));
    await host.command((tx) => start(tx, host.ports, "c1", quiet));
    await host.command((tx) => remove(tx, host.ports, "c1", {}));
    expect(host.state).toEqual(emptyState);
  });

  test("at most 125 layers", async () => {
    const { id } = await run(["put", "/root/x", "1"]);
    const container = findContainer(host.state, id);
    const layers = Array.from({ length: 125 }, () => container.layers[0]!);
    host.state = { ...host.state, containers: new Map([[id, { ...container, layers }]]) };
    expect(await refused(() => host.command((tx) => commit(tx, host.ports, id, { reference: null })))).toBe(
      "max depth exceeded",
    );
  });
});

describe("views and records", () => {
  test("a state read back from its records is the same, lower sides shared again", async () => {
    await pulled("web");
    await pulled("base:1");
    const { id } = await run(["put", "/root/x", "1"]);
    await host.command((tx) => commit(tx, host.ports, id, { reference: parseReference("mine") }));
    const records = structuredClone(saveState(host.state));
    const loaded = loadState(records);
    expect(saveState(loaded)).toEqual(records);
    expect(hostState(loaded, host.now, { changes: true })).toEqual(hostState(host.state, host.now, { changes: true }));
    expect(blobKeys(loaded)).toEqual(blobKeys(host.state));
  });

  test("a command writes only what it changed", async () => {
    await pulled("base:1");
    const before = host.state;
    const { id } = await run(["echo", "x"]);
    expect([...changedRecords(before, host.state).put.keys()]).toEqual(["index", `container/${id}`, `upper/${id}`]);
    const running = host.state;
    await host.command((tx) => remove(tx, host.ports, id, {}));
    expect(changedRecords(running, host.state).removed).toEqual([`container/${id}`, `upper/${id}`]);
  });

  test("contents of files, read back through the store", async () => {
    await pulled("base:1");
    const { id } = await run(["echo"]);
    const content = viewOf(host.state, findContainer(host.state, id)).read("/etc/big.txt", root);
    expect(content.segments).toMatchObject([{ kind: "stored", size: 17_000 }]);
    const [segment] = content.segments;
    if (segment?.kind !== "stored") throw new TypeError("not stored");
    const bytes = await host.layers.readStored(segment.layer, segment.offset + 17, 17);
    expect(new TextDecoder().decode(bytes)).toBe("0123456789abcdef\n");
  });

  test("the host as plain data", async () => {
    await pulled("web");
    await pulled("base:1");
    const { id } = await run(["rm", "/etc/passwd"], { name: "c1" });
    const seen = hostState(host.state, host.now + 5000, { changes: true });
    expect(structuredClone(seen)).toEqual(seen);
    expect(seen.layers.map(({ name, createdBy }) => [name, createdBy])).toEqual([
      ["base:1", "RUN step 0"],
      ["web:latest", "RUN step 1"],
    ]);
    expect(seen.containers).toMatchObject([
      {
        id,
        name: "c1",
        status: "Exited (0) 5 seconds ago",
        upper: {
          size: 0,
          changes: [
            ["C", "/etc"],
            ["D", "/etc/passwd"],
          ],
        },
      },
    ]);
    expect(seen.layers[1]?.counts).toEqual({ added: 3, changed: 1, deleted: 1 });
    const view = stackView(host.state, { kind: "container", id }, "/etc", 10);
    expect(view?.rows.map((row) => row.layer)).toEqual(["writable", "init", expect.stringContaining("sha256:")]);
    expect(view?.columns[0]).toMatchObject({ name: "passwd", merged: null });
  });
});
