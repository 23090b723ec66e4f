import { beforeEach, describe, expect, test } from "vitest";
import { PracticeHost } from "./practice-host.ts";
import { alpine, nginx } from "./testdata/images.ts";

let host: PracticeHost;
beforeEach(async () => {
  host = new PracticeHost();
  await host.serve(["docker.io/library/alpine:latest"], alpine);
  await host.serve(["docker.io/library/nginx:latest"], nginx);
  await host.run("docker pull -q alpine");
});

const ID = expect.stringMatching(/^[0-9a-f]{64}\n$/);

describe("docker run", () => {
  test("-it on a terminal opens a session in the container", async () => {
    host.terminal = { tty: true, columns: 100 };
    expect(await host.run("docker run -it --name web -w /etc -e A=1 -e NONE -u 1000 alpine sh")).toBe("");
    const [{ main, process } = { main: false, process: null }] = host.attached;
    expect(main).toBe(true);
    expect(process).toMatchObject({ argv: ["sh"], cwd: "/etc", user: "1000", tty: true, columns: 100 });
    expect(process?.env).toContain("A=1");
    expect(process?.env.some((variable) => variable.startsWith("NONE"))).toBe(false);
    expect(await host.run("docker ps --format '{{.Names}} {{.Command}} {{.Status}}'")).toBe(
      'web "sh" Up Less than a second\n',
    );
  });

  test("without -d it waits for a process that ends by itself", async () => {
    const before = host.now;
    expect(await host.run("docker run --rm alpine sleep 30")).toBe("");
    expect(host.now - before).toBe(30_000);
    expect(await host.run("docker ps -aq")).toBe("");
  });

  test("Ctrl-C ends a service in the foreground", async () => {
    host.interruptAt = "container.start";
    expect(await host.run("docker run --name web nginx nginx")).toContain("[exit 130]");
    expect(await host.run("docker ps -a --format '{{.Names}} {{.State}}'")).toBe("web exited\n");
  });

  test("Ctrl-C in a pull leaves nothing", async () => {
    host.interruptAt = "layer.extract";
    expect(await host.run("docker pull -q nginx; echo no")).toBe("[exit 130]\n");
    expect(host.state.images.size).toBe(1);
  });

  test("--rm takes the container away, also one that could not start", async () => {
    await host.run("docker run --rm alpine echo hi");
    await host.run("docker run --rm alpine nosuch");
    expect(await host.run("docker ps -aq")).toBe("");
  });

  test.for([
    ["docker run alpine exit 7", "[exit 7]\n"],
    ["docker run --entrypoint echo alpine hi there", "hi there\n"],
    [
      "docker run -w relative alpine",
      "docker: Error response from daemon: the working directory 'relative' is invalid, it needs to be an absolute path\n\nRun 'docker run --help' for more information\n[exit 125]\n",
    ],
    [
      "docker run -u nosuch alpine",
      "docker: Error response from daemon: unable to find user nosuch: no matching entries in passwd file\n\nRun 'docker run --help' for more information\n[exit 125]\n",
    ],
    ["docker run -it alpine", "the input device is not a TTY\n[exit 1]\n"],
    [
      "docker run --pull=never nosuch",
      "docker: Error response from daemon: No such image: nosuch:latest\n\nRun 'docker run --help' for more information\n[exit 125]\n",
    ],
    [
      "docker run -v /a:/b alpine",
      "docker: mounting /a of the host is not simulated in Lamina; the nearest is a volume, which lies outside the layers too, as in `-v NAME:/b`.\n[exit 1]\n",
    ],
    [
      "docker run --network=host alpine",
      "docker: the flag --network of 'docker run' is not simulated in Lamina; the nearest is the same command without it.\n[exit 1]\n",
    ],
  ])("%s", async ([line = "", output]) => {
    expect(await host.run(line)).toBe(output);
  });
});

