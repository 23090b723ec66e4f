import type { Host } from "./host.ts";
import type { TerminalId, ToPage } from "./protocol.ts";

/** Types lines where nothing has been typed yet, each in the terminal whose turn it is; they show there. */
export async function begin(
  host: Host,
  lines: readonly string[],
  columns: number,
  post: (message: ToPage) => void,
): Promise<void> {
  if (host.scenario.entries.length > 0) return;
  let terminal: TerminalId = "host";
  for (const line of lines) {
    post({ type: "output", terminal, text: `${host.prompt(terminal)}${line}\r\n` });
    terminal = (await host.run(terminal, line, columns)).terminal;
  }
}
