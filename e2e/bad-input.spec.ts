import { constants, deflateRawSync } from "node:zlib";
import type { Route } from "@playwright/test";
import { en } from "../src/content/locales/en.ts";
import { encodeLink } from "../src/host/link.ts";
import { damaged } from "../src/host/links/damage.ts";
import { type Story, scenarioOf, stories } from "../src/host/links/stories.ts";
import { seededRandom } from "../src/host/random.ts";
import { HostPage, HOST_PROMPT, ROOT_PROMPT } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

/** The page takes a line and runs it. */
async function alive(host: HostPage): Promise<void> {
  expect(await host.type("echo still here")).toBe("still here\n");
}

const lines = [
  [
    "docker run nosuch:1",
    "docker: Error response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login'",
    125,
  ],
  [
    "docker pull ubuntu:nosuch",
    /^Error response from daemon: (manifest for ubuntu:nosuch not found: manifest unknown|.*not found)/m,
    1,
  ],
  ["docker pull Bad/Name", /invalid reference format|repository name \(Bad\/Name\) must be lowercase/, 1],
  ["docker", /Usage: +docker \[OPTIONS\] COMMAND/, 0],
  ["docker nosuch", "docker: unknown command: docker nosuch", 1],
  ["docker run --nosuch x", "unknown flag: --nosuch", 125],
  ["docker rm nosuch", "No such container: nosuch", 1],
  ["docker exec nosuch ls", "No such container: nosuch", 1],
  ["docker commit", "docker commit' requires at least 1", 1],
  ["docker network ls", /lamina|not simulated/i, 1],
  ["docker volume rm nosuch", "Error response from daemon: get nosuch: no such volume", 1],
  ["docker run -v /etc:/etc ubuntu:22.04", /lamina|not simulated/i, 1],
  ["docker cp nosuch:/x .", "No such container: nosuch", 1],
  ["docker import nosuch.tar", "open nosuch.tar: no such file or directory", 1],
  ["nosuch", /nosuch/, 127],
  ["<svg onload=alert(1)>", /./, 2],
] as const;

for (const [line, message, exitCode] of lines) {
  test(`${line}: a clear message, and the terminal goes on`, async ({ host }) => {
    expect(await host.type(line, HOST_PROMPT)).toMatch(
      typeof message === "string" ? new RegExp(message.replace(/[()[\].*+?^$]/g, String.raw`\$&`)) : message,
    );
    if (!line.startsWith("<")) expect((await host.run(line)).exitCode).toBe(exitCode);
    expect(await host.state()).toMatchObject({ images: [], containers: [] });
    await alive(host);
  });
}

const LAYER = /\/v2\/library\/ubuntu\/blobs\//;

const faults: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  "a flipped byte": async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    const at = Math.floor(body.length / 2);
    body[at] = (body[at] ?? 0) ^ 1;
    await route.fulfill({ response: answer, body });
  },
  "an empty blob": async (route) => route.fulfill({ status: 200, body: "" }),
  "half of a blob": async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    await route.fulfill({ response: answer, body: body.subarray(0, body.length / 2) });
  },
  "a page of the server's in place of a blob": (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><p>Sign in" }),
  "a server that fails": (route) => route.fulfill({ status: 500, body: "" }),
  "no blob": (route) => route.fulfill({ status: 404, body: "" }),
  "the network gone": (route) => route.abort("internetdisconnected"),
};

for (const [fault, answer] of Object.entries(faults)) {
  test(`a pull with ${fault} is refused, keeps nothing, and works when all is well again`, async ({ host }) => {
    await host.type("docker pull busybox");
    const before = await host.lasting();
    await host.page.route(LAYER, answer);
    const output = await host.type("docker pull ubuntu:22.04");
    console.log(`${fault}: ${output.trimEnd().split("\n").at(-1)}`);
    expect(output).not.toContain("Status: Downloaded");
    expect(output.trimEnd().split("\n").at(-1)).toMatch(/\w+ \w+/);
    expect(await host.lasting()).toEqual(before);
    await host.page.unroute(LAYER);
    expect(await host.type("docker pull ubuntu:22.04")).toContain("Status: Downloaded newer image for ubuntu:22.04");
    await alive(host);
  });
}

