import { describe, expect, it, test } from "vitest";
import type { Assertion, Goal, Verdict } from "../../engine/goal/assertion.ts";
import type { StackTarget, StackView } from "../../engine/stack-view.ts";
import { PracticePage } from "../../host/practice.ts";
import { type Staged, pointedAt } from "./pointing.ts";

/** After these lines, the stack of `of` at a directory. */
async function staged(lines: readonly string[], of: string, path: string): Promise<Staged & { page: PracticePage }> {
  const page = await PracticePage.open();
  for (const line of lines) await page.type(line);
  const host = page.host.state(null);
  const container = host.containers.find(({ name }) => name === of);
  const image = host.images.find(({ refs }) => refs.includes(of));
  const target: StackTarget = container
    ? { kind: "container", id: container.id }
    : { kind: "image", id: image?.id ?? ("" as never) };
  return { page, host, view: page.host.view(target, path, null, Number.POSITIVE_INFINITY) };
}

const run = "docker run -it --name web -v data:/data alpine:3.20 sh";
const lines = [
  run,
  "rm /etc/motd",
  "echo x >> /etc/hosts.allow",
  "echo x >> /etc/profile",
  "echo x > /data/kept",
  "exit",
  "docker commit web my/alpine",
  "docker run -d my/alpine sleep 999",
];
const web = { container: { name: "web" } };

describe("what is pointed at", () => {
  it.each<[string, string, string, string, Assertion[]]>([
    [
      "web",
      "/etc",
      "tile:writable/motd",
      "/etc/motd",
      [
        { type: "writable", ...web, path: "/etc/motd", has: "whiteout" },
        { type: "not-seen", of: web, path: "/etc/motd" },
      ],
    ],
    [
      "web",
      "/etc",
      "tile:merged/profile",
      "/etc/profile",
      [
        { type: "seen", of: web, path: "/etc/profile" },
        { type: "writable", ...web, path: "/etc/profile", has: "copy" },
      ],
    ],
    ["web", "/", "head:etc", "/etc", [{ type: "seen", of: web, path: "/etc" }]],
    [
      "web",
      "/data",
      "tile:merged/kept",
      "/data/kept",
      [
        { type: "volume", volume: "data", path: "/kept" },
        { type: "seen", of: web, path: "/data/kept" },
      ],
    ],
    [
      "web",
      "/",
      "row:writable",
      "web",
      [
        { type: "container", ...web, running: false },
        { type: "container", ...web },
        { type: "container", container: { ofImage: "alpine:3.20" }, running: false },
      ],
    ],
    ["web", "/", "volume:data", "data", [{ type: "volume", volume: "data" }]],
  ])("in %s at %s: %s is %s", async (of, path, part, name, goals) =>
    expect(pointedAt(part, await staged(lines, of, path))).toEqual({ name, goals }),
  );

  test.each(["", "tile", "timeline:3", "container:nobody", "image:none", "plate:none", "volume:none", "row:none"])(
    "%j is nothing a goal could speak of",
    async (part) => expect(pointedAt(part, await staged([run], "web", "/"))).toBeNull(),
  );

  it("is so in what the stage shows, whatever it is", async () => {
    const { page, host } = await staged(lines, "web", "/");
    const targets: StackTarget[] = [
      ...host.containers.map(({ id }) => ({ kind: "container", id }) as const),
      ...host.images.map(({ id }) => ({ kind: "image", id }) as const),
    ];
    const views = targets.flatMap((target) =>
      ["/", "/etc", "/data"].flatMap((path) => page.host.view(target, path, null, 20) ?? []),
    );
    const found = views.flatMap((view) =>
      partsOf(view).flatMap((part) => pointedAt(part, { host, view })?.goals ?? []),
    );
    const plates = [
      ...host.layers.map(({ chainId }) => `plate:${chainId}`),
      ...host.images.map(({ id }) => `image:${id}`),
      ...host.containers.map(({ id }) => `container:${id}`),
    ].flatMap((part) => pointedAt(part, { host, view: null })?.goals ?? []);
    const goals = [...found, ...plates].map((goal, index): Goal => ({ ...goal, name: `g${index}` }));
    expect(goals.length).toBeGreaterThan(200);
    const verdicts = (await page.host.insight({ about: "goals", goals, step: null })) as Verdict[];
    expect(goals.filter((_, index) => verdicts[index] !== null)).toEqual([]);
  });
});

const partsOf = ({ columns, rows, inside }: StackView): string[] =>
  ["merged", ...rows.map(({ layer }) => layer)].flatMap((row) => [
    `row:${row}`,
    ...columns.map(({ name }) => `tile:${row}/${name}`),
    ...(inside?.entries ?? []).map(({ name }) => `tile:${row}/${name}`),
  ]);
