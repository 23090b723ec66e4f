import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Content, readContent } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { sha256 } from "../core/oci/digest.ts";
import { hostFileSystem } from "../engine/host-files.ts";
import { memoryStore } from "../storage/memory/store.ts";
import { layerStore } from "../storage/layer-store.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";

const gnuTar = spawnSync("tar", ["--version"], { encoding: "utf8" }).stdout?.includes("GNU tar") ?? false;

const store = memoryStore();
let page: PracticePage;
beforeAll(async () => {
  page = await PracticePage.open({ store });
  await page.type("docker pull -q busybox; docker volume create data; mkdir w; cd w");
  await page.type("docker run -d --name ex -v data:/data busybox sleep 1000");
  await page.type(
    "docker exec ex sh -c 'echo new > /new; ln /new /hard; ln -s new /lnk; echo t > /tmp/t; rm -r /home; echo v > /data/v'",
  );
}, 60_000);

const says = async (line: string): Promise<string> => {
  const { output, exitCode } = await page.type(line);
  return output.replaceAll("\r\n", "\n") + (exitCode === 0 ? "" : `[exit ${exitCode}]`);
};
const state = () => page.host.whole.state;
const file = (path: string): Content => hostFileSystem(state().files, () => 0).read(path, root);
const bytesOf = (content: Content): Promise<Uint8Array> => readContent(content, layerStore(store.blobs).readStored);
const ID = /^sha256:[0-9a-f]{64}\n$/;

const LISTED = `-rwxr-xr-x 0/0               0 .dockerenv
-rwxr-xr-x 0/0               0 etc/hostname
-rw-r--r-- 0/0               4 hard
lrwxrwxrwx 0/0               0 lnk -> new
hrw-r--r-- 0/0               0 new link to hard
drwxrwxrwt 0/0               0 tmp/
-rw-r--r-- 0/0               2 tmp/t
`;

