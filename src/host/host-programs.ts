import type { HostPrograms } from "../cli/command.ts";
import { emptyContent, readContent, sparseContent } from "../core/filesystem/content.ts";
import { LEARNER } from "../engine/host-files.ts";
import { hostProgramNames, runHostProgram } from "../shell/host.ts";
import type { ShellDependencies, Sink } from "../shell/machine.ts";
import { textSink } from "../shell/output.ts";

/** The programs of the container's shell, on the host's files. */
export function hostPrograms(deps: ShellDependencies): HostPrograms {
  return {
    names: hostProgramNames(),
    async run(argv, env, context) {
      const { tx, cwd, who, signal, terminal, stdin } = context;
      const shown = textSink(() => context, terminal.tty);
      const sink: Sink = terminal.tty
        ? shown
        : { stdout: (bytes) => context.write(sparseContent(bytes)), stderr: shown.stderr };
      const user = who.uid === 0 ? "root" : LEARNER;
      const process = { argv, env, cwd, user, tty: terminal.tty, columns: terminal.columns };
      const input = await readContent(stdin ?? emptyContent, deps.layers.readStored);
      try {
        return await runHostProgram(deps, tx, process, { sink, input, signal });
      } finally {
        shown.flush();
      }
    },
  };
}
