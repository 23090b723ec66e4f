import type { Redirect, Redirection } from "unbash";
import { type Content, emptyContent, textContent } from "../../core/filesystem/content.ts";
import { errnoText, FileSystemError } from "../../core/filesystem/errno.ts";
import { changeHostFiles, hostFileSystem } from "../../engine/host-files.ts";
import type { CommandContext } from "../command.ts";
import { hostPath } from "../host-path.ts";
import { type Expansions, expandText, expandWord, UnsupportedSyntax } from "./expand.ts";
import { Collector, collected } from "./streams.ts";

/** A command's streams, led elsewhere. */
export interface Redirected {
  readonly context: CommandContext;
  /** Writes what was collected for files; the command has ended. */
  close(): void;
}

/** `>`, `>>`, `<`, `2>&1`, `&>`, here-documents. Answers null when a file cannot be opened, which has been said then. */
export async function redirected(
  redirects: readonly Redirection[],
  outer: CommandContext,
  expansions: Expansions,
): Promise<Redirected | null> {
  const closing: (() => void)[] = [];
  let context = outer;
  for (const redirect of redirects) {
    if (redirect.type !== "Redirect") {
      const body = redirect.type === "HereDoc" ? redirect.body : redirect.target;
      const text = body === undefined ? "" : await expandText(body, expansions);
      context = { ...context, stdin: textContent(redirect.type === "HereDoc" ? text : `${text}\n`) };
      continue;
    }
    const [target = ""] = redirect.target === undefined ? [] : await expandWord(redirect.target, expansions);
    if (redirect.operator === ">&" && (target === "1" || target === "2")) {
      context = crossed(context, descriptorOf(redirect), target);
      continue;
    }
    try {
      const opened = openFile(redirect, target, context);
      context = opened.context;
      closing.push(opened.close);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      outer.stderr(`bash: ${target}: ${errnoText[error.code]}\n`);
      return null;
    }
  }
  return { context, close: () => closing.forEach((close) => close()) };
}

const descriptorOf = ({ descriptor }: Redirect): number =>
  descriptor?.type === "FileDescriptor" ? descriptor.value : 1;

function crossed(context: CommandContext, from: number, to: "1" | "2"): CommandContext {
  const { stdout, stderr } = context;
  if (from === 2 && to === "1") return { ...context, stderr: stdout };
  return from === 1 && to === "2" ? { ...context, stdout: stderr } : context;
}

const READ = new Set(["<", "<>"]);
const WRITE = new Set([">", ">>", ">|", "&>", "&>>", ">&"]);

function openFile(redirect: Redirect, target: string, context: CommandContext): Redirected {
  const { operator } = redirect;
  const { tx, ports, who } = context;
  const path = hostPath(context, target);
  const none = path === "/dev/null";
  if (READ.has(operator)) {
    const read = (): Content => hostFileSystem(tx.state.files, ports.clock.now).read(path, who);
    return { context: { ...context, stdin: none ? emptyContent : read() }, close: () => {} };
  }
  if (!WRITE.has(operator)) throw new UnsupportedSyntax(operator);
  const write = (content: Content, truncate: boolean): void => {
    if (none) return;
    const flags = { write: true, create: true, truncate, append: !truncate };
    changeHostFiles(tx, ports.clock.now(), (fs) => fs.write(path, content, flags, 0o666, who));
  };
  write(emptyContent, !operator.endsWith(">>"));
  const collector = new Collector();
  const close = (): void => {
    const { content } = collector;
    if (content.size > 0) write(content, false);
  };
  const both = operator.startsWith("&") || operator === ">&";
  const descriptor = descriptorOf(redirect);
  let next = context;
  if (both || descriptor === 1) next = collected(next, collector);
  if (both || descriptor === 2) next = { ...next, stderr: collector.text };
  return { context: next, close };
}
