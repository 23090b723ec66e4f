import { en } from "../src/content/locales/en.ts";
import { zhCN } from "../src/content/locales/zh-CN.ts";
import { type HostPage, HOST_PROMPT, ROOT_PROMPT } from "./support/host-page.ts";
import { tell } from "./support/telling.ts";
import { expect, test } from "./support/test.ts";

const IMAGE = "alpine:3.20";

test.beforeEach(async ({ host }) => {
  await host.run(`docker pull ${IMAGE}`);
});

/** What stands beside a stack for what is mounted at `target`; in the picture of all, a volume by its name. */
const beside = ({ page }: HostPage, name: string, target?: string) =>
  page.locator(`[data-part="volume:${name}${target === undefined ? "" : `@${target}`}"]`);

/** The list of the open directory. */
const files = ({ page }: HostPage, text = en) => page.getByRole("region", { name: text.panel.files });

async function container(host: HostPage, name: string) {
  const found = (await host.state()).containers.find((one) => one.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found;
}

const output = async (host: HostPage, line: string): Promise<string> => (await host.run(line)).output;

for (const text of [en, zhCN]) {
  test.describe(text.tag, () => {
    test.use({ locale: text.tag });

    test("a volume lies outside the layers: a commit leaves it behind, and it outlives its container", async ({
      host,
    }) => {
      const { page } = host;
      await host.type(`docker run -it --name web -v data:/data ${IMAGE}`, ROOT_PROMPT);
      const { told } = await tell(host, "echo kept > /data/note", text);
      expect(told.map(({ event }) => event.type)).toEqual(["volume.change", "volume.change"]);
      for (const { sentence } of told) {
        expect(sentence).toContain("/data/note");
        expect(sentence).toMatch(
          text === en ? /in the volume data, outside all layers/ : /在数据卷 data .*位于所有层之外/,
        );
      }
      // Beside the stack, mounted there; the writable layer has none of its bytes.
      const volume = beside(host, "data", "/data");
      for (const part of ["data", "/data", "5 B"]) await expect(volume).toContainText(part);
      await expect(volume).toHaveAttribute("data-attached", "true");
      expect(await container(host, "web")).toMatchObject({
        upper: { size: 0 },
        mounts: [{ type: "volume", volume: "data", target: "/data", readOnly: false }],
      });
      await expect(page.locator(".sheet-writable .sheet-size")).toHaveText("+0 B");
      // In the mount point one sees the volume's file, and no layer that supplies it.
      await expect(files(host, text).getByRole("heading")).toHaveText("/data");
      await expect(files(host, text).getByRole("button", { name: /note/ })).toContainText("5 B");
      await expect(page.locator('[data-part="cover"]')).toContainText("data");
      await expect(page.locator('[data-part="tile:merged/note"]')).toBeVisible();
      await expect(page.locator('[data-part="tile:writable/note"]')).toHaveCount(0);

      await host.run("echo hi > /layer");
      await host.type("exit", HOST_PROMPT);
      expect(await output(host, "docker diff web")).not.toContain("note");
      const commit = await tell(host, "docker commit web my/web", text);
      const sentence = commit.told.find(({ event }) => event.type === "container.commit")?.sentence;
      expect(sentence).toMatch(
        text === en ? /The volume data stays where it is: what is in it is not/ : /数据卷 data 留在原处/,
      );
      await expect(beside(host, "data", "/data")).toHaveAttribute("data-attached", "false");
      expect((await host.state()).layers.find(({ name }) => name === "my/web:latest")?.size).toBe(3);
      expect(await output(host, "docker run --rm my/web cat /layer")).toBe("hi\n");
      expect(await host.run("docker run --rm my/web cat /data/note")).toMatchObject({
        output: "cat: can't open '/data/note': No such file or directory\n",
        exitCode: 1,
      });
      expect(await output(host, "docker run --rm -v data:/elsewhere my/web cat /elsewhere/note")).toBe("kept\n");

      expect(await output(host, "docker rm web")).toBe("web\n");
      expect(await output(host, "docker volume ls -q")).toBe("data\n");
      const { volumes } = await host.state();
      expect(volumes).toMatchObject([{ name: "data", anonymous: false, size: 5, files: 1, usedBy: [] }]);
      await host.reload();
      expect((await host.state()).volumes).toEqual(volumes);
      expect(await output(host, `docker run --rm -v data:/d ${IMAGE} cat /d/note`)).toBe("kept\n");
    });
  });
}

test("two containers share one volume, and who uses it cannot lose it", async ({ host }) => {
  const { page } = host;
  for (const name of ["one", "two"]) await host.run(`docker run -d --name ${name} -v shared:/srv ${IMAGE} sleep 1d`);
  await host.run("docker exec one sh -c 'echo from one > /srv/word'");
  expect(await output(host, "docker exec two cat /srv/word")).toBe("from one\n");
  await host.run("docker exec two sh -c 'echo and two >> /srv/word'");
  expect(await output(host, "docker exec one cat /srv/word")).toBe("from one\nand two\n");

  // One volume in the picture of all, used by both.
  await page.getByRole("button", { name: en.app.host, exact: true }).click();
  await expect(beside(host, "shared")).toHaveCount(1);
  await expect(beside(host, "shared").getByRole("button").first()).toHaveAccessibleName(/one.*two/);

  const [one, two] = [(await container(host, "one")).id, (await container(host, "two")).id];
  const refused = await host.run("docker volume rm shared");
  expect(refused.exitCode).toBe(1);
  expect(refused.output).toMatch(/^Error response from daemon: remove shared: volume is in use - \[[0-9a-f, ]+\]\n$/);
  for (const id of [one, two]) expect(refused.output).toContain(id);
  await host.run("docker rm -f one");
  const still = await output(host, "docker volume rm shared");
  expect(still).toBe(`Error response from daemon: remove shared: volume is in use - [${two}]\n`);
  await host.run("docker rm -f two");
  expect(await output(host, "docker volume rm shared")).toBe("shared\n");
  expect((await host.state()).volumes).toEqual([]);
  expect(await output(host, "docker volume inspect shared")).toBe(
    "[]\nError response from daemon: get shared: no such volume\n",
  );
});

test("docker inspect tells the mounts", async ({ host }) => {
  await host.run(`docker run -d --name web -v data:/data:ro -v /cache --tmpfs /scratch ${IMAGE} sleep 1d`);
  const mounts = JSON.parse(await output(host, "docker inspect -f '{{json .Mounts}}' web")) as unknown[];
  const anonymous = (await host.state()).volumes.find((volume) => volume.anonymous)?.name ?? "";
  expect(anonymous).toMatch(/^[0-9a-f]{64}$/);
  const mount = (name: string, at: object) => ({
    ...at,
    Type: "volume",
    Name: name,
    Source: `/var/lib/docker/volumes/${name}/_data`,
    Driver: "local",
    Propagation: "",
  });
  expect(mounts).toHaveLength(2);
  expect(mounts).toContainEqual(mount("data", { Destination: "/data", Mode: "ro", RW: false }));
  expect(mounts).toContainEqual(mount(anonymous, { Destination: "/cache", Mode: "", RW: true }));
  const refused = await output(host, "docker exec web touch /data/x");
  expect(refused).toBe("touch: /data/x: Read-only file system\n");
  await host.run("docker rm -fv web");
  expect(await output(host, "docker volume ls -q")).toBe("data\n");
});

test("--read-only refuses, but not in a volume and not in memory; --tmpfs is empty after a restart", async ({
  host,
}) => {
  const { page } = host;
  const flags = "--read-only --tmpfs /scratch -v data:/data";
  await host.run(`docker run -d --name ro ${flags} ${IMAGE} sleep 1d`);
  const inside = (line: string) => host.run(`docker exec ro sh -c '${line}'`);
  const refused = await inside("touch /x; rm /etc/motd; mv /etc /etc2");
  expect(refused.exitCode).toBe(1);
  expect(refused.output.trimEnd().split("\n")).toEqual([
    "touch: /x: Read-only file system",
    "rm: can't remove '/etc/motd': Read-only file system",
    "mv: can't rename '/etc': Read-only file system",
  ]);
  expect(await container(host, "ro")).toMatchObject({
    readOnly: true,
    // What the mounts stand on.
    upper: {
      size: 0,
      changes: [
        ["A", "/data"],
        ["A", "/scratch"],
      ],
    },
  });

  const { told } = await tell(host, "docker exec ro sh -c 'echo a > /scratch/a; echo b > /data/b'");
  const changes = told.filter(({ event }) => event.type === "volume.change");
  expect(changes[0]?.sentence).toMatch(/^\/scratch\/a is created in memory \(tmpfs\), outside all layers\./);
  expect(changes.at(-1)?.sentence).toMatch(/^\/data\/b is written in the volume data, outside all layers\./);
  await expect(page.locator('[data-part^="volume:"]')).toHaveCount(2);
  expect((await inside("cat /scratch/a /data/b")).output).toBe("a\nb\n");
  await host.run("docker restart -t 0 ro");
  expect((await inside("ls /scratch; cat /data/b")).output).toBe("b\n");
});

test("prune takes what nobody uses: the nameless, and with -a the others", async ({ host }) => {
  await host.run("docker volume create lonely");
  await host.run(`docker run --name gone -v /cache -v used:/used ${IMAGE} sh -c 'echo 12345 > /cache/a'`);
  expect((await host.state()).volumes).toHaveLength(3);
  const anonymous = (await host.state()).volumes.find((volume) => volume.anonymous)?.name;
  expect(await output(host, "docker volume prune -f")).toBe("Total reclaimed space: 0B\n");
  await host.run("docker rm gone");
  expect(await output(host, "docker volume prune -f")).toBe(
    `Deleted Volumes:\n${anonymous}\n\nTotal reclaimed space: 6B\n`,
  );
  expect(await output(host, "docker volume prune -af")).toMatch(
    /^Deleted Volumes:\n(lonely\nused|used\nlonely)\n\nTotal reclaimed space: 0B\n$/,
  );
  expect((await host.state()).volumes).toEqual([]);
});
