import { describe, expect, test } from "vitest";
import { textContent } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { parseReference } from "../core/oci/reference.ts";
import { entriesFromTree } from "../core/filesystem/tree.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import { tarContent } from "../core/tar/write.ts";
import { build, type BuildRequest } from "../engine/build/build.ts";
import { BuildError } from "../engine/build/build-error.ts";
import { pruneBuildCache } from "../engine/build/cache.ts";
import type { BuildProgress } from "../engine/build/progress.ts";
import { HOME, hostFileSystem, learner } from "../engine/host-files.ts";
import { findImage } from "../engine/lookup.ts";
import { removeImage } from "../engine/operations/remove-image.ts";
import { pull } from "../engine/operations/pull.ts";
import type { Image } from "../engine/state.ts";
import { withFiles } from "../engine/update.ts";
import { directory, file, PracticeHost, program } from "./practice-host.ts";

const BASE = [
  directory("bin"),
  program("bin/sh"),
  program("bin/put"),
  directory("etc"),
  file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1001::/home/ada:/bin/sh\n"),
];
const CONFIG = { Env: ["PATH=/bin"], Cmd: ["sh"] };

type Files = Readonly<Record<string, string | readonly LayerEntry[]>>;

/** A host with a base image, and a directory to build in: its files by name, a text or a tar. */
async function hostWith(files: Files): Promise<PracticeHost> {
  const host = new PracticeHost();
  await host.registry.add("docker.io/library/base:1", [BASE], CONFIG);
  await host.registry.add("docker.io/library/other:1", [[directory("o"), file("o/two", "2")]], CONFIG);
  // `put PATH TEXT`, `rm PATH`, `exit CODE`, `say TEXT`, each after the other with "&&".
  host.behaviours["sh"] = ({ argv, change, print }) => {
    for (const [verb = "", path = "", text = ""] of splitCommand(argv[2] ?? "")) {
      if (verb === "exit") return { kind: "exited", code: Number(path) };
      if (verb === "say") print(`${path}\n`);
      else if (verb === "rm") change((fs) => fs.unlink(path, root));
      else
        change((fs) => fs.write(path, textContent(text), { write: true, create: true, truncate: true }, 0o644, root));
    }
    return { kind: "exited", code: 0 };
  };
  change(host, files);
  return host;
}

/** Writes files into the directory. */
function change(host: PracticeHost, files: Files): void {
  const fs = hostFileSystem(host.state.files, () => host.now);
  const made = new Set<string>();
  for (const [name, content] of Object.entries(files)) {
    const path = `${HOME}/${name}`;
    const above = path.slice(0, path.lastIndexOf("/"));
    if (above !== HOME && !made.has(above)) fs.mkdir(above, 0o755, learner);
    made.add(above);
    const bytes = typeof content === "string" ? textContent(content) : tarContent(content);
    fs.write(path, bytes, { write: true, create: true, truncate: true }, 0o644, learner);
  }
  host.state = withFiles(host.state, fs.upper);
}

/** "a b && c" as its words. */
const splitCommand = (line: string): string[][] =>
  line
    .trim()
    .split(" && ")
    .map((part) => part.split(" "));

interface Outcome {
  readonly image: Image;
  readonly told: readonly BuildProgress[];
}

async function built(host: PracticeHost, dockerfile: string, more: Partial<BuildRequest> = {}): Promise<Outcome> {
  const told: BuildProgress[] = [];
  host.now += 1000;
  const { value } = await host.command((tx) =>
    build(tx, host.ports, {
      files: {
        fs: hostFileSystem(host.state.files, () => host.now),
        who: learner,
        directory: HOME,
        dockerfile: { text: dockerfile.replaceAll("; ", "\n") },
      },
      references: [parseReference("app:1")],
      args: new Map(),
      labels: {},
      target: null,
      noCache: false,
      pull: false,
      signal: new AbortController().signal,
      progress: (progress) => told.push(progress),
      ...more,
    }),
  );
  return { image: findImage(host.state, value), told };
}

/** What a layer holds: "x=alpha", "d/", "-gone", "x->y", with mode and owner where they are not the usual. */
function shown(entry: LayerEntry): string {
  const { path, kind } = entry;
  if (kind === "whiteout") return `-${path}`;
  const usual = kind === "directory" ? 0o755 : kind === "file" ? 0o644 : entry.mode;
  const owner = entry.uid === 0 && entry.gid === 0 ? "" : `@${entry.uid}:${entry.gid}`;
  const mode = entry.mode === usual ? "" : `#${entry.mode.toString(8)}`;
  const what = kind === "directory" ? "/" : kind === "symlink" ? `->${entry.target}` : "";
  return `${path}${what}${mode}${owner}`;
}

