import { beforeEach, describe, expect, test } from "vitest";
import type { PackageBundle, PackageIndex } from "../../../content/packages/format.ts";
import { parsePackage } from "../../../content/packages/format.ts";
import { textContent } from "../../../core/filesystem/content.ts";
import { root } from "../../../core/filesystem/filesystem.ts";
import type { LayerEntry } from "../../../core/image/layer-entry.ts";
import { treeFromEntries } from "../../../core/filesystem/tree.ts";
import { emptyLower, stackOn } from "../../../core/overlay/lower.ts";
import type { PackageSource } from "../../command.ts";
import { TestContainer } from "../test-process.ts";

const FACTS = [
  `Package: ed
Version: 2:1.9-1
Architecture: amd64
Priority: optional
Installed-Size: 3600
Size: 1735123
Filename: pool/main/e/ed/ed_1.9-1_amd64.deb
Pre-Depends: libc9 (>= 2.30)
Depends: ed-common (= 2:1.9-1), libtext1 (>= 1) | libtext0
Recommends: ed-extra
Suggests: ed-doc | ed-html, joy
Date: 2026-01-02T03:04:05Z
Description: line editor

d0755 usr
d0755 usr/bin
f0755 3000000 usr/bin/ed.basic
d0755 usr/share
d0755 usr/share/doc
d0755 usr/share/doc/ed
f0644 100 usr/share/doc/ed/changelog.gz
f0644 40 usr/share/doc/ed/copyright
# control
f0755 200 postinst
# maintainer
alternative ed /usr/bin/ed /usr/bin/ed.basic 30
`,
  `Package: ed-common
Version: 2:1.9-1
Architecture: all
Priority: important
Installed-Size: 50
Size: 6924
Filename: pool/main/e/ed/ed-common_1.9-1_all.deb
Conffiles:
 /etc/ed/edrc 0123456789abcdef0123456789abcdef
Date: 2026-01-02T03:04:05Z
Description: line editor - common files

d0755 etc
d0755 etc/ed
f0644 @ etc/ed/edrc
# control
f0755 100 postrm
# maintainer
group ed 120
user ed 110 120 /nonexistent /usr/sbin/nologin the ed user
`,
  `Package: ed-extra
Version: 1.0
Architecture: all
Installed-Size: 10
Size: 2000
Filename: pool/main/e/ed-extra/ed-extra_1.0_all.deb
Description: more

d0755 usr
d0755 usr/bin
f0755 9 usr/bin/extra
`,
  `Package: libtext1
Version: 1.4-2
Architecture: amd64
Multi-Arch: same
Installed-Size: 90
Size: 45000
Filename: pool/updates/main/libt/libtext/libtext1_1.4-2_amd64.deb
Description: text library

d0755 usr
d0755 usr/lib
d0755 usr/lib/x86_64-linux-gnu
f0644 80000 usr/lib/x86_64-linux-gnu/libtext.so.1.4
l usr/lib/x86_64-linux-gnu/libtext.so.1 -> libtext.so.1.4
# control
f0644 60 triggers
`,
  "Package: broken\nVersion: 1\nArchitecture: all\nSize: 10\nFilename: pool/main/b/b.deb\nDepends: nothing-has-this (>= 2)\n\n",
  "Package: pico\nVersion: 1\nArchitecture: all\nSize: 10\nFilename: pool/main/p/p.deb\nProvides: editor\n\n",
  "Package: nano\nVersion: 1\nArchitecture: all\nSize: 10\nFilename: pool/main/n/n.deb\nProvides: editor, only-nano\n\n",
];

const LISTS = "/var/lib/apt/lists/mirror.test_debian";
const INDEX: PackageIndex = {
  archive: {
    indexes: [
      {
        label: "http://mirror.test/debian stable InRelease",
        download: 151_075,
        path: `${LISTS}_dists_stable_InRelease`,
        size: 151_075,
      },
      {
        label: "http://mirror.test/debian stable/main amd64 Packages",
        download: 8_790_160,
        path: `${LISTS}_dists_stable_main_binary-amd64_Packages.lz4`,
        size: 18_840_233,
        component: "main",
      },
      {
        label: "http://mirror.test/debian stable-security InRelease",
        download: 34_770,
        path: `${LISTS}_dists_stable-security_InRelease`,
        size: 34_770,
      },
      {
        label: "http://mirror.test/debian stable-security/main amd64 Packages",
        download: 6924,
        path: `${LISTS}_dists_stable-security_main_binary-amd64_Packages.lz4`,
        size: 11_648,
        component: "main",
      },
    ],
  },
  packages: FACTS.map((text) => parsePackage(text).control),
};

