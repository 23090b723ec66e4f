import { en } from "../src/content/locales/en.ts";
import { type HostPage, HOST_PROMPT, ROOT_PROMPT, imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

interface Step {
  readonly line: string | ((host: HostPage) => Promise<string>);
  /** Where one is afterwards, when that is another terminal. */
  readonly prompt?: RegExp;
  readonly shows?: readonly (string | RegExp)[];
  readonly hides?: readonly (string | RegExp)[];
}

const IMAGE = "my/ubuntu-vim:1.0";

const untilVim: readonly Step[] = [
  {
    line: "docker pull ubuntu:22.04",
    shows: [/^22\.04: Pulling from library\/ubuntu\n/, /Digest: sha256:[0-9a-f]{64}\n/],
  },
  { line: "docker run -it --name web ubuntu:22.04 bash", prompt: ROOT_PROMPT },
  { line: "vim", shows: ["bash: vim: command not found\n"] },
  { line: "apt-get update", shows: ["Reading package lists... Done"] },
  {
    line: "apt-get install -y vim",
    shows: ["The following NEW packages will be installed:", /Setting up vim \(/],
    hides: [/Unable to locate/],
  },
];

const untilExit: readonly Step[] = [
  { line: "rm /etc/legal" },
  { line: "echo x >> /etc/bash.bashrc" },
  { line: "exit", prompt: HOST_PROMPT },
  {
    line: "docker diff web",
    shows: ["D /etc/legal\n", "C /etc/bash.bashrc\n", "A /root/hello.txt\n", "A /usr/bin/vim.basic\n"],
  },
];

const afterwards: readonly Step[] = [
  { line: `docker history ${IMAGE}`, shows: [/^IMAGE +CREATED +CREATED BY +SIZE +COMMENT\n/, /\bbash\b/] },
  { line: `docker run -it --rm ${IMAGE} bash`, prompt: ROOT_PROMPT },
  { line: "vim --version", shows: [/VIM - Vi IMproved/] },
  { line: "cat /root/hello.txt", shows: [/hello from vim/] },
  { line: "ls /etc/legal", shows: ["ls: cannot access '/etc/legal': No such file or directory\n"] },
  { line: "exit", prompt: HOST_PROMPT },
  { line: "docker run -it --rm ubuntu:22.04 bash", prompt: ROOT_PROMPT },
  { line: "vim", shows: ["bash: vim: command not found\n"] },
  { line: "ls /etc/legal", shows: ["/etc/legal\n"] },
  { line: "tail -1 /etc/bash.bashrc", hides: [/^x$/m] },
  { line: "exit", prompt: HOST_PROMPT },
];

async function play(host: HostPage, steps: readonly Step[]): Promise<void> {
  for (const { line, prompt, shows = [], hides = [] } of steps) {
    const text = typeof line === "string" ? line : await line(host);
    await test.step(text, async () => {
      const output = await host.type(text, prompt);
      for (const part of shows) {
        if (typeof part === "string") expect(output).toContain(part);
        else expect(output).toMatch(part);
      }
      for (const part of hides) expect(output).not.toMatch(part);
    });
  }
}

/** Writes a file with the keys of vim, which is opening. */
async function writeInVim({ page }: HostPage, path: string, text: string): Promise<void> {
  await expect(page.getByRole("textbox", { name: path })).toBeFocused();
  await page.keyboard.press("i");
  await expect(page.getByText("-- INSERT --")).toBeVisible();
  await page.keyboard.type(text);
  await page.keyboard.press("Escape");
  await expect(page.getByText("-- INSERT --")).toBeHidden();
  await page.keyboard.type(":wq");
  await page.keyboard.press("Enter");
}

async function editInVim(host: HostPage, path: string, text: string): Promise<void> {
  await host.keys(`vim ${path}`);
  await host.page.keyboard.press("Enter");
  await writeInVim(host, path, text);
  await host.waitForPrompt(ROOT_PROMPT);
  expect(await host.type(`cat ${path}`)).toBe(`${text}\n`);
}

/** What the story comes to, in the host's own state. */
async function ending(host: HostPage, text: { readonly comment: string; readonly author: string }): Promise<void> {
  const state = await host.state();
  const base = imageOf(state, "ubuntu:22.04");
  const made = imageOf(state, IMAGE);
  expect(made.layers).toEqual([...base.layers, expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
  expect(made).toMatchObject({ parent: base.id, author: text.author, comment: text.comment });
  const layer = state.layers.find((one) => one.chainId === made.chain.at(-1));
  expect(layer).toMatchObject({ parent: base.chain.at(-1), diffId: made.layers.at(-1) });
  expect(made.size).toBe(base.size + (layer?.size ?? 0));
  expect(state.containers.map((one) => one.name)).toEqual(["web"]);
  const changes = new Map(state.containers[0]?.upper.changes?.map(([mark, path]) => [path, mark]));
  expect(changes.get("/etc/legal")).toBe("D");
  expect(changes.get("/etc/bash.bashrc")).toBe("C");
  expect(changes.get("/usr/bin/vim.basic")).toBe("A");
}

test("the vim story, typed", async ({ host }) => {
  await play(host, untilVim);
  await editInVim(host, "/root/hello.txt", "hello from vim");
  await play(host, untilExit);
  await play(host, [
    { line: `docker commit -m "add vim" -a "me" web ${IMAGE}`, shows: [/^sha256:[0-9a-f]{64}\n$/] },
    ...afterwards,
  ]);
  await ending(host, { comment: "add vim", author: "me" });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("the vim story, typed", async ({ host }) => {
    await expect(host.page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await play(host, untilVim);
    await editInVim(host, "/root/hello.txt", "你好，hello from vim");
    await play(host, untilExit);
    const shortId = async (): Promise<string> => (await host.type("docker ps -aq")).trim();
    await play(host, [
      { line: async () => `docker commit -m="增加 vim" -a="作者" ${await shortId()} ${IMAGE}`, shows: [/^sha256:/] },
      { line: `docker history ${IMAGE}`, shows: ["增加 vim"] },
      ...afterwards,
    ]);
    await ending(host, { comment: "增加 vim", author: "作者" });
  });
});

test("the vim story by buttons alone", async ({ host }) => {
  const { page } = host;
  const { steps, next } = en.start;
  await page.getByRole("button", { name: steps.pull }).click();
  const order = [
    "run",
    "vim",
    "update",
    "install",
    "edit",
    "write",
    "remove",
    "exit",
    "diff",
    "commit",
    "history",
    "again",
  ] as const;
  for (const step of order) {
    await test.step(step, async () => {
      await page.getByRole("button", { name: `${next} ${steps[step]}` }).click();
      if (step === "edit") await writeInVim(host, "/root/hello.txt", "hello");
    });
  }
  // In the new image: vim is there, then out again and into the old one.
  await page.getByTitle("vim --version").click();
  await expect.poll(async () => JSON.stringify(await host.printed()).includes("VIM - Vi IMproved")).toBe(true);
  for (const step of ["legal", "exit", "old", "vim", "legal"] as const) {
    await page.getByRole("button", { name: `${next} ${steps[step]}` }).click();
  }
  const found = async (): Promise<boolean> =>
    Object.values(await host.printed()).some((text) => /^\/etc\/legal\r?$/m.test(text));
  await expect.poll(found).toBe(true);
  const state = await host.state();
  expect(imageOf(state, IMAGE).layers).toHaveLength(2);
  expect(state.containers.at(-1)?.image).toBe(imageOf(state, "ubuntu:22.04").id);
});