describe("a container's life", () => {
  test("start, stop, kill, restart, wait and logs", async () => {
    expect(await host.run("docker run -d --name box alpine sleep 60")).toEqual(ID);
    const before = host.now;
    expect(await host.run("docker stop box")).toBe("box\n");
    expect(host.now - before).toBe(10_000);
    expect(await host.run("docker ps -a --format '{{.Status}}'")).toBe("Exited (137) Less than a second ago\n");
    expect(await host.run("docker start box && docker kill box && docker restart box")).toBe("box\nbox\nbox\n");
    expect(await host.run("docker wait box")).toBe("0\n");
    expect(await host.run("docker kill -s HUP box")).toContain("is not simulated in Lamina");
    await host.run("docker run --name say alpine echo one");
    await host.run("docker start say");
    expect(await host.run("docker logs say")).toBe("one\none\n");
    expect(await host.run("docker logs -t -n 1 say")).toMatch(/^2026-11-23T17:\d\d:\d\d\.000000000Z one\n$/);
    expect(await host.run("docker start -a say")).toBe("one\n");
  });

  test("start -ai opens the session again", async () => {
    host.terminal = { tty: true, columns: 80 };
    await host.run("docker create -it --name box alpine sh");
    expect(await host.run("docker start -ai box")).toBe("");
    expect(host.attached.map(({ main, process }) => [main, process.argv])).toEqual([[true, ["sh"]]]);
    expect(await host.run("docker exec -it box sh")).toBe("");
    expect(host.attached[1]?.main).toBe(false);
  });

  test("rm takes several, tells what it cannot, and answers 1", async () => {
    await host.run("docker create --name a1 alpine");
    await host.run("docker run -d --name b1 alpine sleep 9");
    expect(await host.run("docker rm a1 b1 c1")).toBe(
      'a1\nError response from daemon: cannot remove container "b1": container is running: stop the container before removing or force remove\nError response from daemon: No such container: c1\n[exit 1]\n',
    );
    expect(await host.run("docker rm -f b1 c1")).toBe("b1\nError response from daemon: No such container: c1\n");
  });

  test("top shows the process, ports the exposed ports", async () => {
    await host.run("docker run -d --name web nginx nginx -g 'daemon off;'");
    expect(await host.run("docker top web")).toMatch(
      /^UID {17}PID {17}PPID {16}C {19}STIME {15}TTY {17}TIME {16}CMD\nroot .* nginx -g daemon off;\n$/,
    );
    expect(await host.run("docker ps --format '{{.Ports}}|{{.Command}}'")).toBe('80/tcp|"nginx -g \'daemon of…"\n');
    expect(await host.run("docker stop web && docker port web 80")).toBe(
      "web\nno public port '80/tcp' published for web\n[exit 1]\n",
    );
  });
});

