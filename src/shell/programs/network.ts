import { basename } from "../../core/filesystem/path.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { usageError } from "./walk.ts";

const NO_NETWORK =
  "lamina: containers have no network in this simulation; only the package managers reach their archives\n";
const hostOf = (url: string): string => /^(?:\w+:\/\/)?([^/:]+)/.exec(url)?.[1] ?? url;

const client: Program = {
  names: [
    "curl",
    "wget",
    "ping",
    "ping6",
    "nslookup",
    "dig",
    "host",
    "traceroute",
    "telnet",
    "nc",
    "ssh",
    "scp",
    "rsync",
    "ftp",
  ],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const operands = argv.slice(1).filter((arg) => !arg.startsWith("-"));
    const target = operands.at(-1);
    if (argv.includes("--version") || argv.includes("-V")) {
      context.stdout(`${called}: part of the image; its network is not simulated\n`);
      return 0;
    }
    if (target === undefined) {
      const usage: Readonly<Record<string, string>> = {
        curl: "curl: try 'curl --help' or 'curl --manual' for more information\n",
        wget: "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n",
        ping: "ping: usage error: Destination address required\n",
      };
      context.stderr(usage[called] ?? `${called}: a host is missing\n`);
      return called === "curl" || called === "ping" ? 2 : 1;
    }
    const host = hostOf(target);
    const words: Readonly<Record<string, readonly [string, number]>> = {
      curl: [`curl: (6) Could not resolve host: ${host}\n`, 6],
      wget: context.busybox
        ? [`wget: bad address '${host}'\n`, 1]
        : [`wget: unable to resolve host address '${host}'\n`, 4],
      ping: context.busybox
        ? [`ping: bad address '${host}'\n`, 1]
        : [`ping: ${host}: Temporary failure in name resolution\n`, 2],
    };
    const [text, code] = words[called] ?? [`${called}: ${host}: Temporary failure in name resolution\n`, 1];
    context.stderr(text + NO_NETWORK);
    return code;
  },
};

const ifconfig: Program = {
  names: ["ifconfig"],
  async run(_argv, context) {
    const { ipAddress } = context.container;
    const mac = macOf(ipAddress);
    context.stdout(
      `eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n        inet ${ipAddress}  netmask 255.255.0.0  broadcast 172.17.255.255\n        ether ${mac}  txqueuelen 0  (Ethernet)\n\n` +
        "lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet 127.0.0.1  netmask 255.0.0.0\n        loop  txqueuelen 1000  (Local Loopback)\n\n",
    );
    return 0;
  },
};

/** dockerd makes the MAC from the address: 02:42 and its four bytes. */
const macOf = (address: string): string =>
  ["02", "42", ...address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"))].join(":");

const ip: Program = {
  names: ["ip"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "46orbs" });
    if (typeof options === "string") return usageError(context, "ip", options, 255);
    const [what = ""] = options.operands;
    const { ipAddress } = context.container;
    if ("address".startsWith(what) && what !== "") {
      context.stdout(
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n" +
          `2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default\n    link/ether ${macOf(ipAddress)} brd ff:ff:ff:ff:ff:ff link-netnsid 0\n    inet ${ipAddress}/16 brd 172.17.255.255 scope global eth0\n       valid_lft forever preferred_lft forever\n`,
      );
      return 0;
    }
    if ("route".startsWith(what) && what !== "") {
      context.stdout(
        `default via 172.17.0.1 dev eth0\n172.17.0.0/16 dev eth0 proto kernel scope link src ${ipAddress}\n`,
      );
      return 0;
    }
    context.stderr(`lamina: of ip only "address" and "route" are simulated\n`);
    return 1;
  },
};

const sockets: Program = {
  names: ["netstat", "ss"],
  async run(argv, context) {
    const ports: Readonly<Record<string, number>> = { nginx: 80, "redis-server": 6379 };
    const listening = context.processes.flatMap((one) => {
      const port = ports[basename(one.argv[0] ?? "").replace(/:$/, "")];
      return port ? [port] : [];
    });
    if (basename(argv[0] ?? "") === "ss") {
      context.stdout("State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n");
      for (const port of listening) context.stdout(`LISTEN 0      511          0.0.0.0:${port}        0.0.0.0:*\n`);
      return 0;
    }
    context.stdout(
      "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State\n",
    );
    for (const port of listening)
      context.stdout(`tcp        0      0 ${`0.0.0.0:${port}`.padEnd(23)} 0.0.0.0:*               LISTEN\n`);
    return 0;
  },
};

export const network: readonly Program[] = [client, ifconfig, ip, sockets];
