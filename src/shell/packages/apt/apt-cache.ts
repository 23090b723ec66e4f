import type { ProcessContext, ShellCommand } from "../../command.ts";
import { Archive } from "../archive.ts";
import { Database } from "../dpkg/database.ts";
import { Files } from "../files.ts";
import { AptCache } from "./cache.ts";
import { type Options, parseOptions } from "./options.ts";
import { depends, matching, policy, reverseDepends, search, show } from "./query.ts";

const USAGE = `apt (amd64)
Usage: apt-cache [options] command
       apt-cache [options] show pkg1 [pkg2 ...]

apt-cache queries and displays available information about installed
and installable packages.

Most used commands:
  search - Search the package list for a regex pattern
  show - Show a readable record for the package
  depends - Show raw dependency information for a package
  rdepends - Show reverse dependency information for a package
  pkgnames - List the names of all packages in the system
  policy - Show policy settings
`;

async function prepare(
  argv: readonly string[],
  context: ProcessContext,
): Promise<{ options: Options; cache: AptCache; files: Files } | null> {
  try {
    const options = parseOptions(argv.slice(1));
    const files = new Files(context);
    const archive = await Archive.of(context, files);
    return { options, files, cache: await AptCache.load(await Database.load(files), archive, files) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.stderr(`E: ${error.message}\n`);
    return null;
  }
}

/** apt-cache(8). */
export const aptCache: ShellCommand = {
  names: ["apt-cache"],
  async run(argv, context) {
    const ready = await prepare(argv, context);
    if (!ready) return 100;
    const { options, cache, files } = ready;
    const [command, ...words] = options.words;
    switch (command) {
      case undefined:
      case "help":
        context.stdout(USAGE);
        return 0;
      case "search":
        return search(words, options, cache, context, false);
      case "show":
        return show(words, cache, context, false);
      case "policy":
        return policy(words, cache, files, context);
      case "depends":
        return depends(words, cache, context);
      case "rdepends":
        return reverseDepends(words, cache, context);
      case "pkgnames":
        for (const name of cache.names()) if (name.startsWith(words[0] ?? "")) context.stdout(`${name}\n`);
        return 0;
      default:
        context.stderr(`E: Invalid operation ${command}\n`);
        return 100;
    }
  },
};

/** apt-mark(8). */
export const aptMark: ShellCommand = {
  names: ["apt-mark"],
  async run(argv, context) {
    const ready = await prepare(argv, context);
    if (!ready) return 100;
    const { options, cache, files } = ready;
    const [command = "", ...words] = options.words;
    const installed = cache.database.installed().map(({ control }) => control["Package"] ?? "");
    if (["showauto", "showmanual", "showhold"].includes(command)) {
      const holds = new Set(
        cache.database.all().flatMap(({ control, state }) => (state.want === "hold" ? [control["Package"]] : [])),
      );
      for (const name of words.length > 0 ? matching(words, installed) : installed) {
        const shown = command === "showhold" ? holds.has(name) : cache.isAutomatic(name) === (command === "showauto");
        if (shown) context.stdout(`${name}\n`);
      }
      return 0;
    }
    if (!["auto", "manual", "hold", "unhold"].includes(command)) {
      context.stderr(`E: Invalid operation ${command}\n`);
      return 100;
    }
    const unknown = matching(words, installed).filter((name) => !cache.current(name) && !cache.candidate(name));
    if (unknown.length > 0) {
      context.stderr(unknown.map((name) => `E: Unable to locate package ${name}\n`).join(""));
      context.stderr(`E: No packages found\n`);
      return 100;
    }
    for (const name of matching(words, installed)) {
      if (command === "auto" || command === "manual") markOne(name, command, cache, context);
      else holdOne(name, command === "hold", cache, context);
    }
    if (command === "auto" || command === "manual") cache.saveMarks(files, "amd64");
    else cache.database.save();
    return 0;
  },
};

function markOne(name: string, command: "auto" | "manual", cache: AptCache, context: ProcessContext): void {
  const kind = command === "auto" ? "automatically" : "manually";
  if (!cache.current(name)) context.stdout(`${name} can not be marked as it is not installed.\n`);
  else if (cache.isAutomatic(name) === (command === "auto"))
    context.stdout(`${name} was already set to ${kind} installed.\n`);
  else {
    cache.mark(name, command === "auto");
    context.stdout(`${name} set to ${kind} installed.\n`);
  }
}

function holdOne(name: string, hold: boolean, cache: AptCache, context: ProcessContext): void {
  const known = cache.database.get(name);
  if (!known) return;
  const held = known.state.want === "hold";
  if (held === hold) context.stdout(`${name} was already ${hold ? "set on hold" : "not on hold"}.\n`);
  else {
    cache.database.set(known.control, { ...known.state, want: hold ? "hold" : "install" });
    context.stdout(hold ? `${name} set on hold.\n` : `Canceled hold on ${name}.\n`);
  }
}
