import { familiar, type Reference, withDefaultTag } from "../core/oci/reference.ts";
import { pull, type PullProgress } from "../engine/operations/pull.ts";
import type { CommandContext } from "./command.ts";
import { humanSize } from "./format/units.ts";

/** Pulls and tells how it goes, as docker does on a terminal or without one; ends with the "Status:" line. */
export async function pullWithProgress(
  reference: Reference,
  how: { readonly quiet: boolean; output(text: string): void },
  context: CommandContext,
): Promise<void> {
  const { tx, ports, signal, terminal } = context;
  const lines = terminal.tty ? new TerminalProgress(terminal.columns, how.output) : new PlainProgress(how.output);
  const progress = (step: PullProgress): void => {
    if (!how.quiet) lines.show(step);
    context.pulling?.(step);
  };
  const { digest, newer } = await pull(tx, ports, reference, { signal, progress });
  if (how.quiet) return;
  const name = familiar(withDefaultTag(reference));
  how.output(`Digest: ${digest}\n`);
  how.output(`Status: ${newer ? "Downloaded newer image" : "Image is up to date"} for ${name}\n`);
}

type LayerProgress = Extract<PullProgress, { kind: "layer" }>;

const isMeasured = ({ status }: LayerProgress): boolean => status === "Downloading" || status === "Extracting";

/** Without a terminal: one line a change of status, nothing that only moves a bar. */
class PlainProgress {
  readonly #output: (text: string) => void;

  constructor(output: (text: string) => void) {
    this.#output = output;
  }

  show(step: PullProgress): void {
    if (step.kind === "start") this.#output(`${step.tag}: Pulling from ${step.repository}\n`);
    else if (!isMeasured(step)) this.#output(`${step.id}: ${step.status}\n`);
  }
}

/** On a terminal: a line for each layer, found again by moving the cursor up. (docker, pkg/jsonmessage) */
export class TerminalProgress {
  readonly #columns: number;
  readonly #output: (text: string) => void;
  readonly #lines: string[] = [];

  constructor(columns: number, output: (text: string) => void) {
    this.#columns = columns;
    this.#output = output;
  }

  show(step: PullProgress): void {
    if (step.kind === "start") {
      this.#output(`${step.tag}: Pulling from ${step.repository}\n`);
      return;
    }
    let line = this.#lines.indexOf(step.id);
    let added = "";
    if (line < 0) {
      line = this.#lines.push(step.id) - 1;
      added = "\n";
    }
    const up = this.#lines.length - line;
    const bar = isMeasured(step) ? progressBar(step.current, step.total, this.#columns) : "";
    this.#output(`${added}\x1b[${up}A\x1b[2K\r${step.id}: ${step.status} ${bar}\r\x1b[${up}B`);
  }
}

/** The box of 50 cells needs a terminal of more than 110 columns. (docker, `JSONProgress.String`) */
export function progressBar(current: number, total: number, columns: number): string {
  if (current <= 0 && total <= 0) return "";
  if (total <= 0) return humanSize(current).padStart(8);
  const filled = Math.min(50, Math.trunc(Math.trunc((current / total) * 100) / 2));
  const box = columns > 110 ? `[${"=".repeat(filled)}>${" ".repeat(50 - filled)}] ` : "";
  const numbers = humanSize(current).padStart(8) + (current > total ? "" : `/${humanSize(total)}`);
  return box + numbers;
}