test("the network gone altogether: pull and apt-get say so, and what is here goes on working", async ({
  host,
  context,
}) => {
  await host.type("docker run -it --name web ubuntu:22.04 bash", ROOT_PROMPT);
  await context.setOffline(true);
  await host.page.route("**/{v2,packages}/**", (route) => route.abort("internetdisconnected"));
  const update = await host.type("apt-get update");
  console.log(update);
  expect(update).toMatch(/^(E|W|Err)/m);
  expect(await host.type("echo x > /x; cat /x")).toBe("x\n");
  await host.type("exit", HOST_PROMPT);
  expect(await host.type("docker pull redis")).toMatch(/rror/);
  expect(await host.type("docker commit web mine:1")).toMatch(/^sha256:/);
});

for (const blobs of [0, 1]) {
  test(`Ctrl-C during a pull that stands still after ${blobs} blobs: nothing is kept, and the next one completes`, async ({
    host,
  }) => {
    const { page } = host;
    let through = 0;
    let stand = (): void => {};
    const standing = new Promise<void>((resolve) => {
      stand = resolve;
    });
    await page.route(LAYER, async (route) => {
      if (through++ < blobs) await route.continue();
      else stand();
    });
    await host.keys("docker pull ubuntu:22.04");
    await page.keyboard.press("Enter");
    await standing;
    await page.keyboard.press("Control+c");
    await host.waitForPrompt(HOST_PROMPT);
    expect(await host.state()).toMatchObject({ images: [], layers: [] });
    await page.unroute(LAYER);
    expect(await host.type("docker pull ubuntu:22.04")).toContain("Status: Downloaded");
  });
}

test("an unterminated quote waits, Ctrl-C leaves it, on the host and in a container", async ({ host }) => {
  const { page } = host;
  for (const prompt of [HOST_PROMPT, ROOT_PROMPT]) {
    if (prompt === ROOT_PROMPT) await host.type("docker run -it --name web ubuntu:22.04 bash", ROOT_PROMPT);
    await host.type('echo "one', /^>$/);
    await page.keyboard.press("Control+c");
    await host.waitForPrompt(prompt);
    await alive(host);
    await host.type('echo "one', /^>$/);
    expect(await host.type('two"', prompt)).toBe("one\ntwo\n");
  }
  // The log has it as it was: the link makes the same host.
  await host.type("echo 'dropped", /^>$/);
  await page.keyboard.press("Control+c");
  await host.waitForPrompt(ROOT_PROMPT);
  await host.type("echo kept > /kept");
  await host.type("exit", HOST_PROMPT);
  const own = (await host.state()).containers.map((one) => one.upper);
  const link = await host.link();
  await page.goto("about:blank");
  await host.open(link);
  expect((await host.state()).containers.map((one) => one.upper)).toEqual(own);
});

test("cat of a binary leaves the terminal usable", async ({ host }) => {
  await host.type("docker run -it --name web ubuntu:22.04 bash", ROOT_PROMPT);
  await host.type("cat /usr/bin/bash");
  await host.type(String.raw`printf '\033[31mred\033[?25l\033[2J\007\x00\xff\xfe'`, /#$/);
  // The prompt stands behind what printf left on its row, so no row begins with it.
  await host.page.keyboard.type("clear\n");
  await host.waitForPrompt(ROOT_PROMPT);
  await alive(host);
  expect(await host.type("head -c 3 /usr/bin/bash | wc -c")).toBe("3\n");
});

const pastes = {
  "10 MB without a line end": "x".repeat(10 * 1024 * 1024),
  "10 MB of lines": "echo hello\n".repeat(1024 * 1024),
};

for (const [what, text] of Object.entries(pastes)) {
  test(`a paste of ${what} is refused in words, and the page lives`, async ({ host }) => {
    await host.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
    await expect.poll(async () => (await host.rows()).join("\n")).toMatch(/at most 256 kB/);
    await host.waitForPrompt(HOST_PROMPT);
    await alive(host);
  });
}

test("a paste of several lines runs them one after the other", async ({ host }) => {
  await host.page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "echo one\necho two\r\ndocker run -it --name web busybox\necho three\nexit\necho four");
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect.poll(async () => (await host.rows()).at(-1)).toMatch(/echo four$/);
  await host.page.keyboard.press("Enter");
  await host.waitForPrompt(HOST_PROMPT);
  const printed = await host.printed();
  expect(printed["host"]?.replaceAll("\r\n", "\n")).toMatch(/^one\ntwo\n[^]*four\n$/);
  expect(printed["session-1"]).toContain("three");
});

