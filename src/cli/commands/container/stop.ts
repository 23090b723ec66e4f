import { start } from "../../../engine/operations/start.ts";
import { stop } from "../../../engine/operations/stop.ts";
import { exit } from "../../../engine/operations/exit.ts";
import { EngineError } from "../../../engine/error.ts";
import { findContainer } from "../../../engine/lookup.ts";
import { forEach } from "../../each.ts";
import type { Flags } from "../../flags/parse.ts";
import { flagTable } from "../../flags/table.ts";
import { CommandError, type Verb } from "../../verb.ts";

const stopFlags = flagTable(`
* -s, --signal string   Signal to send to the container
.     --time int        Seconds to wait before killing the container
  -t, --timeout int     Seconds to wait before killing the container
`);

const seconds = (flags: Flags): number | undefined => flags.int("timeout") ?? flags.int("time");

/** docker stop [OPTIONS] CONTAINER [CONTAINER...] */
export const containerStop: Verb = {
  names: ["container stop", "stop"],
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Stop one or more running containers",
  accepts: { kind: "atLeast", count: 1 },
  flags: stopFlags,
  async run({ flags, args }, context) {
    if (flags.has("time")) context.stderr("Flag --time has been deprecated, use --timeout instead\n");
    const refused = await forEach(args, context, async (name) => {
      await stop(context.tx, context.ports, name, { seconds: seconds(flags), signal: context.signal });
      context.stdout(`${name}\n`);
    });
    return refused.length > 0 ? 1 : 0;
  },
};

/** docker restart [OPTIONS] CONTAINER [CONTAINER...] */
export const containerRestart: Verb = {
  names: ["container restart", "restart"],
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Restart one or more containers",
  accepts: { kind: "atLeast", count: 1 },
  flags: stopFlags,
  async run({ flags, args }, context) {
    if (flags.has("time")) context.stderr("Flag --time has been deprecated, use --timeout instead\n");
    const refused = await forEach(args, context, async (name) => {
      const { signal, terminal } = context;
      await stop(context.tx, context.ports, name, { seconds: seconds(flags), signal });
      await start(context.tx, context.ports, name, { columns: terminal.columns, signal });
      context.stdout(`${name}\n`);
    });
    return refused.length > 0 ? 1 : 0;
  },
};

/** What a process that is the first of its container dies of; the others are ignored by it. (pid_namespaces(7)) */
const FATAL = ["KILL", "SIGKILL", "9"];

/** docker kill [OPTIONS] CONTAINER [CONTAINER...] */
export const containerKill: Verb = {
  names: ["container kill", "kill"],
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Kill one or more running containers",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -s, --signal string   Signal to send to the container
`),
  async run({ flags, args }, context) {
    const signal = (flags.string("signal") ?? "KILL").toUpperCase();
    if (!FATAL.includes(signal)) {
      throw new CommandError(
        `docker: the signal ${signal} is not simulated in Lamina; the nearest is \`docker stop\`, or \`docker kill\` without it.`,
      );
    }
    const refused = await forEach(args, context, (name) => {
      const { id, status } = findContainer(context.tx.state, name);
      if (status.kind !== "running") {
        const { message } = new EngineError("not-running", { container: id });
        throw new CommandError(`Error response from daemon: cannot kill container: ${name}: ${message}`);
      }
      exit(context.tx, context.ports.clock.now(), id, 137);
      context.stdout(`${name}\n`);
    });
    return refused.length > 0 ? 1 : 0;
  },
};