describe("published ports", () => {
  const PORTS = "docker ps --format '{{.Names}} {{.Ports}}'";

  test.for([
    ["-p 8080:80", "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp"],
    ["-p 80", "0.0.0.0:32768->80/tcp, [::]:32768->80/tcp"],
    ["-P", "0.0.0.0:32768->80/tcp, [::]:32768->80/tcp"],
    ["-p 127.0.0.1:8080:80/tcp", "127.0.0.1:8080->80/tcp"],
    ["-p 127.0.0.1::80", "127.0.0.1:32768->80/tcp"],
    ["-p [::1]:8080:80", "[::1]:8080->80/tcp"],
    ["-p 80:80", "0.0.0.0:80->80/tcp, [::]:80->80/tcp"],
    ["-p 53:53/udp", "0.0.0.0:53->53/udp, [::]:53->53/udp, 80/tcp"],
    ["-p 80-81:80-81", "0.0.0.0:80-81->80-81/tcp, [::]:80-81->80-81/tcp"],
    ["-p 9000-9009:80", "0.0.0.0:9000->80/tcp, [::]:9000->80/tcp"],
    ["-p published=8080,target=80", "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp"],
    ["-P -p 8443:443", "0.0.0.0:32768->80/tcp, [::]:32768->80/tcp, 0.0.0.0:8443->443/tcp, [::]:8443->443/tcp"],
  ])("docker run %s: %s", async ([options, ports]) => {
    await host.run(`docker run -d --name web ${options} nginx nginx`);
    expect(await host.run(PORTS)).toBe(`web ${ports}\n`);
  });

  test.for([
    ["-p http", "invalid containerPort: http"],
    ["-p 8080:70000", "invalid containerPort: 70000"],
    ["-p 81-80", "invalid containerPort: 81-80"],
    ["-p x:80", "invalid hostPort: x"],
    ["-p 8080:", "no port specified: 8080:<empty>"],
    ["-p 80-90:80-81", "invalid ranges specified for container and host Ports: 80-81 and 80-90"],
    ["-p 80/http", "invalid proto: http"],
    ["-p 1.2.3:80:80", "invalid IP address: 1.2.3"],
    ["-p target=80,tcp", "invalid publish opts format (should be name=value but got 'tcp')"],
  ])("docker run %s: %s", async ([options, error]) => {
    const told = `docker: ${error}\n\nRun 'docker run --help' for more information\n[exit 125]\n`;
    expect(await host.run(`docker run ${options} nginx`)).toBe(told);
    expect(host.state.containers.size).toBe(0);
  });

  test.for([
    ["8080:80", "8080:80", "Bind for 0.0.0.0:8080 failed: port is already allocated"],
    ["127.0.0.1:8080:80", "8080:80", "failed to bind host port 0.0.0.0:8080/tcp: address already in use"],
    ["8080:80", "127.0.0.1:8080:80", "failed to bind host port 127.0.0.1:8080/tcp: address already in use"],
    ["8080-8081:80-81", "8080-8081:80", "Bind for 0.0.0.0:8080-8081 failed: all ports are allocated"],
  ])("-p %s, then -p %s: %s", async ([first, second, reason]) => {
    await host.run(`docker run -d --name one -p ${first} nginx nginx`);
    const [id, refusal] = (await host.run(`docker run -d --name two -p ${second} nginx nginx`)).split("\n");
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(refusal?.replace(/[0-9a-f]{64}/, "ENDPOINT")).toBe(
      `docker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint two (ENDPOINT): ${reason}`,
    );
    expect(await host.run("docker ps -a --format '{{.Names}} {{.State}}'")).toBe("two created\none running\n");
    expect(await host.run("docker rm -f one; docker start two")).toBe("one\ntwo\n");
  });

  test("another protocol, and another address, is another port; a stopped container gives its ports back", async () => {
    await host.run("docker run -d --name one -p 8080:80 nginx nginx");
    expect(await host.run("docker run -d -p 8080:80/udp nginx nginx")).toEqual(ID);
    expect(await host.run("docker run -d -p 127.0.0.1:81:80 nginx nginx")).toEqual(ID);
    expect(await host.run("docker run -d -p 127.0.0.2:81:80 nginx nginx")).toEqual(ID);
    expect(await host.run("docker ps -q -f publish=8080/udp; docker ps -q -f publish=82")).toMatch(/^[0-9a-f]{12}\n$/);
    await host.run("docker stop one");
    expect(await host.run("docker run -d -p 8080:80 nginx nginx")).toEqual(ID);
  });

  test("port, inspect and commit know them; the terminal is told that they are modelled", async () => {
    host.terminal = { tty: true, columns: 100 };
    expect(await host.run("docker run -d --name web -p 8080:80 -p 127.0.0.1::443 nginx nginx")).toContain(
      "Ports are modelled here",
    );
    expect(await host.run("docker port web")).toBe(
      "80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n443/tcp -> 127.0.0.1:32768\n",
    );
    expect(await host.run("docker port web 80 && docker port web 443/tcp")).toBe(
      "0.0.0.0:8080\n[::]:8080\n127.0.0.1:32768\n",
    );
    const wished = '{"443/tcp":[{"HostIp":"127.0.0.1","HostPort":""}],"80/tcp":[{"HostIp":"","HostPort":"8080"}]}';
    const open =
      '{"443/tcp":[{"HostIp":"127.0.0.1","HostPort":"32768"}],"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"::","HostPort":"8080"}]}';
    const shown = "{{json .HostConfig.PortBindings}} {{json .NetworkSettings.Ports}}";
    expect(await host.run(`docker inspect -f '${shown}' web`)).toBe(`${wished} ${open}\n`);
    await host.run("docker stop web");
    expect(await host.run(`docker inspect -f '${shown}' web; docker port web`)).toBe(`${wished} {}\n`);
    await host.run("docker commit web again");
    expect(await host.run("docker inspect -f '{{json .Config.ExposedPorts}}' again")).toBe(
      '{"443/tcp":{},"80/tcp":{}}\n',
    );
  });
});