const archive: PackageSource = {
  async text(path) {
    if (path === "test-1/index.json") return JSON.stringify(INDEX);
    const facts = FACTS.find((text) => path === `test-1/${parsePackage(text).control["Package"]}.json`);
    if (facts === undefined) throw new Error(`${path}: not found`);
    const bundle: PackageBundle = { facts, texts: { "etc/ed/edrc": "set number\n" } };
    return JSON.stringify(bundle);
  },
};
const offline: PackageSource = { text: () => Promise.reject(new Error("offline")) };

const STATUS = `Package: libc-tools
Status: install ok installed
Architecture: amd64
Version: 2.36-9
Description: tools of the C library

Package: libc9
Status: install ok installed
Essential: yes
Architecture: amd64
Multi-Arch: same
Version: 2.36-9
Installed-Size: 100
Description: the C library

`;
const BASE: Readonly<Record<string, string>> = {
  "etc/os-release": "ID=test\nVERSION_ID=1\n",
  "etc/passwd": "root:x:0:0:root:/root:/bin/bash\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\n",
  "etc/group": "root:x:0:\n",
  "etc/apt/sources.list":
    "deb http://mirror.test/debian stable main\ndeb http://mirror.test/debian stable-security main\n",
  "etc/apt/apt.conf.d/docker-gzip-indexes": 'Acquire::GzipIndexes "true";\n',
  "etc/apt/apt.conf.d/docker-clean":
    'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };\nDir::Cache::pkgcache "";\n',
  "etc/dpkg/dpkg.cfg.d/docker": "path-exclude /usr/share/doc/*\npath-include /usr/share/doc/*/copyright\n",
  "etc/ld.so.cache": "0123456789",
  "var/lib/dpkg/status": STATUS,
  "var/lib/dpkg/info/libc9:amd64.list": "/.\n/usr\n/usr/lib\n",
  "var/lib/dpkg/info/libc-tools.list": "/.\n/usr\n/usr/sbin\n/usr/sbin/ldconfig\n",
};

function base(): LayerEntry[] {
  const owned = { uid: 0, gid: 0, mtime: 0 };
  const folders = new Set(
    Object.keys(BASE).flatMap((path) =>
      path
        .split("/")
        .slice(0, -1)
        .map((_, i, parts) => parts.slice(0, i + 1).join("/")),
    ),
  );
  return [
    ...[...folders].sort().map((path) => ({ kind: "directory", path, mode: 0o755, ...owned }) as const),
    ...Object.entries(BASE).map(
      ([path, text]) => ({ kind: "file", path, mode: 0o644, ...owned, content: textContent(text) }) as const,
    ),
  ];
}

const lower = stackOn(emptyLower, treeFromEntries(base()));
let container: TestContainer;
beforeEach(() => {
  container = new TestContainer(lower, archive);
});

const UPDATE = `Get:1 http://mirror.test/debian stable InRelease [151 kB]
Get:2 http://mirror.test/debian stable-security InRelease [34.8 kB]
Get:3 http://mirror.test/debian stable/main amd64 Packages [8790 kB]
Get:4 http://mirror.test/debian stable-security/main amd64 Packages [6924 B]
`;