describe("docker export", () => {
  test("tar lists it here as GNU tar does anywhere", async () => {
    const listed = await says(
      "docker export ex | tar tv | grep -E 'docker|hard|lnk|tmp|etc.hostname' | sed -E 's/ [0-9-]{10} [0-9:]{5} / /'",
    );
    expect(listed).toBe(LISTED);
  });

  test("-o writes one flat tar, as a redirection does; the stored files in it are not copied", async () => {
    expect(await says("docker export -o ex.tar ex; docker export ex > ex2.tar; cmp ex.tar ex2.tar && echo same")).toBe(
      "same\n",
    );
    expect(await says("ls -l ex.tar | cut -c1-10; docker export ex | tar t | wc -l")).toMatch(/^-rw-------\n\d+\n$/);
    const { size, segments } = file("/home/learner/w/ex.tar");
    const held = segments.reduce((sum, one) => sum + (one.kind === "bytes" ? one.bytes.length : 0), 0);
    expect(size).toBeGreaterThan(4_000_000);
    expect(held).toBeLessThan(1_000_000);
  });

  test.runIf(gnuTar)("GNU tar lists it as the tar of a real dockerd", async () => {
    const directory = mkdtempSync(join(tmpdir(), "lamina-"));
    try {
      writeFileSync(join(directory, "ex.tar"), await bytesOf(file("/home/learner/w/ex.tar")));
      const listed = execFileSync("tar", ["tvf", join(directory, "ex.tar")], {
        encoding: "utf8",
        env: { TZ: "UTC", PATH: process.env["PATH"] },
      })
        .split("\n")
        .filter(
          (line) =>
            !/ (bin|lib|usr)\//.test(line) && !/etc\/(group|localtime|network|nsswitch|passwd|shadow)/.test(line),
        )
        .map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d /, ""));
      expect(listed.join("\n")).toMatchInlineSnapshot(`
        "-rwxr-xr-x 0/0               0 .dockerenv
        drwxr-xr-x 0/0               0 data/
        drwxr-xr-x 0/0               0 dev/
        -rwxr-xr-x 0/0               0 dev/console
        drwxr-xr-x 0/0               0 dev/pts/
        drwxr-xr-x 0/0               0 dev/shm/
        drwxr-xr-x 0/0               0 etc/
        -rwxr-xr-x 0/0               0 etc/hostname
        -rwxr-xr-x 0/0               0 etc/hosts
        lrwxrwxrwx 0/0               0 etc/mtab -> /proc/mounts
        -rwxr-xr-x 0/0               0 etc/resolv.conf
        -rw-r--r-- 0/0               4 hard
        lrwxrwxrwx 0/0               0 lib64 -> lib
        lrwxrwxrwx 0/0               0 lnk -> new
        hrw-r--r-- 0/0               0 new link to hard
        drwxr-xr-x 0/0               0 proc/
        drwx------ 0/0               0 root/
        drwxr-xr-x 0/0               0 sys/
        drwxrwxrwt 0/0               0 tmp/
        -rw-r--r-- 0/0               2 tmp/t
        drwxr-xr-x 0/0               0 var/
        drwxr-xr-x 0/0               0 var/spool/
        drwxr-xr-x 8/8               0 var/spool/mail/
        drwxr-xr-x 33/33             0 var/www/
        "
      `);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test.for([
    ["docker export ex", "cowardly refusing to save to a terminal. Use the -o flag or redirect\n[exit 1]"],
    [
      "docker export -o nosuch/ex.tar ex",
      "failed to export container: invalid output path: stat nosuch: no such file or directory\n[exit 1]",
    ],
    ["docker export -o . ex", "failed to export container: cannot write to a directory\n[exit 1]"],
    ["docker export -o /dev/null ex", "failed to export container: cannot write to a character device file\n[exit 1]"],
    [
      "docker export -o x.tar nosuch; ls | cat",
      "Error response from daemon: No such container: nosuch\nex.tar\nex2.tar\n",
    ],
    ["docker export '' > /dev/null", "invalid container name or ID: value is empty\n[exit 1]"],
  ] as const)("%s", async ([line, output]) => {
    expect(await says(line)).toBe(output);
  });
});

describe("docker import", () => {
  test.for([
    ["docker import ex.tar"],
    ["docker import ex.tar imported"],
    ["docker import - imported:v2 < ex.tar"],
    ["cat ex.tar | docker import -"],
    ["docker export ex | docker import - flat:1"],
    [`docker import -c 'CMD ["sh"]' -c 'ENV A=b' -m 'flat now' ex.tar imported:v3`],
    ["gzip -k ex.tar; docker import ex.tar.gz zipped"],
    ["docker import --platform linux/arm64 ex.tar arm"],
    ["true > empty.tar; docker import empty.tar emptyimage"],
  ] as const)("%s", async ([line]) => {
    expect(await says(line)).toMatch(ID);
  });

  test("makes one layer of the bytes as they came", async () => {
    const diffId = sha256(await bytesOf(file("/home/learner/w/ex.tar")));
    const layers = `{"Type":"layers","Layers":["${diffId}"]}\n`;
    expect(await says("docker inspect -f '{{json .RootFS}}' flat:1 zipped imported:v3")).toBe(layers.repeat(3));
    expect(await says("docker inspect -f '{{.Architecture}} {{.Comment}} {{json .Config.Cmd}}' imported:v3 arm")).toBe(
      'amd64 flat now ["sh"]\narm64 Imported from - null\n',
    );
    expect(await says("docker history --format '{{.CreatedBy}}|{{.Comment}}' imported:v3")).toBe("|flat now\n");
    expect(await says("docker history --format '{{.CreatedBy}}|{{.Comment}}' flat:1")).toBe("|Imported from -\n");
  });

  test("and a container of it sees what was exported, and nothing of the volume", async () => {
    expect(await says("docker run --rm flat:1 sh -c 'cat /new; ls /data; ls /home; stat -c %h /hard'")).toBe(
      "new\nls: /home: No such file or directory\n2\n",
    );
    expect(await says("docker run --rm imported:v2")).toBe(
      "docker: Error response from daemon: no command specified\n\nRun 'docker run --help' for more information\n[exit 125]",
    );
  });

  test.for([
    ["docker import -c 'FROM x' ex.tar", "Error response from daemon: FROM is not a valid change command\n[exit 1]"],
    ["docker import nosuch.tar x", "open nosuch.tar: no such file or directory\n[exit 1]"],
    ["docker import ex.tar Bad", "invalid reference format: repository name (library/Bad) must be lowercase\n[exit 1]"],
    ["docker import ex.tar bad:ta/g", "invalid reference format\n[exit 1]"],
    [
      `docker import ex.tar busybox@sha256:${"7".repeat(64)}`,
      "Error response from daemon: cannot import digest reference\n[exit 1]",
    ],
    ["echo broken > broken.tar; docker import broken.tar", "Error response from daemon: unexpected EOF\n[exit 1]"],
    ["head -c 3000 ex.tar > cut.tar; docker import cut.tar", "Error response from daemon: unexpected EOF\n[exit 1]"],
    [
      "docker import .",
      'error during connect: Post "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/images/create?fromSrc=-": read .: is a directory\n[exit 1]',
    ],
    [
      "docker import --platform nosuch ex.tar",
      'Error response from daemon: "nosuch": unknown operating system or architecture: invalid argument\n[exit 1]',
    ],
    ["docker import ftp://x", "open ftp://x: no such file or directory\n[exit 1]"],
  ] as const)("%s", async ([line, output]) => {
    const { images, layers } = state();
    expect(await says(line)).toBe(output);
    expect([state().images, state().layers]).toEqual([images, layers]);
  });
});

test("what is piped into -i is what the process reads", async () => {
  expect(await says("cat broken.tar | docker exec -i ex sh -c 'cat > /piped'; docker exec ex cat /piped")).toBe(
    "broken\n",
  );
  expect(await says("echo 'echo $((6 * 7))' | docker run -i --rm busybox sh")).toBe("42\n");
  expect(await says("docker run -i --rm busybox wc -c < ex2.tar")).toMatch(/^\d{7}\n$/);
  expect(await says("echo lost | docker exec ex cat")).toBe("");
});

test("a file is handed in and out", async () => {
  const bytes = new Uint8Array(300_000).map((_, at) => at % 251);
  expect(await page.host.putFile("../photo.bin", new Blob([bytes]))).toBe("/home/learner/photo.bin");
  expect(await says("docker cp -q ~/photo.bin ex:/ && docker exec ex stat -c '%s %u' /photo.bin")).toBe(
    "300000 1000\n",
  );
  expect(file("/home/learner/photo.bin").segments).toMatchObject([{ kind: "stored", size: 300_000 }]);
  const out = await page.host.takeFile("/home/learner/photo.bin");
  expect(Buffer.from(await out.arrayBuffer()).equals(bytes)).toBe(true);
  await expect(page.host.takeFile("/home/learner/nosuch")).rejects.toThrow("No such file or directory");
  expect(page.host.link().left).toEqual(["/home/learner/photo.bin"]);
  await page.type("docker exec ex rm /photo.bin; rm ~/photo.bin");
});

test("an editor opens a file of the host, and what it saved is in the log", async () => {
  const done = page.type("nano note.txt");
  await expect
    .poll(() => page.messages.at(-1))
    .toMatchObject({ type: "editor", request: { terminal: "host", text: null } });
  page.host.save("host", "written\n");
  page.host.closeEditor("host");
  expect(await done).toMatchObject({ exitCode: 0 });
  expect(await says("cat note.txt; docker cp -q note.txt ex:/ && docker exec ex cat /note.txt")).toBe(
    "written\nwritten\n",
  );
});

test("host files, the working directory and what they refer to are there after a reload, whatever images are gone", async () => {
  await page.type("docker rm -f ex; docker rmi -f $(docker images -aq)");
  expect(state().layers.size).toBe(0);
  const again = await PracticePage.open({ store });
  expect(again.host.prompt("host")).toBe("you@host:~/w$ ");
  expect(await again.says("docker import ex.tar back > /dev/null; docker run --rm back cat /new")).toBe("new\n");
});

test("a replay of the log makes the same images and the same files", async () => {
  const { scenario } = decodeLink(encodeLink(page.host.scenario));
  const other = await PracticePage.open({ seed: scenario.seed });
  await other.host.replay(scenario.entries, 120);
  expect(other.host.whole.state.files.size).toBe(state().files.size);
  expect([...other.host.whole.state.images.keys()]).toEqual([...state().images.keys()]);
  expect(other.host.prompt("host")).toBe(page.host.prompt("host"));
}, 60_000);