/** The layers above the base's, each with its line of the history. */
function layersOf(host: PracticeHost, image: Image): string[] {
  const lines = (image.config.history ?? []).filter((entry) => entry.empty_layer !== true).slice(1);
  return image.layers.slice(1).map((chain, at) => {
    const layer = host.state.layers.get(chain);
    const files = layer ? entriesFromTree(layer.tree).map(shown) : [];
    return `${lines[at]?.created_by}: ${files.join(" ")}`;
  });
}

describe("instructions make layers", () => {
  const files: Files = {
    "a.txt": "alpha",
    "b.log": "beta",
    "d/one": "1",
    "d/two": "2",
    "e.tar": [directory("t"), file("t/in", "x")],
    ".dockerignore": "*.log\n",
  };
  test.each<[dockerfile: string, ...layers: string[]]>([
    ["FROM base:1; COPY a.txt /x", "COPY a.txt /x # buildkit: x"],
    ["FROM base:1; COPY a.txt /n/", "COPY a.txt /n/ # buildkit: n/ n/a.txt"],
    ["FROM base:1; COPY a.txt /etc", "COPY a.txt /etc # buildkit: etc/ etc/a.txt"],
    ["FROM base:1; COPY a.txt etc/passwd", "COPY a.txt etc/passwd # buildkit: etc/ etc/passwd"],
    ["FROM base:1; COPY d /n", "COPY d /n # buildkit: n/ n/one n/two"],
    ["FROM base:1; COPY d/* a.t?t ./m/", "COPY d/* a.t?t ./m/ # buildkit: m/ m/a.txt m/one m/two"],
    ["FROM base:1; COPY nothing* /m/", "COPY nothing* /m/ # buildkit: "],
    ["FROM base:1; COPY . /c", "COPY . /c # buildkit: c/ c/.dockerignore c/a.txt c/d/ c/d/one c/d/two c/e.tar"],
    [
      "FROM base:1; COPY --chown=7 --chmod=600 a.txt /n/x",
      "COPY --chown=7 --chmod=600 a.txt /n/x # buildkit: n/@7:7 n/x#600@7:7",
    ],
    ["FROM base:1; COPY --chown=ada a.txt /x", "COPY --chown=ada a.txt /x # buildkit: x@1000:1001"],
    ["FROM base:1; COPY e.tar /n/", "COPY e.tar /n/ # buildkit: n/ n/e.tar"],
    ["FROM base:1; ADD e.tar a.txt /n/", "ADD e.tar a.txt /n/ # buildkit: n/ n/a.txt n/t/ n/t/in"],
    ["FROM base:1; ENV D=/deep; COPY a.txt $D/${X:-x}", "COPY a.txt /deep/x # buildkit: deep/ deep/x"],
    ["FROM base:1; COPY <<E /x\nA is $A\nE", "COPY <<E /x # buildkit: x"],
    [
      "FROM base:1; WORKDIR /w; WORKDIR v; COPY a.txt .",
      "WORKDIR /w: w/",
      "WORKDIR /w/v: w/ w/v/",
      "COPY a.txt . # buildkit: w/ w/v/ w/v/a.txt",
    ],
    ["FROM base:1; USER ada; WORKDIR /w", "WORKDIR /w: w/@1000:1001"],
    ["FROM base:1; WORKDIR /etc", "WORKDIR /etc: "],
    ["FROM base:1; RUN put /x 1", "RUN /bin/sh -c put /x 1 # buildkit: etc/ x"],
    ["FROM base:1; RUN rm /etc/passwd", "RUN /bin/sh -c rm /etc/passwd # buildkit: etc/ -etc/passwd"],
    [
      "FROM base:1; RUN put /x 1; RUN rm /x",
      "RUN /bin/sh -c put /x 1 # buildkit: etc/ x",
      "RUN /bin/sh -c rm /x # buildkit: etc/ -x",
    ],
    ['FROM base:1; RUN ["put", "/y", "1"]', "RUN put /y 1 # buildkit: etc/ y"],
    ["FROM base:1; RUN <<E\nput /x 1\nE", "RUN /bin/sh -c put /x 1\n # buildkit: etc/ x"],
    ['FROM base:1; SHELL ["/bin/sh", "-ec"]; RUN put /x', "RUN /bin/sh -ec put /x # buildkit: etc/ x"],
    ["FROM base:1; ARG A=1; ARG B; RUN put /x", "RUN |2 A=1 B= /bin/sh -c put /x # buildkit: etc/ x"],
    ["FROM base:1 AS b; RUN put /x 1; FROM base:1; COPY --from=b /x /y", "COPY /x /y # buildkit: y"],
    ["FROM base:1 AS b; RUN put /x 1; FROM base:1; COPY --from=0 /x /y", "COPY /x /y # buildkit: y"],
    ["FROM base:1; COPY --from=other:1 /o /p", "COPY /o /p # buildkit: p/ p/two"],
    [
      "FROM base:1 AS b; RUN put /x; FROM b; RUN put /y",
      "RUN /bin/sh -c put /x # buildkit: etc/ x",
      "RUN /bin/sh -c put /y # buildkit: etc/ y",
    ],
    ["ARG V=1; FROM base:$V; COPY a.txt /x", "COPY a.txt /x # buildkit: x"],
  ])("%j", async (dockerfile, ...layers) => {
    const host = await hostWith(files);
    const { image } = await built(host, dockerfile);
    expect(layersOf(host, image)).toEqual(layers);
    expect([...host.state.containers]).toEqual([]);
  });
});