const INSTALL = `Reading package lists...
Building dependency tree...
The following additional packages will be installed:
  ed-common ed-extra libtext1
Suggested packages:
  ed-doc | ed-html joy
The following NEW packages will be installed:
  ed ed-common ed-extra libtext1
0 upgraded, 4 newly installed, 0 to remove and 0 not upgraded.
Need to get 1789 kB of archives.
After this operation, 3840 kB of additional disk space will be used.
Get:1 http://mirror.test/debian stable/main amd64 ed-common all 2:1.9-1 [6924 B]
Get:2 http://mirror.test/debian stable-security/main amd64 libtext1 amd64 1.4-2 [45.0 kB]
Get:3 http://mirror.test/debian stable/main amd64 ed amd64 2:1.9-1 [1735 kB]
Get:4 http://mirror.test/debian stable/main amd64 ed-extra all 1.0 [2000 B]
Fetched 1789 kB in 0s (20.1 MB/s)
Selecting previously unselected package ed-common.
(Reading database ... 5 files and directories currently installed.)
Preparing to unpack .../ed-common_2%3a1.9-1_all.deb ...
Unpacking ed-common (2:1.9-1) ...
Selecting previously unselected package libtext1:amd64.
Preparing to unpack .../libtext1_1.4-2_amd64.deb ...
Unpacking libtext1:amd64 (1.4-2) ...
Selecting previously unselected package ed.
Preparing to unpack .../ed_2%3a1.9-1_amd64.deb ...
Unpacking ed (2:1.9-1) ...
Selecting previously unselected package ed-extra.
Preparing to unpack .../archives/ed-extra_1.0_all.deb ...
Unpacking ed-extra (1.0) ...
Setting up ed-extra (1.0) ...
Setting up ed-common (2:1.9-1) ...
Setting up libtext1:amd64 (1.4-2) ...
Setting up ed (2:1.9-1) ...
update-alternatives: using /usr/bin/ed.basic to provide /usr/bin/ed (ed) in auto mode
Processing triggers for libc-tools (2.36-9) ...
`;

async function ready(): Promise<void> {
  await container.run("apt-get update");
}

describe("before any update", () => {
  test.each([
    ["apt-get install ed", "E: Unable to locate package ed\n"],
    ["apt-get install -y ed nosuch", "E: Unable to locate package ed\nE: Unable to locate package nosuch\n"],
  ])("%s", async (line, stderr) =>
    expect(await container.run(line)).toEqual({
      stdout: "Reading package lists...\nBuilding dependency tree...\n",
      stderr,
      code: 100,
    }),
  );
});

test("update fetches what the sources name, and says Hit the next time", async () => {
  const first = await container.run("apt-get update");
  expect(first.stdout).toBe(`${UPDATE}Fetched 8983 kB in 0s (21.9 MB/s)\nReading package lists...\n`);
  expect(first.code).toBe(0);
  expect(container.size()).toBe(151_075 + 34_770 + 18_840_233 + 11_648);
  expect(container.fs.stat("/var/lib/apt/lists/partial", root)).toMatchObject({ mode: 0o700, uid: 42 });
  expect((await container.run("apt-get update")).stdout).toBe(
    "Hit:1 http://mirror.test/debian stable InRelease\nHit:2 http://mirror.test/debian stable-security InRelease\nReading package lists...\n",
  );
});

test("lists are kept uncompressed when apt.conf does not ask for less", async () => {
  container.fs.unlink("/etc/apt/apt.conf.d/docker-gzip-indexes", root);
  await ready();
  expect(container.fs.stat(`${LISTS}_dists_stable_main_binary-amd64_Packages`, root).size).toBeGreaterThan(40_000_000);
});

test("without a network, update warns and keeps what there is", async () => {
  const { stdout, stderr, code } = await new TestContainer(lower, offline).run("apt-get update");
  expect(stdout).toContain(
    "Err:1 http://mirror.test/debian stable InRelease\n  Temporary failure resolving 'mirror.test'\n",
  );
  expect(stderr).toContain(
    "W: Failed to fetch http://mirror.test/debian/dists/stable/InRelease  Temporary failure resolving 'mirror.test'\n",
  );
  expect(stderr).toContain(
    "W: Some index files failed to download. They have been ignored, or old ones used instead.\n",
  );
  expect(code).toBe(0);
});

