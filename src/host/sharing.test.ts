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
