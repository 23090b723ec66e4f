import { EngineError } from "../../../engine/error.ts";
import { findContainer } from "../../../engine/lookup.ts";
import { settle } from "../../../engine/operations/settle.ts";
import type { Container } from "../../../engine/state.ts";
import { hostAddress } from "../../containers.ts";
import { forEach } from "../../each.ts";
import { alignTabs } from "../../format/table.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker top CONTAINER [ps OPTIONS] */
export const containerTop: Verb = {
  names: ["container top", "top"],
  usage: "CONTAINER [ps OPTIONS]",
  summary: "Display the running processes of a container",
  accepts: { kind: "atLeast", count: 1 },
  flagsFirst: true,
  flags: [],
  run({ args }, context) {
    const [name = "", ...options] = args;
    const container = findContainer(context.tx.state, name);
    const { status, argv, config } = container;
    if (status.kind !== "running") throw new EngineError("not-running", { container: container.id });
    if (options.length > 0 && options.join(" ") !== "-ef") {
      throw new CommandError(
        "docker: options of ps are not simulated in Lamina; the nearest is `docker top` without them.",
      );
    }
    const started = new Date(status.startedAt).toISOString().slice(11, 16);
    const user = config.User || "root";
    const titles = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];
    const process = [
      user,
      status.pid,
      status.pid - 22,
      0,
      started,
      container.tty ? "pts/0" : "?",
      "00:00:00",
      argv.join(" "),
    ];
    context.stdout(`${alignTabs([titles, process].map((cells) => cells.join("\t")).join("\n"), 20)}\n`);
    return 0;
  },
};

/** docker port CONTAINER [PRIVATE_PORT[/PROTO]] */
export const containerPort: Verb = {
  names: ["container port", "port"],
  usage: "CONTAINER [PRIVATE_PORT[/PROTO]]",
  summary: "List port mappings or a specific mapping for the container",
  accepts: { kind: "between", count: 1, most: 2 },
  flags: [],
  run({ args }, context) {
    const [name = "", port] = args;
    const { status, published } = findContainer(context.tx.state, name);
    const open = status.kind === "running" ? (published?.open ?? []) : [];
    if (port === undefined) {
      for (const each of open) context.stdout(`${each.port} -> ${hostAddress(each)}\n`);
      return 0;
    }
    const wanted = port.includes("/") ? port : `${port}/tcp`;
    const hosts = open.filter((each) => each.port === wanted);
    if (hosts.length === 0) throw new CommandError(`no public port '${wanted}' published for ${name}`);
    for (const each of hosts) context.stdout(`${hostAddress(each)}\n`);
    return 0;
  },
};

/** docker wait CONTAINER [CONTAINER...] */
export const containerWait: Verb = {
  names: ["container wait", "wait"],
  usage: "CONTAINER [CONTAINER...]",
  summary: "Block until one or more containers stop, then print their exit codes",
  accepts: { kind: "atLeast", count: 1 },
  flags: [],
  async run({ args }, context) {
    const { tx, ports, signal } = context;
    const refused = await forEach(args, context, async (name) => {
      const { status } = findContainer(tx.state, name);
      if (status.kind === "running") {
        if (status.endsAt === null) {
          throw new CommandError(
            `docker: the process of ${name} never ends by itself in Lamina; the nearest is \`docker stop ${name}\`.`,
          );
        }
        await ports.clock.sleep(Math.max(0, status.endsAt - ports.clock.now()), signal);
        settle(tx, ports.clock.now());
      }
      context.stdout(`${exitCode(tx.state.containers.get(findContainer(tx.state, name).id))}\n`);
    });
    return refused.length > 0 ? 1 : 0;
  },
};

function exitCode(container: Container | undefined): number {
  return container?.status.kind === "exited" ? container.status.code : 0;
}
