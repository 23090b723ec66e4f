import { describe, expect, it } from "vitest";
import { memoryStore } from "../storage/memory/store.ts";
import { decodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";

const story = [
  "docker pull ubuntu:22.04",
  "docker run -it --name web ubuntu:22.04 bash",
  "rm /etc/legal",
  "echo x >> /etc/bash.bashrc",
  "greet() { echo $RANDOM > /root/random; }; greet; cd /tmp; mktemp > name",
  "sleep 2; date > /root/now",
  "exit",
  'docker commit -m "a change" -a "作者" web my/ubuntu:1.0',
] as const;

const images = (page: PracticePage) =>
  page.host.state(null).images.map(({ id, refs, layers }) => ({ id, refs, layers }));

async function told(): Promise<PracticePage> {
  const page = await PracticePage.open();
  for (const line of story) await page.type(line);
  return page;
}

describe("a host", () => {
  it("gives the turn to the container's shell and takes it back", async () => {
    const page = await PracticePage.open();
    await page.type("docker pull ubuntu:22.04");
    const opened = await page.type("docker run -it --name web ubuntu:22.04 bash");
    expect(opened).toMatchObject({ exitCode: 0, terminal: "session-1", output: "" });
    expect(opened.prompt).toMatch(/^root@[0-9a-f]{12}:\/# $/);
    expect(await page.says("echo hi")).toBe("hi\n");
    expect(await page.type("exit")).toMatchObject({ terminal: "host", prompt: "you@host:~$ ", exitCode: 0 });
    expect(await page.says("docker ps -a --format '{{.Names}} {{.Status}}'")).toBe("web Exited (0) 1 second ago\n");
  });

  it("asks for more while a quote is open", async () => {
    const page = await PracticePage.open();
    expect(await page.type('echo "one')).toMatchObject({ incomplete: true, prompt: "> " });
    expect(await page.type('two"')).toMatchObject({ incomplete: false, output: "one\ntwo\n" });
  });

  it("comes back from its link with the same images, whatever the time", async () => {
    const page = await told();
    const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
    const visitor = await PracticePage.open({ seed });
    visitor.now += 1e9;
    await visitor.host.replay(entries, 80);
    expect(images(visitor)).toEqual(images(page));
    expect(images(page)[1]?.layers).toHaveLength(2);
  });

  it("tells of a long replay a hundred times and not for each line, and the end of its story", async () => {
    const entries = Array.from({ length: 700 }, (_, at) => {
      return {
        terminal: "host" as const,
        line: `docker volume ${at % 2 ? "rm" : "create"} data`,
        at: 1_790_000_000_000 + at,
      };
    });
    const visitor = await PracticePage.open();
    expect(await visitor.host.replay(entries, 80)).toBe(0);
    const of = (type: string) => visitor.messages.filter((message) => message.type === type);
    expect(of("replaying")).toHaveLength(100);
    expect(of("host")).toHaveLength(1);
    const frames = visitor.messages.flatMap((message) => (message.type === "frames" ? message.frames : []));
    expect(frames.map(({ step }) => step)).toEqual(Array.from({ length: 600 }, (_, at) => 101 + at));
    expect((await visitor.host.recall(0)).map(({ step }) => step)).toEqual([1]);
  });

  it("is there again after a reload, in the middle of a session", async () => {
    const store = memoryStore();
    const before = await PracticePage.open({ store });
    for (const line of story.slice(0, 5)) await before.type(line);
    const after = await PracticePage.open({ store });
    after.terminal = "session-1";
    after.now = before.now;
    expect(await after.says("pwd; ls /etc/legal")).toBe(
      "/tmp\nls: cannot access '/etc/legal': No such file or directory\n",
    );
    for (const line of story.slice(6)) await after.type(line);
    expect(after.host.state(null).images[1]?.refs).toEqual(["my/ubuntu:1.0"]);
  });

  it("follows what another page of the same store did", async () => {
    const store = memoryStore();
    const one = await PracticePage.open({ store });
    const two = await PracticePage.open({ store });
    await one.type("docker pull alpine:3.20");
    await two.type("docker tag alpine:3.20 mine");
    expect(await one.says("docker images --format '{{.Repository}}:{{.Tag}}'")).toBe("alpine:3.20\nmine:latest\n");
  });

  it("keeps nothing of a command that Ctrl-C ended, and goes on", async () => {
    const page = await PracticePage.open();
    await page.type("docker pull alpine:3.20");
    await page.type("docker run -it --name box alpine:3.20");
    const sleeping = page.type("sleep 100; touch /root/late");
    await new Promise((resolve) => setTimeout(resolve, 50));
    page.host.interrupt("session-1");
    expect((await sleeping).exitCode).toBe(130);
    expect(await page.says("ls /root")).toBe("");
    const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
    const visitor = await PracticePage.open({ seed });
    await visitor.host.replay(entries, 80);
    expect(visitor.host.state(null).containers).toEqual(
      page.host.state(null).containers.map((container) => ({ ...container, status: expect.any(String) })),
    );
  });

  it.each(["sleep 1000", "sh -c 'echo on; sleep 1000'"])(
    "replays Ctrl-C where it came: docker run alpine %s",
    async (command) => {
      const page = await PracticePage.open();
      await page.type("docker pull alpine:3.20");
      const running = page.type(`docker run --name box alpine:3.20 ${command}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      page.host.interrupt("host");
      expect((await running).exitCode).toBe(130);
      const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
      const visitor = await PracticePage.open({ seed });
      visitor.now = page.now;
      await visitor.host.replay(entries, 80);
      const status = ({ host }: PracticePage) => host.state(null).containers.map((each) => each.status);
      expect(status(page)).toEqual([expect.stringContaining("Exited (130)")]);
      expect(status(visitor)).toEqual(status(page));
    },
  );

  describe("a program that reads what is typed", () => {
    async function session(image = "ubuntu:22.04"): Promise<PracticePage> {
      const page = await PracticePage.open();
      await page.type(`docker pull ${image}`);
      await page.type(`docker run -it --name web ${image}`);
      return page;
    }
    /** What a visitor's replay of the log ends with. */
    async function replayed(page: PracticePage) {
      const { seed, entries } = decodeLink(page.host.link().fragment).scenario;
      const visitor = await PracticePage.open({ seed });
      visitor.now = page.now;
      await visitor.host.replay(entries, 80);
      return visitor;
    }

    it("gets lines until Ctrl-D; the replay gives the same file", async () => {
      const page = await session();
      expect(await page.type("cat > /root/f")).toMatchObject({ output: "", prompt: "", incomplete: true });
      expect(await page.type("你好 $HOME")).toMatchObject({ output: "", prompt: "", incomplete: true });
      await page.type("");
      expect((await page.type("\x04")).prompt).toMatch(/^root@/);
      expect(await page.says("cat /root/f")).toBe("你好 $HOME\n\n");
      const visitor = await replayed(page);
      expect(visitor.host.state(null)).toEqual(page.host.state(null));
    });

    it("is dropped by Ctrl-C, and by a reload, in the log as well", async () => {
      const store = memoryStore();
      const page = await PracticePage.open({ store });
      for (const line of ["docker pull alpine:3.20", "docker run -it --name web alpine:3.20"]) await page.type(line);
      await page.type("cat > /root/f");
      page.host.interrupt("session-1");
      expect(page.host.prompt("session-1")).toBe("/ # ");
      await page.type("touch /root/a");
      await page.type("wc -l");
      await page.type("lost");
      const after = await PracticePage.open({ store });
      after.terminal = "session-1";
      after.now = page.now;
      expect(after.host.prompt("session-1")).toBe("/ # ");
      await after.type("touch /root/b");
      expect(await after.says("ls /root")).toBe("a  b\n");
      const visitor = await replayed(after);
      expect(visitor.host.state(null)).toEqual(after.host.state(null));
    });
  });

  it("keeps what no layer holds over a reload: edited /etc/hosts, /dev/shm, a service", async () => {
    const store = memoryStore();
    const before = await PracticePage.open({ store });
    for (const line of ["docker pull redis", "docker run -it --name db redis bash"]) await before.type(line);
    await before.type("echo '10.0.0.1 friend' >> /etc/hosts; echo shared > /dev/shm/f");
    await before.type("redis-server --daemonize yes");
    const asked = "tail -n 1 /etc/hosts; cat /dev/shm/f; cat /proc/[0-9]*/comm | sort -u";
    const said = await before.says(asked);
    expect(said).toEqual(expect.stringMatching(/^10\.0\.0\.1 friend\nshared\n[^]*redis-server\n/));
    const after = await PracticePage.open({ store });
    after.terminal = "session-1";
    after.now = before.now;
    expect(await after.says(asked)).toBe(said);
    await after.type("exit");
    await after.type("docker start -ai db");
    expect(await after.says("ls /dev/shm; cat /proc/[0-9]*/comm | grep redis")).toBe("");
    expect(await after.says("grep friend /etc/hosts")).toBe("");
  });

  it("logs what a session showed", async () => {
    const page = await PracticePage.open();
    await page.type("docker pull alpine:3.20");
    await page.type("docker run -it --name web alpine:3.20");
    await page.type("echo hi");
    await page.type("read x");
    await page.type("typed");
    await page.type("docker exec");
    await page.type("exit 3");
    const log = "/ # echo hi\nhi\n/ # read x\ntyped\n/ # docker exec\n/bin/sh: docker: not found\n/ # exit 3\n";
    expect(await page.says("docker logs web")).toBe(log);
    expect(await page.says("docker logs -n 1 web")).toBe("/ # exit 3\n");
    await page.type("docker run -it --name once alpine:3.20 echo one");
    expect(await page.says("docker logs once")).toBe("one\n");
  });
});
