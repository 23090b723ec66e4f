import { errnoText } from "../../core/filesystem/errno.ts";
import { basename } from "../../core/filesystem/path.ts";
import type { Failure } from "../bash/filesystem.ts";
import { fromLatin1, latin1 } from "../bash/filesystem.ts";
import { bundledPrograms } from "../bash/just-bash.ts";
import type { Result } from "../bash/just-bash.ts";
import type { Run } from "../execute.ts";

/** Runs one of just-bash's own programs (grep, sed, awk, find ...) on the container's files. */
export async function callBundled(run: Run, name: string, args: readonly string[]): Promise<Result> {
  const program = bundledPrograms().get(name);
  if (!program) return { stdout: "", stderr: "", exitCode: 127 };
  run.shell.files.failures = [];
  const call = run.input ? { ...run.call, stdin: latin1(run.input) } : run.call;
  const result = await program.execute([...args], call);
  return { ...result, stderr: withCauses(result.stderr, run.shell.files.failures) };
}

export async function runBundled(run: Run, name: string, args: readonly string[]): Promise<number> {
  const result = await callBundled(run, name, args);
  const binary = result.stdoutKind === "bytes" || result.stdoutEncoding === "binary";
  if (result.stdout !== "")
    run.sink.stdout(binary ? fromLatin1(result.stdout) : new TextEncoder().encode(result.stdout));
  if (result.stderr !== "") run.sink.stderr(new TextEncoder().encode(result.stderr));
  return result.exitCode;
}

/** These programs take every failure for a missing file; what the filesystem really answered is put in its place. */
function withCauses(text: string, failures: readonly Failure[]): string {
  const others = failures.filter((failure) => failure.code !== "ENOENT");
  if (others.length === 0) return text;
  return text.replace(/^(.*)\bNo such file or directory$/gm, (line, before: string) => {
    const cause = others.find(({ path }) => before.includes(path) || before.includes(basename(path)));
    return cause ? `${before}${errnoText[cause.code]}` : line;
  });
}
