import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { PracticeHost } from "./practice-host.ts";
import { alpine, nginx } from "./testdata/images.ts";

const host = new PracticeHost();
beforeAll(async () => {
  await host.serve(["docker.io/library/alpine:latest"], alpine);
  await host.serve(["docker.io/library/nginx:latest", "docker.io/library/nginx:1.27"], nginx);
  for (const line of [
    "docker pull -q alpine",
    "docker pull -q nginx",
    "docker pull -q nginx:1.27",
    "docker create --name c33 alpine",
    "docker create --name full -v data:/data:ro -v /anon --tmpfs /t:size=64m --mount type=tmpfs,dst=/w,tmpfs-size=1m --read-only alpine",
    "docker run --name zz -l tier=web -l a=b alpine sh -c 'write 5 /new'",
    "docker run -d --name up nginx sleep 100",
  ])
    await host.run(line);
});

/** What differs from host to host: ids, digests, times, directories, versions and sizes. */
const blurred = (text: string): string =>
  text
    .replace(/\b[0-9a-f]{64}\b/g, "<64>")
    .replace(/\b[0-9a-f]{12}\b/g, "<12>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");

describe("as recorded", () => {
  test.for([
    ["container-created.txt", "docker inspect c33"],
    ["container-mounts.txt", "docker inspect full"],
    ["image-nginx.txt", "docker image inspect nginx"],
  ])("%s", async ([name, line]) => {
    const recorded = readFileSync(new URL(`testdata/inspect/${name}`, import.meta.url), "utf8");
    // The recorded nginx exposes no port, and was built with a flag of the builder.
    const own = (await host.run(line ?? "")).replace(/ {12}"ExposedPorts": \{[^}]*\}\n {12}\},\n/, "");
    expect(blurred(own)).toBe(blurred(recorded).replace('            "ArgsEscaped": true,\n', ""));
  });

  test("container-exited.txt", async () => {
    const recorded = JSON.parse(
      readFileSync(new URL("testdata/inspect/container-exited.txt", import.meta.url), "utf8"),
    );
    const own = JSON.parse(await host.run("docker inspect -f '{{json .}}' zz"));
    const keys = (value: unknown): unknown =>
      value && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, keys(each)]))
        : typeof value;
    expect(Object.keys(own)).toEqual(Object.keys(recorded));
    expect(keys(own.State)).toEqual(keys(recorded.State));
    expect(keys(own.HostConfig)).toEqual(keys(recorded.HostConfig));
    expect(keys(own.NetworkSettings)).toEqual(keys(recorded.NetworkSettings));
    expect(Object.keys(own.Config)).toEqual(Object.keys(recorded.Config));
  });
});

test.for([
  ["docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' zz", "exited 0\n"],
  ["docker inspect -f '{{.Name}}' zz c33", "/zz\n/c33\n"],
  ["docker inspect -f '{{.NetworkSettings.IPAddress}}' up", "172.17.0.2\n"],
  ["docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' up", "172.17.0.2\n"],
  ["docker inspect -f '{{.Config.Labels}} {{index .Config.Labels \"tier\"}}' zz", "map[a:b tier:web] web\n"],
  [
    "docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' c33",
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n\n",
  ],
  ["docker inspect -f '{{.Config.Entrypoint}} {{.Config.Cmd}}' nginx", "[] [cat /app/two]\n"],
  ["docker inspect -f '{{len .RootFS.Layers}}' nginx", "6\n"],
  ["docker inspect -f '{{if .State.Running}}up{{else}}down{{end}}' up", "up\n"],
  ["docker inspect -f '{{json .Config.Cmd}}' zz", '["sh","-c","write 5 /new"]\n'],
  [
    "docker inspect -f '{{.Foo}}' zz",
    '\ntemplate parsing error: template: :1:2: executing "" at <.Foo>: map has no entry for key "Foo"\n[exit 1]\n',
  ],
  [
    "docker inspect -f '{{.State.Foo}}' zz",
    '\ntemplate parsing error: template: :1:8: executing "" at <.State.Foo>: map has no entry for key "Foo"\n[exit 1]\n',
  ],
  ["docker inspect -f '{{' zz", "template parsing error: template: :1: unclosed action\n[exit 64]\n"],
  ["docker inspect --type volume -f '{{.Name}}' data", "data\n"],
  ["docker inspect -f '{{.Driver}}' data", "local\n"],
  [
    "docker volume inspect data",
    `[
    {
        "CreatedAt": "2026-11-23T17:40:29Z",
        "Driver": "local",
        "Labels": null,
        "Mountpoint": "/var/lib/docker/volumes/data/_data",
        "Name": "data",
        "Options": null,
        "Scope": "local"
    }
]
`,
  ],
  [
    "docker inspect --type network zz",
    "docker: an object of the type network is not simulated in Lamina; the nearest is a container, an image or a volume.\n[exit 1]\n",
  ],
  ["docker inspect --type image zz", "[]\nError response from daemon: No such image: zz:latest\n[exit 1]\n"],
  [
    "docker inspect --type foo zz",
    'unknown type: "foo": must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"\n[exit 1]\n',
  ],
] as const)("%s", async ([line, output]) => {
  expect(await host.run(line)).toBe(output);
});
