import { beforeEach, expect, test } from "vitest";
import { formatApkRecord } from "../../../content/packages/apk-database.ts";
import { type PackageBundle, type PackageIndex, parsePackage } from "../../../content/packages/format.ts";
import { textContent } from "../../../core/filesystem/content.ts";
import { treeFromEntries } from "../../../core/filesystem/tree.ts";
import type { LayerEntry } from "../../../core/image/layer-entry.ts";
import { emptyLower, stackOn } from "../../../core/overlay/lower.ts";
import type { PackageSource } from "../../command.ts";
import { TestContainer } from "../test-process.ts";
import { compareApkVersions } from "./version.ts";

const BUSYBOX = `Package: busybox
Version: 1.36.1-r31
Architecture: x86_64
Section: main
Installed-Size: 7200
Size: 500000
Triggers: /bin /usr/bin

d0755 bin
f0755 800000 bin/busybox
`;
const FACTS = [
  BUSYBOX,
  `Package: ed
Version: 1.9-r0
Architecture: x86_64
Section: main
Depends: so:libtext.so.1, ed-common=1.9-r0
Provides: cmd:ed=1.9-r0
Installed-Size: 2048
Size: 900000
Description: line editor

d0755 usr
d0755 usr/bin
f0755 2000000 usr/bin/ed
# control
f0755 10 post-install
`,
  "Package: ed-common\nVersion: 1.9-r0\nArchitecture: x86_64\nSection: main\nInstalled-Size: 10\nSize: 9\n\nd0755 usr\nd0755 usr/share\nd0755 usr/share/ed\nf0644 10 usr/share/ed/help\n",
  "Package: libtext\nVersion: 1.4-r2\nArchitecture: x86_64\nSection: community\nProvides: so:libtext.so.1=1.4\nInstalled-Size: 100\nSize: 9\n\nd0755 usr\nd0755 usr/lib\nf0755 80000 usr/lib/libtext.so.1\n",
  "Package: ed-completion\nVersion: 1.9-r0\nArchitecture: x86_64\nSection: main\nInstall-If: ed=1.9-r0, busybox\nInstalled-Size: 4\nSize: 9\n\n",
];
const URL = "https://mirror.test/v1";
const INDEX: PackageIndex = {
  archive: {
    indexes: ["main", "community"].map((component) => ({
      label: `${URL}/${component}`,
      download: 1000,
      path: `/var/cache/apk/APKINDEX.${component}.tar.gz`,
      size: 1000,
      component,
    })),
  },
  packages: FACTS.map((text) => parsePackage(text).control),
};
const archive: PackageSource = {
  async text(path) {
    if (path === "alpine-3.20/index.json") return JSON.stringify(INDEX);
    const facts = FACTS.find((text) => path === `alpine-3.20/${parsePackage(text).control["Package"]}.json`);
    if (facts === undefined) throw new Error(`${path}: not found`);
    return JSON.stringify({ facts, texts: {} } satisfies PackageBundle);
  },
};
const BASE: Readonly<Record<string, string>> = {
  "bin/busybox": "x",
  "etc/os-release": "ID=alpine\nVERSION_ID=3.20.3\n",
  "etc/alpine-release": "3.20.3\n",
  "etc/apk/repositories": `${URL}/main\n${URL}/community\n`,
  "etc/apk/world": "busybox\n",
  "lib/apk/db/installed": formatApkRecord(parsePackage(BUSYBOX)),
  "lib/apk/db/triggers": "/bin /usr/bin\n",
};
const folders = [
  ...new Set(
    Object.keys(BASE).flatMap((path) =>
      path
        .split("/")
        .slice(0, -1)
        .map((_, i, parts) => parts.slice(0, i + 1).join("/")),
    ),
  ),
];
const owned = { uid: 0, gid: 0, mtime: 0 };
const entries: LayerEntry[] = [
  ...folders.sort().map((path) => ({ kind: "directory", path, mode: 0o755, ...owned }) as const),
  ...Object.entries(BASE).map(
    ([path, text]) => ({ kind: "file", path, mode: 0o644, ...owned, content: textContent(text) }) as const,
  ),
];
const lower = stackOn(emptyLower, treeFromEntries(entries));
let container: TestContainer;
beforeEach(() => {
  container = new TestContainer(lower, archive);
});

