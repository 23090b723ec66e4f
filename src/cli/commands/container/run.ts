import { EngineError } from "../../../engine/error.ts";
import { start } from "../../../engine/operations/start.ts";
import type { CommandContext } from "../../command.ts";
import { daemonError } from "../../each.ts";
import { CommandError, type Invocation, NotSimulatedError, type Verb } from "../../verb.ts";
import { checkPullPolicy, containerOptions, createContainer, withHelp } from "./create.ts";
import { checkTerminal, runAttached } from "./process.ts";
import { runFlags } from "./run-flags.ts";

/** docker run [OPTIONS] IMAGE [COMMAND] [ARG...] */
export const containerRun: Verb = {
  names: ["container run", "run"],
  usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]",
  summary: "Create and run a new container from an image",
  accepts: { kind: "atLeast", count: 1 },
  flagsFirst: true,
  flags: runFlags,
  async run(call, context) {
    const { flags } = call;
    const detach = flags.bool("detach");
    const terminal = flags.bool("tty") && flags.bool("interactive") && !detach;
    checkPullPolicy(flags, "run");
    checkTerminal(terminal, context);
    try {
      return await createAndStart(call, { detach, terminal }, context);
    } catch (error) {
      // Every failure of `docker run` before the process starts ends so.
      if (error instanceof EngineError) throw new CommandError(withHelp(daemonError(error), "run"), error.exitCode);
      if (error instanceof CommandError && !(error instanceof NotSimulatedError))
        throw new CommandError(withHelp(error.message, "run"), 125);
      throw error;
    }
  },
};

async function createAndStart(
  { flags, args }: Invocation,
  { detach, terminal }: { readonly detach: boolean; readonly terminal: boolean },
  context: CommandContext,
): Promise<number> {
  const { id } = await createContainer(flags, args, { ...containerOptions(flags), detach }, context);
  const published = flags.has("publish") || flags.bool("publish-all");
  if (!detach) {
    if (published) tellOfPorts(context);
    return runAttached(id, terminal, context);
  }
  // The id is printed as soon as there is a container, whatever becomes of it.
  context.stdout(`${id}\n`);
  await start(context.tx, context.ports, id, { columns: context.terminal.columns, signal: context.signal });
  if (published) tellOfPorts(context);
  return 0;
}

/** Promise 10 of the design: what is modelled is marked so. */
function tellOfPorts({ terminal, stderr }: CommandContext): void {
  if (terminal.tty)
    stderr("\u001b[2mPorts are modelled here: docker keeps account of them, and nothing listens.\u001b[0m\n");
}