test("install: apt's words exactly, and what it leaves behind", async () => {
  await ready();
  const { stdout, code } = await container.run("apt-get install -y ed");
  expect(stdout).toBe(INSTALL);
  expect(code).toBe(0);
  expect(container.fs.stat("/usr/bin/ed.basic", root)).toMatchObject({
    mode: 0o755,
    size: 3_000_000,
    mtime: 1_767_323_045,
  });
  expect(container.fs.readlink("/usr/bin/ed", root)).toBe("/etc/alternatives/ed");
  expect(container.fs.readlink("/etc/alternatives/ed", root)).toBe("/usr/bin/ed.basic");
  expect(await container.text("/var/lib/dpkg/alternatives/ed")).toBe("auto\n/usr/bin/ed\n\n/usr/bin/ed.basic\n30\n\n");
  expect(await container.text("/etc/ed/edrc")).toBe("set number\n");
  expect(await container.text("/etc/passwd")).toContain("ed:x:110:120:the ed user:/nonexistent:/usr/sbin/nologin\n");
  expect(container.exists("/usr/share/doc/ed/copyright")).toBe(true);
  expect(container.exists("/usr/share/doc/ed/changelog.gz")).toBe(false);
  expect(await container.text("/var/lib/dpkg/info/ed.list")).toContain("/usr/share/doc/ed/changelog.gz\n");
  expect(container.fs.readdir("/var/cache/apt/archives", root).map(({ name }) => name)).toEqual(["lock", "partial"]);
  expect(container.fs.stat("/etc/ld.so.cache", root).size).toBe(
    10 + 24 + "/lib/x86_64-linux-gnu/libtext.so.1".length + 1,
  );
  expect(await container.text("/var/lib/apt/extended_states")).toBe(
    ["ed-common", "libtext1", "ed-extra"]
      .map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n\n`)
      .join(""),
  );
  expect(await container.text("/var/lib/dpkg/status-old")).toContain("Status: install ok unpacked");
  expect(await container.text("/var/log/apt/history.log")).toContain(
    "Commandline: apt-get install -y ed\nInstall: ed:amd64 (2:1.9-1), ed-common:amd64 (2:1.9-1, automatic), libtext1:amd64 (1.4-2, automatic), ed-extra:amd64 (1.0, automatic)\n",
  );
  expect(await container.text("/var/log/dpkg.log")).toContain("status installed ed:amd64 2:1.9-1\n");
  expect((await container.run("apt-get install ed")).stdout).toContain("ed is already the newest version (2:1.9-1).\n");
});

test.each([
  ["apt-get install --no-install-recommends -y ed", "Recommended packages:\n  ed-extra\n"],
  ["apt-get install -y ed=2:1.9-1", "Unpacking ed (2:1.9-1) ...\n"],
  ["apt-get install only-nano", "Note, selecting 'nano' instead of 'only-nano'\n"],
  ["apt-get -qq install -y pico", ""],
])("%s says %j", async (line, words) => {
  await ready();
  const { stdout, code } = await container.run(line);
  expect(stdout).toContain(words);
  expect(code).toBe(0);
});

test.each([
  ["apt-get install -y ed=9", "E: Version '9' for 'ed' was not found\n", 100],
  ["apt-get install editor", "E: Package 'editor' has no installation candidate\n", 100],
  ["apt-get install -y broken", "E: Unable to correct problems, you have held broken packages.\n", 100],
  ["apt-get frob", "E: Invalid operation frob\n", 100],
  [
    "apt-get install --frob x",
    "E: Command line option --frob is not understood in combination with the other options\n",
    100,
  ],
  ["apt-get remove nosuch", "E: Unable to locate package nosuch\n", 100],
  ["apt list", "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n", 0],
  ["apt-cache show nosuch", "E: No packages found\n", 100],
])("%s: %j, %i", async (line, stderr, code) => {
  await ready();
  expect(await container.run(line)).toMatchObject({ stderr, code });
});

test("asks before it installs more than was named; the answer may be piped in", async () => {
  await ready();
  const asked = await container.run("apt-get install ed");
  expect(asked.stdout.endsWith("Do you want to continue? [Y/n] Abort.\n")).toBe(true);
  expect(asked.code).toBe(1);
  expect(container.exists("/usr/bin/ed")).toBe(false);
  expect((await container.run("apt-get install ed", { stdin: "y\n" })).code).toBe(0);
  expect(container.exists("/usr/bin/ed")).toBe(true);
});

test("only root may change anything", async () => {
  const user = { uid: 1000, gid: 1000, groups: [], umask: 0o022 };
  expect(await container.run("apt-get install ed", { who: user })).toEqual({
    stdout: "",
    stderr:
      "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
    code: 100,
  });
  expect(container.changes()).toEqual([]);
});

test("remove keeps the configuration, autoremove takes what nobody needs, purge leaves nothing", async () => {
  await ready();
  await container.run("apt-get install -y ed");
  const removed = await container.run("apt-get remove -y ed");
  expect(removed.stdout).toContain(
    "The following packages were automatically installed and are no longer required:\n  ed-common ed-extra libtext1\nUse 'apt autoremove' to remove them.\nThe following packages will be REMOVED:\n  ed\n",
  );
  expect(removed.stdout).toContain("After this operation, 3686 kB disk space will be freed.\n");
  for (const path of ["/usr/bin/ed", "/usr/bin/ed.basic", "/etc/alternatives/ed", "/usr/share/doc/ed"])
    expect(container.exists(path), path).toBe(false);
  const auto = await container.run("apt-get autoremove -y");
  expect(auto.stdout).toContain("Removing ed-common (2:1.9-1) ...\n");
  expect(container.exists("/usr/lib/x86_64-linux-gnu")).toBe(false);
  expect(await container.text("/etc/ed/edrc")).toBe("set number\n");
  expect((await container.run("dpkg -l ed-common")).stdout).toContain("rc  ed-common ");
  const purged = await container.run("apt-get purge -y ed-common");
  expect(purged.stdout).toContain("Purging configuration files for ed-common (2:1.9-1) ...\n");
  expect(container.exists("/etc/ed")).toBe(false);
  expect(await container.text("/var/lib/dpkg/status")).toBe(STATUS);
  expect(await container.text("/var/lib/apt/extended_states")).toBe("");
});

test("an edited configuration file survives a reinstallation", async () => {
  await ready();
  await container.run("apt-get install -y ed");
  container.fs.write("/etc/ed/edrc", textContent("mine\n"), { write: true, truncate: true }, 0o644, root);
  await container.run("apt-get install -y --reinstall ed-common");
  expect(await container.text("/etc/ed/edrc")).toBe("mine\n");
});

test("a package others depend on takes them along", async () => {
  await ready();
  await container.run("apt-get install -y ed");
  expect((await container.run("apt-get remove -y libtext1")).stdout).toContain("REMOVED:\n  ed libtext1\n");
});

test("an essential package stays", async () => {
  expect((await container.run("apt-get remove -y libc9")).code).toBe(100);
});

test("dpkg answers from the database", async () => {
  await ready();
  await container.run("apt-get install -y ed");
  expect((await container.run("dpkg -l ed libtext1")).stdout).toBe(`Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name           Version      Architecture Description
+++-==============-============-============-=================================
ii  ed             2:1.9-1      amd64        line editor
ii  libtext1:amd64 1.4-2        amd64        text library
`);
  expect((await container.run("dpkg -L ed-extra")).stdout).toBe("/.\n/usr\n/usr/bin\n/usr/bin/extra\n");
  expect((await container.run("dpkg -S /usr/bin/extra")).stdout).toBe("ed-extra: /usr/bin/extra\n");
  expect(
    (await container.run("dpkg-query -W -f ${binary:Package}|${Version}|${db:Status-Abbrev}\\n libtext1")).stdout,
  ).toBe("libtext1:amd64|1.4-2|ii \n");
  expect(await container.run("dpkg -s nosuch")).toEqual({
    stdout: "",
    stderr:
      "dpkg-query: package 'nosuch' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n",
    code: 1,
  });
  expect((await container.run("dpkg -P libtext1")).stderr).toContain(" ed depends on libtext1 (>= 1) | libtext0.\n");
  expect((await container.run("apt-cache policy ed")).stdout).toBe(
    "ed:\n  Installed: 2:1.9-1\n  Candidate: 2:1.9-1\n  Version table:\n *** 2:1.9-1 500\n        500 http://mirror.test/debian stable/main amd64 Packages\n        100 /var/lib/dpkg/status\n",
  );
  expect((await container.run("apt-mark showauto")).stdout).toBe("ed-common\ned-extra\nlibtext1\n");
  expect((await container.run("update-alternatives --list ed")).stdout).toBe("/usr/bin/ed.basic\n");
});
