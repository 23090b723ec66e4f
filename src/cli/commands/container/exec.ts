import { EngineError } from "../../../engine/error.ts";
import { exec, type ExecRequest, prepareExec } from "../../../engine/operations/exec.ts";
import { flagTable } from "../../flags/table.ts";
import { CommandError, type Verb } from "../../verb.ts";
import { checkTerminal, withValues } from "./process.ts";

/** docker exec [OPTIONS] CONTAINER COMMAND [ARG...] */
export const containerExec: Verb = {
  names: ["container exec", "exec"],
  usage: "[OPTIONS] CONTAINER COMMAND [ARG...]",
  summary: "Execute a command in a running container",
  accepts: { kind: "atLeast", count: 2 },
  flagsFirst: true,
  flags: flagTable(`
  -d, --detach               Detached mode: run command in the background
*     --detach-keys string   Override the key sequence for detaching a container
  -e, --env list             Set environment variables
*     --env-file list        Read in a file of environment variables
  -i, --interactive          Keep STDIN open even if not attached
*     --privileged           Give extended privileges to the command
  -t, --tty                  Allocate a pseudo-TTY
  -u, --user string          Username or UID (format: "<name|uid>[:<group|gid>]")
  -w, --workdir string       Working directory inside the container
`),
  async run({ flags, args }, context) {
    const { tx, ports, signal, terminal } = context;
    const [name = "", ...command] = args;
    const [tty, interactive, detach] = [flags.bool("tty"), flags.bool("interactive"), flags.bool("detach")];
    if (!detach) checkTerminal(tty && interactive, context);
    const request: ExecRequest = {
      command,
      env: withValues(flags.list("env")),
      workdir: flags.string("workdir"),
      user: flags.string("user"),
      tty,
      columns: terminal.columns,
      ...(interactive && context.stdin && { input: context.stdin }),
    };
    try {
      if (tty && interactive && !detach) {
        context.attach({ ...(await prepareExec(tx, ports, name, request)), main: false });
        return 0;
      }
      const silent = { stdout: () => {}, stderr: () => {} };
      const outcome = await exec(tx, ports, name, request, { output: detach ? silent : context, signal });
      return detach || outcome.kind === "running" ? 0 : outcome.code;
    } catch (error) {
      // runc's complaint, which the daemon passes on as it is.
      if (error instanceof EngineError && (error.is("process-failed") || error.is("bad-cwd"))) {
        throw new CommandError(error.message, error.exitCode);
      }
      throw error;
    }
  },
};
