import { fromLatin1 } from "../bash/filesystem.ts";
import type { ProgramContext } from "./program.ts";

/** Runs just-bash's program of that name in this one's place. */
export async function runBundledWith(context: ProgramContext, name: string, args: readonly string[]): Promise<number> {
  const result = await context.bundled(name, args);
  const binary = result.stdoutKind === "bytes" || result.stdoutEncoding === "binary";
  if (result.stdout !== "") context.stdout(binary ? fromLatin1(result.stdout) : result.stdout);
  if (result.stderr !== "") context.stderr(result.stderr);
  return result.exitCode;
}
