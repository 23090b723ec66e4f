import { createServer } from "node:http";
import type { Frame, Page } from "@playwright/test";
import { HOST_PROMPT, imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

function framed(page: Page): Frame {
  const [, frame] = page.frames();
  if (!frame) throw new Error("nothing is embedded");
  return frame;
}

const lesson = (lamina: string): string => `<!doctype html><title>lesson</title><iframe src="${lamina}"></iframe>`;

/** Opens a page that embeds Lamina; answers how it asks things by postMessage. */
async function embedding(
  page: Page,
  address: string,
): Promise<(call: string, ...args: unknown[]) => Promise<Answer | "no answer">> {
  await page.goto(address);
  const frame = framed(page);
  await frame.waitForFunction(() => "lamina" in window);
  await frame.evaluate(() => window.lamina.ready);
  return (call, ...args) =>
    page.evaluate(
      ([name, values]) =>
        new Promise<Answer | "no answer">((resolve) => {
          const id = Math.random();
          window.addEventListener("message", ({ data }: MessageEvent<Answer & { lamina?: string; id?: number }>) => {
            if (data.lamina === "answer" && data.id === id) resolve(data);
            // Sent last, answered by the frame's own script: whatever was to be answered has been by then.
            if (data.lamina === "heard" && data.id === id) resolve("no answer");
          });
          const inside = document.querySelector("iframe")?.contentWindow;
          inside?.postMessage({ lamina: name, id, args: values }, "*");
        }),
      [call, args] as const,
    );
}

test("window.lamina: every call", async ({ host }) => {
  const { page } = host;
  const heard = await page.evaluateHandle(() => {
    const events: { frames: number; hosts: number; output: string } = { frames: 0, hosts: 0, output: "" };
    window.lamina.on("frame", () => events.frames++);
    window.lamina.on("host", () => events.hosts++);
    const stop = window.lamina.on("output", ({ terminal, text }) => {
      events.output += `${terminal}: ${text}`;
      if (text.includes("last heard")) stop();
    });
    return events;
  });
  expect(await host.run("docker pull busybox")).toMatchObject({ exitCode: 0, prompt: "you@host:~$ " });
  expect(await host.run("docker run -it --name web busybox")).toMatchObject({ exitCode: 0, prompt: "/ # " });
  expect(await host.run("echo typed in the container > /note; cat /note")).toMatchObject({
    output: "typed in the container\n",
    exitCode: 0,
    prompt: "/ # ",
  });
  expect(await host.run("false")).toMatchObject({ exitCode: 1 });
  expect(await host.run("echo last heard")).toMatchObject({ output: "last heard\n" });
  expect(await host.run("echo not heard any more; exit 3")).toMatchObject({ exitCode: 3, prompt: "you@host:~$ " });
  // What is typed through the API is on the screen like what a person types.
  await host.waitForPrompt(HOST_PROMPT);
  expect((await host.rows()).join("\n")).toContain("docker run -it --name web busybox");

  const state = await host.state();
  expect(imageOf(state, "busybox:latest").layers).toHaveLength(1);
  expect(state.containers).toMatchObject([
    {
      name: "web",
      running: false,
      status: "Exited (3) Less than a second ago",
      upper: { changes: expect.arrayContaining([["A", "/note"]]) as unknown },
    },
  ]);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);

  const { frames, hosts, output } = await heard.jsonValue();
  expect(frames).toBeGreaterThan(3);
  expect(hosts).toBeGreaterThan(3);
  expect(output).toContain("session-1: typed in the container");
  expect(output).not.toContain("not heard any more");

  // The story is shown at a step of one's choice; the host itself stays what it is.
  await page.evaluate(() => window.lamina.goto(1));
  await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", /^step 1 of/);
  expect((await host.state()).containers).toHaveLength(1);
  await page.evaluate(() => window.lamina.play());
  await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", /^step (\d+) of \1(,|$)/);
  await page.evaluate(() => window.lamina.pause());

  expect(await host.link()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#2[\w-]+$/);
  await page.evaluate(() => window.lamina.reset());
  expect(await host.state()).toMatchObject({ images: [], containers: [], layers: [] });
  await host.reload();
  expect(await host.state()).toMatchObject({ images: [], containers: [], layers: [] });
});

test("lines given all at once run one after the other, in the terminal whose turn it is", async ({ host }) => {
  const lines = ["docker run -it --name web busybox", "cd /tmp", "pwd", "exit", "docker ps -aq --no-trunc"];
  const outputs = await host.page.evaluate((all) => Promise.all(all.map((line) => window.lamina.run(line))), lines);
  expect(outputs[2]?.output).toBe("/tmp\n");
  expect(outputs[4]?.output).toMatch(/^[0-9a-f]{64}\r?\n$/);
});

test("a page of the same origin that embeds it is answered", async ({ page, baseURL }) => {
  const address = `${baseURL}lesson.html`;
  await page.route(address, (route) => route.fulfill({ contentType: "text/html", body: lesson(`${baseURL}`) }));
  const ask = await embedding(page, address);
  expect(await ask("run", "docker pull busybox")).toMatchObject({ value: { exitCode: 0 } });
  expect(await ask("state")).toMatchObject({ value: { images: [{ refs: ["busybox:latest"] }] } });
  expect(await ask("link")).toMatchObject({ value: expect.stringContaining("#2") as unknown });
  expect(await ask("goto", 1)).toMatchObject({ value: undefined });
  expect(await ask("reset")).toHaveProperty("id");
  expect(await ask("state")).toMatchObject({ value: { images: [] } });
});

test("a page of another origin is not heard", async ({ page, baseURL }) => {
  // A server of its own: another port is another origin.
  const server = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end(lesson(`${baseURL}`)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    const ask = await embedding(page, `http://127.0.0.1:${address.port}/`);
    const frame = framed(page);
    // When a message has come and the frame's own listeners have run, this one says so.
    await frame.evaluate(() => {
      window.addEventListener("message", ({ data, source }: MessageEvent<{ id: number }>) => {
        void window.lamina
          .state()
          .then(() => source?.postMessage({ lamina: "heard", id: data.id }, { targetOrigin: "*" }));
      });
    });
    for (const call of ["state", "run", "link", "reset"])
      expect(await ask(call, "docker pull busybox")).toBe("no answer");
    expect(await frame.evaluate(async () => (await window.lamina.state()).images)).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
