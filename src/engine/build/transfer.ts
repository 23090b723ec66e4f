import type { CopyInstruction, Instruction } from "./dockerfile.ts";
import { MissingSource, select, type Selected, type SourceFiles } from "./source-files.ts";

interface Sent {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Bytes that the client sends for files of these names and sizes, measured: 2 for the end, 19 and the name a file, 6 and
 * the content, and the size's own digits (base 128) twice. (tonistiigi/fsutil)
 */
export function transferSize(files: readonly Sent[]): number {
  const content = (size: number): number => (size > 0 ? 6 + size + 2 * Math.floor(Math.log2(size) / 7) : 0);
  return files.reduce((sum, { name, size }) => sum + 19 + name.length + content(size), 2);
}

/** "297B", "3.62MB". (tonistiigi/units, %.2f) */
export function bytesText(size: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let at = 0;
  let amount = size;
  while (amount >= 1000 && at < units.length - 1) {
    amount /= 1000;
    at += 1;
  }
  return at === 0 ? `${size}B` : `${amount.toFixed(2)}${units[at]}`;
}

/** Whether it takes files of the context. */
export function readsContext(instruction: Instruction): instruction is CopyInstruction {
  const copies = instruction.keyword === "COPY" || instruction.keyword === "ADD";
  return copies && instruction.from === null && instruction.sources.length > 0;
}

/** What of the context is sent: the files that the instructions take, as far as that shows before variables are known. */
export function sentFiles(context: SourceFiles, instructions: readonly Instruction[]): Sent[] {
  const files = instructions
    .filter(readsContext)
    .flatMap(({ sources }) => sources.flatMap((each) => meant(context, each)));
  return [...new Map(files.map((file) => [file.name, file])).values()];
}

function meant(context: SourceFiles, source: string): Sent[] {
  try {
    return select(context, source).flatMap(sentOf);
  } catch (error) {
    if (error instanceof MissingSource) return [];
    throw error;
  }
}

function sentOf({ name, entries }: Selected): Sent[] {
  return entries.map((entry) => ({
    name: entry.path === "" ? name : entry.path,
    size: entry.kind === "file" ? entry.content.size : 0,
  }));
}