describe("instructions describe the image", () => {
  test.each<[dockerfile: string, config: object, history: string]>([
    ["ENV A=1 B=$PATH", { Env: ["PATH=/bin", "A=1", "B=/bin"] }, "ENV A=1 B=/bin"],
    ["ENV A=1; ENV A=$A.$B", { Env: ["PATH=/bin", "A=1."] }, "ENV A=1. | ENV A=1"],
    ["ARG A=1; ENV B=$A", { Env: ["PATH=/bin", "B=1"] }, "ENV B=1 | ARG A=1"],
    ["CMD a b", { Cmd: ["/bin/sh", "-c", "a b"], ArgsEscaped: true }, 'CMD ["/bin/sh" "-c" "a b"]'],
    ['ENTRYPOINT ["e"]', { Entrypoint: ["e"], Cmd: undefined }, 'ENTRYPOINT ["e"]'],
    ['CMD ["c"]; ENTRYPOINT ["e"]', { Entrypoint: ["e"], Cmd: ["c"] }, 'ENTRYPOINT ["e"] | CMD ["c"]'],
    ["EXPOSE 80 53/udp", { ExposedPorts: { "53/udp": {}, "80/tcp": {} } }, "EXPOSE [53/udp 80/tcp]"],
    ["LABEL a=b c='d e'", { Labels: { a: "b", c: "d e" } }, "LABEL a=b c=d e"],
    ["USER ada; VOLUME /v /w", { User: "ada", Volumes: { "/v": {}, "/w": {} } }, "VOLUME [/v /w] | USER ada"],
    ["STOPSIGNAL 9", { StopSignal: "9" }, "STOPSIGNAL 9"],
    [
      "HEALTHCHECK --interval=90s CMD x",
      { Healthcheck: { Test: ["CMD-SHELL", "x"], Interval: 90e9 } },
      "HEALTHCHECK {Test:[CMD-SHELL x] Interval:1m30s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}",
    ],
    ["ONBUILD RUN x", { OnBuild: ["RUN x"] }, ""],
    ["MAINTAINER me", {}, "MAINTAINER me"],
  ])("%s", async (lines, config, history) => {
    const host = await hostWith({});
    const { image } = await built(host, `FROM base:1; ${lines}`);
    const run = image.config.config ?? {};
    expect(Object.fromEntries(Object.keys(config).map((key) => [key, run[key]]))).toEqual(config);
    expect(image.layers).toHaveLength(1);
    const own = (image.config.history ?? []).slice(1);
    expect(own.every((entry) => entry.empty_layer && entry.comment === "buildkit.dockerfile.v0")).toBe(true);
    expect(
      own
        .map((entry) => entry.created_by)
        .toReversed()
        .join(" | "),
    ).toBe(history);
  });
});

/** "done" or "cached", for each step that is counted. */
const steps = ({ told }: Outcome): string =>
  told
    .flatMap((progress) => {
      const start = told.find(({ vertex, kind }) => vertex === progress.vertex && kind === "started");
      const counted = start?.kind === "started" && start.name.startsWith("[") && !start.name.startsWith("[internal");
      return counted && progress.kind === "ended" ? progress.how : [];
    })
    .join(" ");