const FETCH = `fetch ${URL}/main/x86_64/APKINDEX.tar.gz\nfetch ${URL}/community/x86_64/APKINDEX.tar.gz\n`;
const INSTALLED = `(1/4) Installing libtext (1.4-r2)
(2/4) Installing ed-common (1.9-r0)
(3/4) Installing ed (1.9-r0)
Executing ed-1.9-r0.post-install
(4/4) Installing ed-completion (1.9-r0)
Executing busybox-1.36.1-r31.trigger
OK: 9 MiB in 5 packages
`;

test("without an index nothing is known", async () =>
  expect(await container.run("apk add ed")).toEqual({
    stdout: "",
    stderr: `WARNING: opening from cache ${URL}/main: No such file or directory\nWARNING: opening from cache ${URL}/community: No such file or directory\nERROR: unable to select packages:\n  ed (no such package):\n    required by: world[ed]\n`,
    code: 1,
  }));

test("add --no-cache: apk's words exactly; no index stays; del takes it all away", async () => {
  expect(await container.run("apk add --no-cache ed")).toEqual({ stdout: FETCH + INSTALLED, stderr: "", code: 0 });
  expect(container.exists("/var/cache/apk")).toBe(false);
  expect(await container.text("/etc/apk/world")).toBe("busybox\ned\n");
  expect(await container.text("/lib/apk/db/installed")).toContain("P:ed\nV:1.9-r0\n");
  expect((await container.run("apk info -L ed")).stdout).toBe("ed-1.9-r0 contains:\nusr/bin/ed\n\n");
  expect((await container.run("apk info -W /usr/bin/ed")).stdout).toBe("/usr/bin/ed is owned by ed-1.9-r0\n");
  expect((await container.run("apk del ed")).stdout).toBe(
    "(1/4) Purging ed-completion (1.9-r0)\n(2/4) Purging ed (1.9-r0)\n(3/4) Purging ed-common (1.9-r0)\n(4/4) Purging libtext (1.4-r2)\nExecuting busybox-1.36.1-r31.trigger\nOK: 7 MiB in 1 packages\n",
  );
  expect(container.exists("/usr")).toBe(false);
  expect(await container.text("/lib/apk/db/installed")).toBe(BASE["lib/apk/db/installed"]);
});

test("update keeps the indexes, and add then needs no fetch", async () => {
  expect((await container.run("apk update")).stdout).toBe(
    `${FETCH}v3.20.3 [${URL}/main]\nv3.20.3 [${URL}/community]\nOK: 5 distinct packages available\n`,
  );
  expect((await container.run("apk add ed")).stdout).toBe(INSTALLED);
  expect((await container.run("apk add ed")).stdout).toBe("OK: 9 MiB in 5 packages\n");
});

test.each([
  [
    "apk add --no-cache nosuch",
    "ERROR: unable to select packages:\n  nosuch (no such package):\n    required by: world[nosuch]\n",
    1,
  ],
  ["apk add --no-cache ed=9", "ERROR: unable to select packages:\n  ed-1.9-r0:\n    breaks: world[ed=9]\n", 1],
  ["apk info nosuch", "ERROR: info: No such package: nosuch\n", 1],
  ["apk frob", "apk: unrecognized command: frob\n", 1],
])("%s: %j, %i", async (line, stderr, code) => expect(await container.run(line)).toMatchObject({ stderr, code }));

test("a virtual package goes with what it brought", async () => {
  await container.run("apk add --no-cache -t .build ed");
  expect(await container.text("/etc/apk/world")).toBe(".build\nbusybox\n");
  await container.run("apk del .build");
  expect(container.exists("/usr/bin/ed")).toBe(false);
});

test("only root may add", async () => {
  const who = { uid: 1000, gid: 1000, groups: [], umask: 0o022 };
  expect(await container.run("apk add ed", { who })).toMatchObject({ code: 99 });
});

test.each([
  ["1.0_alpha1", "1.0_rc1", "1.0", "1.0-r1", "1.0_p1", "1.0a", "1.0.1", "1.2", "1.10", "2"],
  ["0.9", "0.9_p20240420-r2", "0.9_p20240512-r0", "0.9.1"],
])("%s < %s ...", (...ascending) => {
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries())
      expect(Math.sign(compareApkVersions(a, b)), `${a} ${b}`).toBe(Math.sign(i - j));
  }
});
