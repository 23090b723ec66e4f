import { bytesContent, type Content, readContent, ropeOf, type Segment } from "../../core/filesystem/content.ts";
import type { CommandContext, TerminalContext } from "../command.ts";

/** What was written into a pipe, a file or a variable, as a rope: an archive in it is never held as a whole. */
export class Collector {
  readonly #segments: Segment[] = [];

  readonly write = (content: Content): void => void this.#segments.push(...content.segments);
  readonly text = (text: string): void => this.write(bytesContent(new TextEncoder().encode(text)));

  get content(): Content {
    return ropeOf(this.#segments);
  }
}

/** The same context, its standard output collected: no terminal any more. */
export function collected(context: CommandContext, collector: Collector): CommandContext {
  const terminal = { ...context.terminal, tty: false };
  return { ...context, terminal, stdout: collector.text, write: collector.write };
}

export async function textOf(content: Content, { ports }: Pick<CommandContext, "ports">): Promise<string> {
  return new TextDecoder().decode(await readContent(content, ports.layers.readStored));
}

/** Where a line begins: nothing is redirected. Bytes written to the terminal are shown as text; docker writes no archive to one. */
export function onTerminal(terminal: TerminalContext, place: Pick<CommandContext, "cwd" | "who">): CommandContext {
  const decoder = new TextDecoder();
  const write = ({ segments }: Content): void => {
    for (const segment of segments) {
      if (segment.kind === "bytes") terminal.stdout(decoder.decode(segment.bytes, { stream: true }));
    }
  };
  return { ...terminal, ...place, stdin: null, write };
}
