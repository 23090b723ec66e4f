import { EngineError } from "../../../engine/error.ts";
import { findContainer } from "../../../engine/lookup.ts";
import { start } from "../../../engine/operations/start.ts";
import { forEach } from "../../each.ts";
import { flagTable } from "../../flags/table.ts";
import { CommandError, type Verb } from "../../verb.ts";
import { checkTerminal, runAttached } from "./process.ts";

/** docker start [OPTIONS] CONTAINER [CONTAINER...] */
export const containerStart: Verb = {
  names: ["container start", "start"],
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Start one or more stopped containers",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -a, --attach                  Attach STDOUT/STDERR and forward signals
*     --checkpoint string       Restore from this checkpoint
*     --checkpoint-dir string   Use a custom checkpoint storage directory
*     --detach-keys string      Override the key sequence for detaching a container
  -i, --interactive             Attach container's STDIN
`),
  async run({ flags, args }, context) {
    const attached = flags.bool("attach") || flags.bool("interactive");
    if (attached && args.length > 1) throw new CommandError("you cannot start and attach multiple containers at once");
    if (attached) {
      const container = findContainer(context.tx.state, args[0] ?? "");
      const terminal = container.tty && container.interactive && flags.bool("interactive");
      checkTerminal(terminal, context);
      try {
        return await runAttached(container.id, terminal, context);
      } catch (error) {
        if (error instanceof EngineError)
          throw new CommandError(
            `Error response from daemon: ${error.message}`,
            error.exitCode === 125 ? 1 : error.exitCode,
          );
        throw error;
      }
    }
    const refused = await forEach(args, context, async (name) => {
      await start(context.tx, context.ports, name, { columns: context.terminal.columns, signal: context.signal });
      context.stdout(`${name}\n`);
    });
    if (refused.length === 0) return 0;
    context.stderr(`Error: failed to start containers: ${refused.map(({ name }) => name).join(", ")}\n`);
    return 1;
  },
};
