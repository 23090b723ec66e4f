import { HostPage, HOST_PROMPT, ROOT_PROMPT } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

const WEB = /container web|容器 web/;

async function intoWeb(host: HostPage): Promise<void> {
  await host.type("docker run -it --name web ubuntu:22.04 bash", ROOT_PROMPT);
}

test("a reload in the middle loses nothing, and the shell goes on where it was", async ({ host }) => {
  await intoWeb(host);
  for (const line of [
    "cd /etc",
    "place=here",
    "export AWAY=there",
    "greet() { echo hello $1; }",
    "rm legal",
    "echo x >> bash.bashrc",
    "echo 'two words' > /root/kept.txt",
    "false",
  ]) {
    await host.type(line);
  }
  const before = await host.lasting();
  await host.reload();
  expect(await host.lasting()).toEqual(before);
  await expect(host.terminal(WEB)).toBeFocused();
  await host.waitForPrompt(/^root@\w+:\/etc#$/);
  expect(await host.type("echo $? $place $AWAY; greet you; pwd")).toBe("1 here there\nhello you\n/etc\n");
  expect(await host.type("cat /root/kept.txt; tail -1 bash.bashrc; ls legal")).toBe(
    "two words\nx\nls: cannot access 'legal': No such file or directory\n",
  );
  await host.type("exit", HOST_PROMPT);
  expect(await host.type("docker ps -a --format '{{.Names}} {{.Status}}'")).toMatch(/^web Exited \(2\)/);
});

test("a reload at the end shows the same host, and its log still makes the same link", async ({ host }) => {
  await intoWeb(host);
  await host.type("echo one > /one");
  await host.type("exit", HOST_PROMPT);
  await host.type("docker commit web mine:1");
  const before = await host.lasting();
  const link = await host.link();
  for (const time of ["once", "twice"]) {
    await host.reload();
    expect(await host.lasting(), time).toEqual(before);
    expect(await host.link(), time).toBe(link);
  }
  expect(await host.type("docker run --rm mine:1 cat /one")).toBe("one\n");
});

test("two tabs show the same host and do not fight", async ({ host, context }) => {
  const other = new HostPage(await context.newPage());
  await other.open();
  await host.page.bringToFront();
  await host.run("docker pull ubuntu:22.04");
  await expect.poll(async () => (await other.state()).images.length).toBe(1);

  // Both at once, again and again: every command happens, one after the other.
  const names = Array.from({ length: 6 }, (_, index) => `c${index}`);
  const results = await Promise.all(
    names.map((name, index) => (index % 2 ? host : other).run(`docker run -d --name ${name} ubuntu:22.04 sleep 999`)),
  );
  expect(results.map((result) => result.exitCode)).toEqual(names.map(() => 0));
  for (const tab of [host, other]) {
    await expect.poll(async () => (await tab.state()).containers.map((one) => one.name).toSorted()).toEqual(names);
  }
  expect(await host.lasting()).toEqual(await other.lasting());

  // A shell that is open is open in both, and is one shell: what one tab types in it, the other goes on from.
  await host.run("docker exec -it c0 bash");
  await host.run("cd /tmp; mine=1");
  await expect(other.terminal(/container c0/)).toBeAttached();
  await other.page.bringToFront();
  await other.focus(/container c0/);
  await other.waitForPrompt(/:\/tmp#$/);
  expect(await other.type("pwd; echo $mine; mine=2; cd /")).toBe("/tmp\n1\n");
  expect((await host.run("pwd; echo $mine; exit")).output).toMatch(/^\/\n2\n/);
  await expect.poll(() => other.page.getByText("This session has ended.").count()).toBeGreaterThan(0);

  // And after both are opened anew there is one host, the one both saw.
  const before = await other.lasting();
  await Promise.all([host.reload(), other.reload()]);
  expect(await host.lasting()).toEqual(before);
  expect(await other.lasting()).toEqual(before);
});

test("a shell open in one tab outlives what another tab does and a reload", async ({ host, context }) => {
  await host.run("docker run -it --name web ubuntu:22.04 bash");
  await host.run("cd /usr");
  const other = new HostPage(await context.newPage());
  await other.open();
  expect((await other.run("pwd")).output).toBe("/usr\n");
  await other.focus("Terminal of the host");
  await other.type("docker ps", HOST_PROMPT);
  await host.reload();
  expect((await host.run("pwd")).output).toBe("/usr\n");
});

test("a line is not lost when the page is loaded again while it runs", async ({ host }) => {
  await intoWeb(host);
  await host.type("echo before > /before");
  await host.keys("sleep 100; echo after > /after");
  await host.page.keyboard.press("Enter");
  await host.reload();
  await host.waitForPrompt(ROOT_PROMPT);
  expect(await host.type("ls /before /after")).toContain("/before\n");
});
