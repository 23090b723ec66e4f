import { HOST_PROMPT, ROOT_PROMPT } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

/** Types a line of a program's input, which no prompt follows. */
async function input({ page }: { page: import("@playwright/test").Page }, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
}

test("a program reads what is typed, until Ctrl-D or Ctrl-C; docker logs shows it all", async ({ host }) => {
  await host.run("docker pull alpine:3.20");
  await host.focus(/host/i);
  await host.type("docker run -it --name web alpine:3.20", ROOT_PROMPT);

  await input(host, "cat > /root/f");
  await input(host, "first line");
  await input(host, "second");
  await host.page.keyboard.press("Control+d");
  await host.waitForPrompt(ROOT_PROMPT);
  expect(await host.type("cat /root/f")).toBe("first line\nsecond\n");

  await input(host, "cat");
  await input(host, "again");
  await expect(async () => expect((await host.rows()).slice(-2)).toEqual(["again", "again"])).toPass();
  await host.page.keyboard.press("Control+c");
  await host.waitForPrompt(ROOT_PROMPT);
  expect(await host.type("echo $?")).toBe("130\n");

  await input(host, "read name");
  await input(host, "Ada");
  await host.waitForPrompt(ROOT_PROMPT);
  expect(await host.type("echo hello $name")).toBe("hello Ada\n");

  await host.page.keyboard.press("Control+d");
  await expect(host.terminal(/host/i)).toBeFocused();
  await host.waitForPrompt(HOST_PROMPT);
  const log = await host.type("docker logs web");
  expect(log).toContain(
    "/ # cat > /root/f\nfirst line\nsecond\n/ # cat /root/f\nfirst line\nsecond\n/ # cat\nagain\nagain\n^C\n",
  );
});