describe("the cache", () => {
  const dockerfile = "FROM base:1; COPY a /x; RUN put /y 1; COPY b /z; CMD x";
  test.each<[what: string, change: (host: PracticeHost) => Files | string | Partial<BuildRequest>, expected: string]>([
    ["nothing changed", () => ({}), "done cached cached cached"],
    ["touched", (host) => ((host.now += 5e6), { a: "1", b: "2" }), "done cached cached cached"],
    ["the first file changed", () => ({ a: "other" }), "cached done done done"],
    ["the last file changed", () => ({ b: "other" }), "done cached cached done"],
    ["another line", () => dockerfile.replace("put /y 1", "put /y 2"), "done cached done done"],
    ["another CMD", () => dockerfile.replace("CMD x", "CMD y"), "done cached cached cached"],
    ["an ENV before all", () => dockerfile.replace("COPY a", "ENV A=1; COPY a"), "done cached done done"],
    ["--no-cache", () => ({ noCache: true }), "cached done done done"],
  ])("%s", async (_, changing, expected) => {
    const host = await hostWith({ a: "1", b: "2" });
    const first = await built(host, dockerfile);
    expect(steps(first)).toBe("done done done done");
    const changed = changing(host);
    const text = typeof changed === "string" ? changed : dockerfile;
    const again = typeof changed === "object" && "noCache" in changed ? (changed as Partial<BuildRequest>) : {};
    if (typeof changed === "object" && !("noCache" in changed)) change(host, changed as Files);
    const second = await built(host, text, again);
    expect(steps(second)).toBe(expected);
    const same = expected === "done cached cached cached" && text === dockerfile;
    expect(second.image.id === first.image.id).toBe(same);
  });

  test("an argument counts from where it is declared", async () => {
    const host = await hostWith({});
    const text = "FROM base:1; RUN put /x; ARG A=1; RUN put /y $A";
    await built(host, text);
    expect(steps(await built(host, text, { args: new Map([["A", "2"]]) }))).toBe("done cached done");
  });

  test("what another stage did differently with the same outcome counts as the same", async () => {
    const host = await hostWith({});
    const text = "FROM base:1 AS b; RUN put /x 1; FROM base:1; COPY --from=b /x /x; RUN put /y";
    await built(host, text);
    const other = text.replace("put /x 1", "put /x 1 && say done");
    expect(steps(await built(host, other))).toBe("cached done cached cached");
  });

  test("keeps layers on disk until it is pruned", async () => {
    const host = await hostWith({ a: "1" });
    await built(host, "FROM base:1; COPY a /x; RUN put /y");
    expect(host.state.layers.size).toBe(3);
    // The base is no image here: it was fetched for the build only.
    expect([...host.state.tags.keys()]).toEqual(["docker.io/library/app:1"]);
    await host.command((tx) => pruneBuildCache(tx, { all: false }));
    expect(host.state.buildCache.size).toBe(3);
    await host.command((tx) => removeImage(tx, "app:1"));
    expect(host.state.layers.size).toBe(3);
    const { value } = await host.command((tx) => pruneBuildCache(tx, { all: false }));
    expect([value.records.length, value.freed, host.state.layers.size]).toEqual([3, 200_066, 0]);
  });
});

describe("a build fails", () => {
  test.each<[dockerfile: string, message: string | RegExp]>([
    [
      "FROM base:1; RUN put /x && exit 3",
      `process "/bin/sh -c put /x && exit 3" did not complete successfully: exit code: 3`,
    ],
    [
      "FROM base:1; COPY nosuch /x",
      /^failed to compute cache key: failed to calculate checksum of ref [-0-9a-f]{36}::[0-9a-z]{25}: "\/nosuch": not found$/,
    ],
    [
      "FROM nosuch",
      "nosuch: failed to resolve source metadata for docker.io/library/nosuch:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
    ],
    [
      "FROM base:2",
      "base:2: failed to resolve source metadata for docker.io/library/base:2: docker.io/library/base:2: not found",
    ],
    [
      "FROM Base",
      `failed to parse stage name "Base": invalid reference format: repository name (library/Base) must be lowercase`,
    ],
    ["FROM $NONE", "base name ($NONE) should not be blank"],
    [
      "FROM base:1; COPY --chmod=rwx a /x",
      "invalid chmod parameter: 'rwx'. it should be octal string and between 0 and 07777",
    ],
    ["FROM base:1; COPY d /etc/passwd", "cannot copy to non-directory: /etc/passwd"],
    ["FROM base:1; COPY --chown=nobody a /x", "unable to find user nobody: no matching entries in passwd file"],
    ["FROM base:1; ADD https://example.org/x /x", /is not simulated in Lamina/],
    ["FROM base:1; RUN --mount=type=cache,target=/x put /x", /is not simulated in Lamina/],
  ])("%s", async (dockerfile, message) => {
    const host = await hostWith({ a: "1", "d/x": "1" });
    await expect(built(host, dockerfile)).rejects.toThrow(message);
    await expect(built(host, dockerfile)).rejects.toThrow(BuildError);
    expect([...host.state.containers, ...host.state.images]).toEqual([]);
  });

  test("what runs not at all says so where its output would be", async () => {
    const host = await hostWith({});
    const told: BuildProgress[] = [];
    const failing = built(host, "FROM scratch; RUN ls", { progress: (progress) => told.push(progress) });
    await expect(failing).rejects.toThrow(`process "/bin/sh -c ls" did not complete successfully: exit code: 1`);
    expect(told.flatMap((each) => (each.kind === "log" ? each.text : []))).toEqual([
      `runc run failed: unable to start container process: error during container init: exec: "/bin/sh": stat /bin/sh: no such file or directory\n`,
    ]);
  });

  test("steps before the one that failed are cached", async () => {
    const host = await hostWith({});
    await expect(built(host, "FROM base:1; RUN put /x 1; RUN exit 1")).rejects.toThrow(BuildError);
    expect(host.state.layers.size).toBe(2);
    expect(steps(await built(host, "FROM base:1; RUN put /x 1; RUN put /y"))).toBe("done cached done");
  });
});