describe("docker commit", () => {
  test("diff, commit, history, and a container on the new image", async () => {
    await host.run("docker run --name box alpine write 5000 /etc/motd");
    expect(await host.run("docker diff box")).toBe("C /etc\nA /etc/motd\n");
    expect(
      await host.run('docker commit -m "增加 vim" -a 作者 -c "CMD [\\"echo\\",\\"new\\"]" box my/app:1.0'),
    ).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(await host.run("docker history --format '{{.CreatedBy}}|{{.Size}}|{{.Comment}}' my/app:1.0")).toMatch(
      /^write 5000 \/etc\/motd\|5kB\|增加 vim\n/,
    );
    expect(await host.run("docker inspect -f '{{.Author}}' my/app:1.0")).toBe("作者\n");
    expect(await host.run("docker run --rm my/app:1.0")).toBe("new\n");
    expect(await host.run("docker commit box Bad:x")).toBe(
      "invalid reference format: repository name (library/Bad) must be lowercase\n[exit 1]\n",
    );
  });

  test("shared layers stay until the last image that stands on them goes", async () => {
    await host.run("docker run --name bb alpine write 1 /one");
    await host.run("docker commit bb base && docker rm bb");
    for (const name of ["ra", "rb"]) {
      await host.run(`docker run --name ${name} base write 2 /${name}`);
      await host.run(`docker commit ${name} ${name} && docker rm ${name}`);
    }
    await host.run("docker rmi -f base alpine");
    const lines = async (line: string): Promise<number> => (await host.run(line)).split("\n").length - 1;
    const first = await lines("docker rmi ra");
    expect(await lines("docker rmi rb")).toBeGreaterThan(first);
    expect(host.state.layers.size).toBe(0);
  });
});

describe("volumes", () => {
  const usage = "docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}'";
  beforeEach(async () => {
    // Filled with the library that the image has there.
    await host.run("docker create --name box -v data:/lib -v /bin alpine");
    await host.run("docker volume create spare");
  });

  test("count in docker system df; what no container mounts can be reclaimed", async () => {
    expect(await host.run(usage)).toContain("\nLocal Volumes 3 2 5.067MB 0B (0%)\n");
    expect(await host.run("docker system df -v")).toMatch(
      /\nVOLUME NAME +LINKS +SIZE\ndata +1 +3\.003MB\n[0-9a-f]{64} +1 +2\.063MB\nspare +0 +0B\n\nBuild/,
    );
    await host.run("docker rm box");
    expect(await host.run(usage)).toContain("\nLocal Volumes 3 0 5.067MB 5.067MB (100%)\n");
    expect(await host.run("docker volume prune -f")).toMatch(/^Deleted Volumes:\n[0-9a-f]{64}\n\nTotal.* 2.063MB\n$/);
    expect(await host.run("docker volume prune -af")).toMatch(/^Deleted Volumes:\ndata\nspare\n\nTotal.* 3.003MB\n$/);
  });

  test.for([
    ["docker rm -v box", "data spare"],
    ["docker rm -f box && docker system prune -f --volumes", "data spare"],
    ["docker run --rm -v /etc -v named:/etc/x alpine true && docker rm -v box", "data named spare"],
  ])("%s leaves those with a name", async ([line = "", names]) => {
    await host.run(line);
    expect((await host.run("docker volume ls -q")).trim().replaceAll("\n", " ")).toBe(names);
  });

  test("are no part of a commit, nor of the size of a container", async () => {
    expect(await host.run("docker ps -as --format '{{.Size}}'")).toBe("0B (virtual 5.07MB)\n");
    await host.run("docker commit box kept");
    expect(await host.run("docker image inspect -f '{{len .RootFS.Layers}} {{json .Config.Volumes}}' kept")).toBe(
      '1 {"/bin":{}}\n',
    );
  });

  test.for([
    [
      "docker volume ls -f dangling=true -f dangling=false",
      "Error response from daemon: invalid filter 'dangling=[true false]'\n[exit 1]\n",
    ],
    [
      "docker volume create -o type=tmpfs fast",
      "docker: the flag --opt of 'docker volume create' is not simulated in Lamina; the nearest is the same command without it.\n[exit 1]\n",
    ],
    ["docker info -f '{{.Plugins.Volume}}'", "[local]\n"],
    ["docker run --rm --read-only alpine true", ""],
  ])("%s", async ([line = "", output]) => {
    expect(await host.run(line)).toBe(output);
  });
});

