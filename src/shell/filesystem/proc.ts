import { kernel, machine } from "../host-machine.ts";
import { nodesByPath } from "./synthetic.ts";
import type { SyntheticNode } from "./synthetic.ts";

/** A process as ps and /proc show it. Processes are modelled: the container's own, the shell, the command that asks. */
export interface ProcessEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly gid: number;
  readonly argv: readonly string[];
  /** ms since 1970. */
  readonly startedAt: number;
  readonly tty: boolean;
}

export interface ProcFacts {
  readonly hostname: string;
  /** Lines of /proc/mounts. */
  mounts(): readonly string[];
  processes(): readonly ProcessEntry[];
  /** The process that asks. */
  self(): number;
  /** Seconds. */
  uptime(): number;
  /** Hex, as `Random.hex`. */
  random(bytes: number): string;
}

const kB = (bytes: number): string => String(Math.floor(bytes / 1024)).padStart(8);

function memoryInfo(): string {
  const free = machine.memory - machine.memoryUsed - machine.memoryCache;
  const lines: [string, number][] = [
    ["MemTotal", machine.memory],
    ["MemFree", free],
    ["MemAvailable", free + machine.memoryCache],
    ["Buffers", 64 * 1024 * 1024],
    ["Cached", machine.memoryCache - 64 * 1024 * 1024],
    ["SwapTotal", 0],
    ["SwapFree", 0],
  ];
  return lines.map(([name, bytes]) => `${`${name}:`.padEnd(16)}${kB(bytes)} kB\n`).join("");
}

function processorInfo(): string {
  const one = (index: number): string =>
    [
      `processor\t: ${index}`,
      "vendor_id\t: GenuineIntel",
      "cpu family\t: 6",
      `model name\t: ${machine.model}`,
      "cpu MHz\t\t: 2400.000",
      "cache size\t: 16384 KB",
      `cpu cores\t: ${machine.processors}`,
      "flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2",
      "bogomips\t: 4800.00",
      "",
    ].join("\n");
  return `${Array.from({ length: machine.processors }, (_, index) => one(index)).join("\n")}\n`;
}

const file = (text: () => string, mode = 0o444): SyntheticNode => ({ kind: "file", text, mode });

function processFiles(process: ProcessEntry): Map<string, SyntheticNode> {
  const name = (process.argv[0] ?? "").split("/").pop() ?? "";
  const base = `/${process.pid}`;
  const status = () =>
    `Name:\t${name}\nState:\tS (sleeping)\nTgid:\t${process.pid}\nPid:\t${process.pid}\nPPid:\t${process.ppid}\n` +
    `Uid:\t${Array(4).fill(process.uid).join("\t")}\nGid:\t${Array(4).fill(process.gid).join("\t")}\nThreads:\t1\n`;
  const terminal = process.tty ? "/dev/pts/0" : `pipe:[${20_000 + process.pid}]`;
  const link = (target: string): SyntheticNode => ({ kind: "symlink", target: () => target });
  return new Map([
    [`${base}/cmdline`, file(() => process.argv.map((word) => `${word}\0`).join(""))],
    [`${base}/comm`, file(() => `${name}\n`)],
    [`${base}/status`, file(status)],
    [`${base}/stat`, file(() => `${process.pid} (${name}) S ${process.ppid} ${process.pid} ${process.pid} 34816 0\n`)],
    [`${base}/cgroup`, file(() => "0::/\n")],
    [`${base}/fd/0`, link(terminal)],
    [`${base}/fd/1`, link(terminal)],
    [`${base}/fd/2`, link(terminal)],
    [`${base}/root`, link("/")],
  ]);
}

/** /proc of a container's PID namespace. (proc(5)) */
export function procNodes(facts: ProcFacts): (path: string) => SyntheticNode | null {
  const mounts = () => `${facts.mounts().join("\n")}\n`;
  const uuid = (): string => facts.random(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const version = `${kernel.name} version ${kernel.release} (lamina@simulated) ${kernel.version}\n`;
  const fixed = new Map<string, SyntheticNode>([
    ["/cpuinfo", file(processorInfo)],
    ["/meminfo", file(memoryInfo)],
    ["/version", file(() => version)],
    ["/uptime", file(() => `${facts.uptime().toFixed(2)} ${(facts.uptime() * 1.9).toFixed(2)}\n`)],
    ["/loadavg", file(() => `0.08 0.03 0.01 1/${facts.processes().length + 180} ${facts.self()}\n`)],
    ["/filesystems", file(() => "nodev\tproc\nnodev\tsysfs\nnodev\ttmpfs\nnodev\toverlay\n\text4\n")],
    ["/cmdline", file(() => "BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro\n")],
    ["/mounts", { kind: "symlink", target: () => "self/mounts" }],
    ["/self", { kind: "symlink", target: () => String(facts.self()) }],
    ["/sys/kernel/hostname", file(() => `${facts.hostname}\n`)],
    ["/sys/kernel/osrelease", file(() => `${kernel.release}\n`)],
    ["/sys/kernel/ostype", file(() => `${kernel.name}\n`)],
    ["/sys/kernel/version", file(() => `${kernel.version}\n`)],
    ["/sys/kernel/pid_max", file(() => "4194304\n")],
    ["/sys/kernel/random/uuid", file(() => `${uuid()}\n`)],
    ["/sys/vm/overcommit_memory", file(() => "0\n")],
    ["/sys/net/core/somaxconn", file(() => "4096\n")],
    ["/sys/net/ipv4/ip_forward", file(() => "1\n")],
  ]);
  return (path) => {
    const files = new Map(fixed);
    for (const process of facts.processes()) {
      for (const [at, node] of processFiles(process)) files.set(at, node);
      files.set(`/${process.pid}/mounts`, file(mounts));
    }
    return nodesByPath(files)(path);
  };
}

/** As little of /sys as tools ask for. */
export function sysNodes(): (path: string) => SyntheticNode | null {
  const all = `0-${machine.processors - 1}\n`;
  return nodesByPath(
    new Map<string, SyntheticNode>([
      ["/devices/system/cpu/online", file(() => all)],
      ["/devices/system/cpu/possible", file(() => all)],
      ["/class/net/lo/mtu", file(() => "65536\n")],
      ["/class/net/eth0/mtu", file(() => "1500\n")],
      ["/kernel/mm/transparent_hugepage/enabled", file(() => "always [madvise] never\n")],
      ["/fs/cgroup/memory.max", file(() => "max\n")],
      ["/fs/cgroup/cpu.max", file(() => "max 100000\n")],
    ]),
  );
}