describe("stages", () => {
  const text = "FROM base:1 AS a; RUN put /a; FROM base:1 AS unused; RUN exit 1; FROM a AS c; RUN put /c";
  test.each<[target: string | null, layers: number]>([
    [null, 3],
    ["a", 2],
    ["0", 2],
  ])("%s builds only what it needs", async (target, layers) => {
    const host = await hostWith({});
    const { image } = await built(host, text, { target });
    expect(image.layers).toHaveLength(layers);
  });

  test("a stage that is not there", async () => {
    const host = await hostWith({});
    await expect(built(host, text, { target: "x" })).rejects.toThrow(`target stage "x" could not be found`);
  });

  test("what an image asks of those who build on it is done first", async () => {
    const host = await hostWith({ a: "1" });
    await built(host, "FROM base:1; ONBUILD COPY a /x; ONBUILD ENV A=1", { references: [parseReference("asking")] });
    const { image, told } = await built(host, "FROM asking; RUN put /y");
    expect(layersOf(host, image)).toEqual(["COPY a /x # buildkit: x", "RUN /bin/sh -c put /y # buildkit: etc/ y"]);
    expect(image.config.config).toMatchObject({ Env: ["PATH=/bin", "A=1"] });
    expect(image.config.config?.OnBuild).toBeUndefined();
    expect(told.flatMap((each) => (each.kind === "started" ? each.name : [])).slice(3)).toEqual([
      "[1/3] FROM docker.io/library/asking:latest",
      "[internal] load build context",
      "[2/3] ONBUILD COPY a /x",
      "[3/3] RUN put /y",
      "exporting to image",
    ]);
  });
});

test("the story: a container on the base, each step in a writable layer that freezes, then the image", async () => {
  const host = await hostWith({ a: "1" });
  await host.command((tx) => pull(tx, host.ports, parseReference("base:1"), { signal: new AbortController().signal }));
  const before = host.state;
  const stories: string[] = [];
  const dockerfile = "FROM base:1; COPY a /x; ENV A=1; RUN put /y";
  host.now += 1000;
  const { tx } = await host.command((command) =>
    build(command, host.ports, {
      files: {
        fs: hostFileSystem(before.files, () => host.now),
        who: learner,
        directory: HOME,
        dockerfile: { text: dockerfile.replaceAll("; ", "\n") },
      },
      references: [parseReference("app")],
      args: new Map(),
      labels: { l: "1" },
      target: null,
      noCache: false,
      pull: false,
      signal: new AbortController().signal,
      progress: () => {},
    }),
  );
  for (const { event, state } of tx.story) {
    const [container] = state.containers.values();
    const place = container
      ? `${container.layers.length} ${container.building} ${container.upper.root.entries.size}`
      : "-";
    stories.push(`${event.type} ${place}`);
  }
  expect(stories).toEqual([
    "build.from 1 FROM base:1 0",
    "build.step 1 COPY a /x 0",
    "fs.create 1 COPY a /x 1",
    "build.layer 2 COPY a /x 0",
    "build.config 2 ENV A=1 0",
    "build.step 2 RUN put /y 0",
    "fs.create 2 RUN put /y 1",
    "build.layer 3 RUN put /y 0",
    "build.image -",
  ]);
  expect(findImage(host.state, "app").config.config?.Labels).toEqual({ l: "1" });
});