const small = encodeLink(scenarioOf(stories[0] as Story));

/** 16 MB of zeros, packed so that it can be repeated. */
const zeros = deflateRawSync(Buffer.alloc(1 << 24), { level: 9, finishFlush: constants.Z_FULL_FLUSH });

const monsters = {
  "of a megabyte": `2${"A".repeat(1024 * 1024)}`,
  "that unpacks to a gigabyte": `2AAAA${Buffer.concat(Array.from({ length: 64 }, () => zeros)).toString("base64url")}`,
};

for (const [what, fragment] of Object.entries(monsters)) {
  test(`a link ${what} is refused in words, and the page lives`, async ({ host }) => {
    await host.run("docker pull busybox");
    const own = await host.lasting();
    await host.page.goto("about:blank");
    await host.open(`./#${fragment}`);
    await expect(host.page.getByRole("alert")).toContainText(/cut or changed|was cut off|was changed/);
    await alive(host);
    await host.page.getByRole("button", { name: en.scene.back }).click();
    await expect(host.page.getByRole("alert")).toBeHidden();
    await host.opened();
    expect(await host.lasting()).toEqual(own);
  });
}

test("a link of twenty thousand commands says how far it has got, and one can leave it", async ({ host }) => {
  await host.run("docker pull busybox");
  const own = await host.lasting();
  const story = scenarioOf(stories[0] as Story);
  const entries = Array.from({ length: 20_000 }, (_, at) => ({ terminal: "host" as const, line: "#", at: at * 1000 }));
  await host.page.goto("about:blank");
  await host.page.goto(`./#${encodeLink({ ...story, entries })}`);
  await expect(host.page.locator(".banner")).toContainText(/command \d+ of 10,000/);
  await host.page.getByRole("button", { name: en.scene.back }).click();
  await expect(host.page.locator(".banner")).toBeHidden();
  await host.opened();
  expect(await host.lasting()).toEqual(own);
});

test("fifty damaged links: each opens or says why, and one's own host stays", async ({ host }) => {
  test.slow();
  await host.run("docker pull busybox");
  const own = await host.lasting();
  const random = seededRandom("browser", 0);
  const outcomes = new Map<string, number>();
  for (let round = 0; round < 50; round++) {
    const fragment = damaged(small, random, "AZaz09-_&");
    await host.page.goto("about:blank");
    await host.page.goto(`./#2${fragment.slice(1)}`);
    await host.page.waitForFunction(() => "lamina" in window);
    await host.page.evaluate(() => window.lamina.ready);
    const words = await host.page.locator(".banner p").innerText();
    outcomes.set(words, (outcomes.get(words) ?? 0) + 1);
  }
  console.log(outcomes);
  expect(outcomes.size).toBeGreaterThan(2);
  await host.page.goto("about:blank");
  await host.open();
  expect(await host.lasting()).toEqual(own);
});

test("storage that is refused: the scene opens, and keeping a copy says why it cannot", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  // The worker is where the database is opened.
  await page.route("**/assets/worker-*.js", async (route) => {
    const answer = await route.fetch();
    const refusal = `IDBFactory.prototype.open = () => { throw new DOMException("storage is refused", "SecurityError"); };`;
    await route.fulfill({ response: answer, body: `${refusal}${await answer.text()}` });
  });
  const host = new HostPage(page);
  await host.open(`./#${small}`);
  expect((await host.state()).images).toHaveLength(1);
  await page.getByRole("button", { name: en.scene.keep }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.scene.keep }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("storage is refused");
  await page.keyboard.press("Escape");
  expect((await host.run("echo still here")).output).toBe("still here\n");
  expect(host.errors).toEqual([]);
});
