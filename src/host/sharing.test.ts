import { beforeAll, describe, expect, test } from "vitest";
import type { CachedFile } from "../engine/page-cache.ts";
import type { Removal } from "../engine/insight/removal.ts";
import { PracticePage } from "./practice.ts";

const HEAVY = 120_000;

const opened = async (...lines: string[]): Promise<PracticePage> => {
  const page = await PracticePage.open();
  for (const line of lines) expect(`${(await page.type(line)).exitCode} ${line}`).toBe(`0 ${line}`);
  return page;
};
/** "debian:12-slim" of the image that this layer is the top of, "redis" of one of its layers that is not. */
const layerNames = (page: PracticePage) => {
  const { layers, images } = page.host.state(null);
  const inside = (layer: string): string =>
    images.find(({ chain }) => chain.some((one) => one === layer))?.refs[0]?.split(":")[0] ?? layer;
  return (layer: string): string => layers.find(({ chainId }) => chainId === layer)?.name || inside(layer);
};

describe("memory: what running containers run is there once a file", () => {
  let page: PracticePage;
  /** "path, by how many, from which layer" */
  const cached = (name: string): string[] => {
    const of = layerNames(page);
    const told = ({ path, containers, layer }: CachedFile) => `${path} ×${containers.length} ${of(layer)}`;
    return page.host
      .state(null)
      .memory.files.map(told)
      .filter((line) => line.includes(name));
  };
  beforeAll(async () => {
    page = await opened(
      "docker pull debian:12-slim",
      "docker run -d --name cache redis",
      "docker run -d --name cache2 redis",
      "docker run -d --name site nginx",
      "docker run -d --name tools alpine:3.20 sleep 1000",
      "docker run --name over alpine:3.20 true",
    );
  }, HEAVY);

  test("a library of a shared layer, once for all who stand on it", () => {
    expect(cached("/libc.so.6")).toEqual(["/usr/lib/x86_64-linux-gnu/libc.so.6 ×3 debian:12-slim"]);
    expect(cached("redis-server")).toEqual(["/usr/local/bin/redis-server ×2 redis"]);
    expect(cached("sbin/nginx")).toHaveLength(1);
  });

  test("another base has its own, and who does not run maps nothing", () => {
    expect(cached("musl")).toEqual(["/lib/ld-musl-x86_64.so.1 ×1 alpine:3.20"]);
    expect(cached("busybox")).toEqual(["/bin/busybox ×1 alpine:3.20"]);
  });

  test("what it takes, and what it would take without sharing", () => {
    const { files, cached: once, mapped } = page.host.state(null).memory;
    expect(once).toBe(files.reduce((sum, { size }) => sum + size, 0));
    expect(mapped).toBe(files.reduce((sum, { size, containers }) => sum + size * containers.length, 0));
    expect(files.map(({ containers }) => containers.length)).toEqual(
      files.map(({ containers }) => containers.length).toSorted((a, b) => b - a),
    );
  });

  test("a file that is copied up counts by itself; a stopped container maps nothing", async () => {
    await page.type("docker exec cache2 chmod 700 /usr/local/bin/redis-server");
    expect(cached("redis-server").toSorted()).toEqual([
      "/usr/local/bin/redis-server ×1 redis",
      "/usr/local/bin/redis-server ×1 writable",
    ]);
    await page.type("docker stop cache");
    expect(cached("redis-server")).toEqual(["/usr/local/bin/redis-server ×1 writable"]);
    expect(cached("/libc.so.6")).toEqual(["/usr/lib/x86_64-linux-gnu/libc.so.6 ×2 debian:12-slim"]);
  });
});