describe("docker ps", () => {
  beforeEach(async () => {
    await host.run("docker run --name one -l tier=web alpine exit 3");
    await host.run("docker run -d --name two alpine sleep 100");
    await host.run("docker create --name three alpine");
  });

  test.for([
    ["", "two"],
    ["-a", "three two one"],
    ["-n 2", "three two"],
    ["-l", "three"],
    ["-f status=exited", "one"],
    ["-af exited=3", "one"],
    ["-af label=tier=web", "one"],
    ["-af label=tier", "one"],
    ["-af name=^t", "three two"],
    ["-af ancestor=alpine -f status=created", "three"],
    ["-af before=two", "one"],
    ["-af since=two", "three"],
  ])("%s", async ([flags, names]) => {
    expect((await host.run(`docker ps ${flags} --format '{{.Names}}'`)).trim().replaceAll("\n", " ")).toBe(names);
  });

  test.for([
    ["docker ps -f nosuch=1", "Error response from daemon: invalid filter 'nosuch'\n[exit 1]\n"],
    [
      "docker ps --format '{{.Nope}}'",
      'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.ContainerContext\n[exit 1]\n',
    ],
    ["docker ps --format 'table {{.Names}}\\t{{.Label \"tier\"}}|' -l", "NAMES     tier|\nthree     |\n"],
    ["docker ps -l --format '{{json .Command}}'", '"\\"/bin/sh\\""\n'],
  ])("%s", async ([line = "", output]) => {
    expect(await host.run(line)).toBe(output);
  });
});

test.for([
  [
    "docker buildx ls",
    "docker: 'docker buildx ls' is not simulated in Lamina; the nearest is `docker build`, which makes an image of a Dockerfile.\n[exit 1]\n",
  ],
  [
    "docker build https://example.org/x.git",
    "docker: a build context from the network is not simulated in Lamina; the nearest is `docker build .`\n[exit 1]\n",
  ],
  [
    "docker compose up",
    "docker: 'docker compose up' is not simulated in Lamina; the nearest is `docker run`, once for each service.\n[exit 1]\n",
  ],
  [
    "docker volume update data",
    "docker: 'docker volume update' is not simulated in Lamina; the nearest is `docker volume create`, which makes a volume of this one host.\n[exit 1]\n",
  ],
  ["docker --version", "Docker version 28.5.2, build lamina\n"],
  ["docker version -f '{{.Server.Version}}'", "28.5.2\n"],
  ["docker info -f '{{.Driver}} {{.Images}}'", "overlay2 1\n"],
  [
    "docker -H tcp://x ps",
    "docker: the flag --host of 'docker' is not simulated in Lamina; the nearest is the same command without it.\n[exit 1]\n",
  ],
  [
    "docker system prune",
    "WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n  - all dangling images\n  - unused build cache\n\nAre you sure you want to continue? [y/N]\ndocker: answering is not simulated in Lamina; the nearest is `docker system prune -f`, which does not ask.\n[exit 1]\n",
  ],
])("%s", async ([line = "", output]) => {
  expect(await host.run(line)).toBe(output);
});
