import type { Mount } from "../../core/filesystem/mount.ts";
import type { Stat } from "../../core/filesystem/filesystem.ts";
import { basename } from "../../core/filesystem/path.ts";
import { accounts } from "./accounts.ts";
import { runBundledWith } from "./bundled-call.ts";
import { sameDevice } from "./mounts.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, child, lstatOrNull, sortedNames } from "./walk.ts";

type Test = (path: string, stat: Stat) => boolean;

/** What just-bash's find does not know: everything about owners and links. */
const OWNERS = new Set([
  "-user",
  "-group",
  "-uid",
  "-gid",
  "-nouser",
  "-nogroup",
  "-links",
  "-inum",
  "-xdev",
  "-mount",
]);
const TYPES: Readonly<Record<string, string>> = {
  f: "file",
  d: "directory",
  l: "symlink",
  c: "character",
  b: "block",
  p: "fifo",
};

/** find; with tests of owners it is our own, of tests that all have to hold, otherwise just-bash's. */
export const find: Program = {
  names: ["find"],
  async run(argv, context) {
    const args = argv.slice(1);
    if (!args.some((arg) => OWNERS.has(arg))) return runBundledWith(context, "find", args);
    const start = args.findIndex((arg) => /^[-!(]/.test(arg));
    const roots = start <= 0 ? ["."] : args.slice(0, start);
    const known = await accounts(context);
    const tests: Test[] = [];
    const actions: ((paths: readonly string[]) => Promise<number>)[] = [];
    const depth = { from: 0, to: Number.POSITIVE_INFINITY };
    let negate = false;
    const add = (test: Test) => {
      const not = negate;
      tests.push((path, stat) => test(path, stat) !== not);
      negate = false;
    };
    for (let at = Math.max(0, start); at < args.length; at++) {
      const arg = args[at] ?? "";
      const value = () => args[++at] ?? "";
      if (arg === "!" || arg === "-not") negate = !negate;
      else if (arg === "-user" || arg === "-uid") add(owner(known.user(value())?.uid ?? Number(args[at]), "uid"));
      else if (arg === "-group" || arg === "-gid") add(owner(known.group(value())?.gid ?? Number(args[at]), "gid"));
      else if (arg === "-nouser") add((_, stat) => !known.users.some((user) => user.uid === stat.uid));
      else if (arg === "-nogroup") add((_, stat) => !known.groups.some((group) => group.gid === stat.gid));
      else if (arg === "-links") add(number(value(), (stat) => stat.nlink));
      else if (arg === "-inum") add(number(value(), (stat) => stat.ino));
      else if (arg === "-name") add(named(value()));
      else if (arg === "-type") add(typed(value()));
      else if (arg === "-maxdepth") depth.to = Number(value());
      else if (arg === "-mindepth") depth.from = Number(value());
      else if (arg === "-exec") {
        const end = args.findIndex((word, index) => index > at && (word === ";" || word === "+"));
        const command = args.slice(at + 1, end);
        actions.push(execute(context, command, args[end] === "+"));
        at = end;
      } else if (arg !== "-print" && arg !== "-xdev" && arg !== "-mount" && arg !== "-a" && arg !== "-and") {
        context.stderr(`lamina: find ${arg} together with tests of owners is not simulated\n`);
        return 1;
      }
    }
    const found: string[] = [];
    const stays = args.includes("-xdev") || args.includes("-mount");
    const visit = (path: string, shown: string, level: number, start: Mount) => {
      const stat = lstatOrNull(context, path);
      if (stat === null) return;
      if (level >= depth.from && tests.every((test) => test(shown, stat))) found.push(shown);
      if (stat.kind !== "directory" || level >= depth.to) return;
      if (stays && !sameDevice(mountOf(path), start)) return;
      for (const name of sortedNames(context, path)) visit(child(path, name), child(shown, name), level + 1, start);
    };
    const mountOf = (path: string) => context.fs.mountOf(path, context.who, { follow: false });
    for (const root of roots) visit(absolute(context, root), root, 0, mountOf(absolute(context, root)));
    if (actions.length === 0) context.stdout(found.map((path) => `${path}\n`).join(""));
    let code = 0;
    for (const action of actions) code = Math.max(code, await action(found));
    return code;
  },
};

const owner =
  (id: number, key: "uid" | "gid"): Test =>
  (_, stat) =>
    stat[key] === id;

function number(text: string, of: (stat: Stat) => number): Test {
  const wanted = Number(text.replace(/^[-+]/, ""));
  if (text.startsWith("+")) return (_, stat) => of(stat) > wanted;
  return text.startsWith("-") ? (_, stat) => of(stat) < wanted : (_, stat) => of(stat) === wanted;
}

const typed =
  (letters: string): Test =>
  (_, stat) =>
    letters.split(",").some((letter) => TYPES[letter] === stat.kind);

function named(pattern: string): Test {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const expression = new RegExp(`^${source}$`, "s");
  return (path) => expression.test(basename(path));
}

function execute(
  context: ProgramContext,
  command: readonly string[],
  together: boolean,
): (paths: readonly string[]) => Promise<number> {
  return async (paths) => {
    if (paths.length === 0) return 0;
    if (together) return context.spawn(command.flatMap((word) => (word === "{}" ? paths : [word])));
    let code = 0;
    for (const path of paths) {
      const result = await context.spawn(command.map((word) => word.replaceAll("{}", path)));
      if (result !== 0) code = 1;
    }
    return code;
  };
}
