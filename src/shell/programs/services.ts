import { basename } from "../../core/filesystem/path.ts";
import { aligned } from "./columns.ts";
import { accounts } from "./accounts.ts";
import { machine } from "../host-machine.ts";
import type { Program, ProgramContext } from "./program.ts";
import { statOrNull } from "./walk.ts";
import { strftime } from "./when.ts";

/** The version a package database or the image's environment gives for a program. */
async function versionOf(
  context: ProgramContext,
  pattern: RegExp,
  variables: readonly string[],
): Promise<string | null> {
  for (const variable of variables) {
    const value = context.env.get(variable);
    if (value !== undefined) return value;
  }
  for (const path of ["/var/lib/dpkg/status", "/lib/apk/db/installed"]) {
    if (statOrNull(context, path) === null) continue;
    const text = new TextDecoder().decode(await context.bytes(context.fs.read(path, context.who)));
    const record = text.split("\n\n").find((one) => pattern.test(one));
    const version = record && /^(?:Version: |V:)(?:\d+:)?([\w.]+)/m.exec(record)?.[1];
    if (version) return version;
  }
  return null;
}

const nginx: Program = {
  names: ["nginx"],
  async run(argv, context) {
    const version = (await versionOf(context, /^(Package: nginx|P:nginx)$/m, ["NGINX_VERSION"])) ?? "";
    const args = argv.slice(1).join(" ");
    if (/(^| )-[vV]( |$)/.test(args)) {
      context.stderr(`nginx version: nginx/${version}\n`);
      return 0;
    }
    if (/(^| )-[tT]( |$)/.test(args)) {
      const config = "/etc/nginx/nginx.conf";
      if (statOrNull(context, config) === null) {
        context.stderr(
          `nginx: [emerg] open() "${config}" failed (2: No such file or directory)\nnginx: configuration file ${config} test failed\n`,
        );
        return 1;
      }
      context.stderr(
        `nginx: the configuration file ${config} syntax is ok\nnginx: configuration file ${config} test is successful\n`,
      );
      return 0;
    }
    if (/-s (stop|quit|reload|reopen)/.test(args)) {
      const running = context.processes.find(
        (one) => basename(one.argv[0] ?? "").startsWith("nginx") && one.pid !== context.processes.at(-1)?.pid,
      );
      if (!running) {
        context.stderr('nginx: [error] open() "/run/nginx.pid" failed (2: No such file or directory)\n');
        return 1;
      }
      if (/stop|quit/.test(args)) context.endService(running.pid);
      return 0;
    }
    const argvShown = ["nginx: master process", ...argv];
    if (!/daemon off/.test(args)) {
      context.startService(argvShown);
      return 0;
    }
    const now = strftime("%Y/%m/%d %H:%M:%S", context.clock.now());
    for (const line of [`using the "epoll" event method`, `nginx/${version}`, "start worker processes"]) {
      context.stderr(`${now} [notice] 1#1: ${line}\n`);
    }
    return context.goOn(null);
  },
};

const redis: Program = {
  names: ["redis-server"],
  async run(argv, context) {
    const version = (await versionOf(context, /^(Package: redis|P:redis)/m, ["REDIS_VERSION"])) ?? "";
    if (argv.includes("--version") || argv.includes("-v")) {
      context.stdout(`Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64\n`);
      return 0;
    }
    if (argv.join(" ").includes("--daemonize yes")) {
      context.startService(argv);
      return 0;
    }
    const now = strftime("%d %b %Y %H:%M:%S.000", context.clock.now());
    context.stdout(
      `1:C ${now} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n1:C ${now} * Redis version=${version}, bits=64, commit=00000000, modified=0, pid=1, just started\n1:M ${now} * Ready to accept connections tcp\n`,
    );
    return context.goOn(null);
  },
};

/** Languages whose programs do not run here: the version is known, running is not. */
const languages: readonly (readonly [names: readonly string[], title: string, variable: string, pattern: RegExp])[] = [
  [
    ["python3", "python", "python3.12", "python3.11", "python3.10"],
    "Python ",
    "PYTHON_VERSION",
    /^(Package: python3|P:python3|Package: python3\.\d+)$/m,
  ],
  [["node", "nodejs"], "v", "NODE_VERSION", /^(Package: nodejs|P:nodejs)$/m],
  [["perl"], "This is perl ", "PERL_VERSION", /^(Package: perl-base|P:perl)$/m],
  [["git"], "git version ", "GIT_VERSION", /^(Package: git|P:git)$/m],
  [["npm"], "", "NPM_VERSION", /^(Package: npm|P:npm)$/m],
  [["yarn", "yarnpkg"], "", "YARN_VERSION", /^(P:yarn)$/m],
  [["pip", "pip3"], "pip ", "PYTHON_PIP_VERSION", /^(Package: python3-pip|P:py3-pip)$/m],
  [["openssl"], "OpenSSL ", "OPENSSL_VERSION", /^(Package: openssl|P:openssl)$/m],
  [["redis-cli"], "redis-cli ", "REDIS_VERSION", /^(Package: redis-tools)$/m],
];

const language = ([names, title, variable, pattern]: (typeof languages)[number]): Program => ({
  names,
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const asks = argv[1] === "--version" || argv[1] === "-V" || argv[1] === "-v" || argv[1] === "version";
    if (asks) {
      const version = await versionOf(context, pattern, [variable]);
      if (version !== null) {
        context.stdout(`${title}${version}\n`);
        return 0;
      }
    }
    context.stderr(
      `lamina: ${called} is part of the image, but Lamina does not run its programs; \`${called} --version\` is answered\n`,
    );
    return 126;
  },
});

const top: Program = {
  names: ["top", "htop"],
  async run(_argv, context) {
    const known = await accounts(context);
    const { memory, memoryUsed, memoryCache } = machine;
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1).padStart(8);
    context.stdout(
      `top - ${strftime("%H:%M:%S", context.clock.now())} up 1 day,  0 users,  load average: 0.08, 0.03, 0.01\nTasks: ${String(context.processes.length).padStart(3)} total,   1 running\n%Cpu(s):  0.3 us,  0.2 sy,  0.0 ni, 99.5 id\nMiB Mem : ${mib(memory)} total, ${mib(memory - memoryUsed - memoryCache)} free, ${mib(memoryUsed)} used, ${mib(memoryCache)} buff/cache\n\n`,
    );
    const rows = context.processes.map((one) => [
      String(one.pid),
      known.userName(one.uid),
      "20",
      "0",
      "4624",
      "3712",
      one === context.processes.at(-1) ? "R" : "S",
      "0.0",
      "0.1",
      "0:00.01",
      basename(one.argv[0] ?? ""),
    ]);
    context.stdout(
      aligned(
        [["PID", "USER", "PR", "NI", "VIRT", "RES", "S", "%CPU", "%MEM", "TIME+", "COMMAND"], ...rows],
        "rlrrrrlrrrl",
      ),
    );
    return 0;
  },
};

const init: Program = {
  names: ["systemctl", "service", "systemd", "init", "journalctl", "docker-init"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    if (called === "service" && argv[1] === "nginx" && argv[2] === "start") {
      context.stdout(" * Starting nginx nginx\n");
      return context.spawn(["nginx"]);
    }
    context.stderr(
      "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n",
    );
    return 1;
  },
};

export const services: readonly Program[] = [nginx, redis, ...languages.map(language), top, init];