describe("docker rmi, tried on the side", () => {
  let page: PracticePage;
  const tried = async (name: string): Promise<Removal> => {
    const image = page.host.state(null).images.find(({ refs }) => refs.includes(name));
    if (!image) throw new Error(`no image ${name}`);
    const answer = await page.host.insight({ about: "removal", step: null, target: { kind: "image", id: image.id } });
    return answer as Removal;
  };
  const stored = (): number => page.host.state(null).disk.stored;
  beforeAll(async () => {
    page = await opened(
      "docker pull nginx",
      "docker pull redis",
      "docker tag redis my/cache:1",
      "docker run --name web nginx sh -c 'echo hello > /srv/page'",
      "docker commit -m page web my/web:1",
    );
  }, HEAVY);

  test("what others stand on stays, and nothing has happened yet", async () => {
    const before = stored();
    const { goes, stays, freed, refused } = await tried("my/web:1");
    expect([goes.length, refused, freed]).toEqual([1, null, 6]);
    expect(stays.length).toBeGreaterThan(1);
    expect(stored()).toBe(before);
  });

  test("a name more: only the name goes", async () => {
    const { goes, removed, freed } = await tried("redis:latest");
    expect([goes, freed, removed.map(({ kind }) => kind)]).toEqual([[], 0, ["untagged", "untagged"]]);
  });

  test("in use: dockerd's words", async () => {
    const { refused, goes } = await tried("nginx:latest");
    expect(refused).toMatch(/^conflict: unable to (delete|remove)/);
    expect(goes).toEqual([]);
  });

  test("what it says is what it then does", async () => {
    for (const name of ["my/web:1", "redis:latest", "my/cache:1"]) {
      const before = stored();
      const { reference, freed, removed } = await tried(name);
      const { output } = await page.type(`docker rmi ${reference}`);
      expect(stored()).toBe(before - freed);
      expect(output.trim().split("\n")).toHaveLength(removed.length);
    }
  });
});

describe("containers on one image", () => {
  let page: PracticePage;
  const beside = (name: string, path: string) => {
    const { containers } = page.host.state(null);
    const id = containers.find((one) => one.name === name)?.id;
    const view = id && page.host.view({ kind: "container", id }, path, null, 40);
    if (!view) throw new Error(`no view of ${name}`);
    const nameOf = (other: string) => containers.find((one) => one.id === other)?.name;
    return {
      columns: view.columns.map((column) => column.name),
      beside: view.beside.map((one) => ({ ...one, container: nameOf(one.container) })),
    };
  };
  beforeAll(async () => {
    page = await opened(
      "docker run -d --name one alpine:3.20 sleep 1000",
      "docker run -d --name two alpine:3.20 sleep 1000",
      "docker run -d --name other redis",
      "docker exec one sh -c 'echo one > /etc/issue; rm /etc/motd'",
      "docker exec two sh -c 'echo two and more > /etc/issue; rm -r /srv; mkdir /srv; rm -r /opt'",
    );
  }, HEAVY);

  test("each has its own version of the file, and sees nothing of the other's", () => {
    const { columns, beside: others } = beside("one", "/etc");
    expect(others).toMatchObject([
      {
        container: "two",
        cells: [{ name: "issue", kind: "file", size: 13, opaque: false, copiedUp: true }],
        more: 0,
        directory: "seen",
      },
    ]);
    expect(columns.slice(0, 2)).toEqual(["issue", "motd"]);
    expect(beside("two", "/etc").beside).toMatchObject([
      {
        container: "one",
        cells: [
          { name: "issue", size: 4 },
          { name: "motd", kind: "whiteout" },
        ],
      },
    ]);
  });

  test("what the other has changed comes right after what this one has", () => {
    expect(beside("two", "/etc").columns.slice(0, 2)).toEqual(["issue", "motd"]);
  });

  test("below the writable layers both see the same", () => {
    const [two] = beside("one", "/etc").beside;
    const [one] = beside("two", "/etc").beside;
    // Of the two that one has touched, motd is not seen any more.
    expect(one?.below).toBe((two?.below ?? 0) - 1);
  });

  test("a directory that the other has deleted, or made anew", () => {
    expect(beside("one", "/opt").beside).toMatchObject([{ directory: "gone", cells: [], below: 0 }]);
    expect(beside("one", "/").beside[0]?.cells).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: "srv", opaque: true })]),
    );
  });

  test("a container on other layers is no neighbour", () => {
    expect(beside("other", "/etc").beside).toEqual([]);
  });
});
