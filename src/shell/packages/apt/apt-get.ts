import type { Control } from "../../../content/packages/format.ts";
import type { ProcessContext, ShellCommand } from "../../command.ts";
import { Archive } from "../archive.ts";
import { Database } from "../dpkg/database.ts";
import { Files } from "../files.ts";
import { hint, redirected } from "../hint.ts";
import { AptCache, plainName } from "./cache.ts";
import { readConfiguration } from "./configuration.ts";
import { type Options, parseOptions } from "./options.ts";
import { list, policy, search, show } from "./query.ts";
import { progress, showUnmet } from "./report.ts";
import { dependents, orphans, type Plan, resolve } from "./resolve.ts";
import { carryOut, deleteArchives, type Session } from "./transaction.ts";
import { update } from "./update.ts";

const USAGE = `apt (amd64)
Usage: apt-get [options] command
       apt-get [options] install|remove pkg1 [pkg2 ...]

apt-get is a command line interface for retrieval of packages
and information about them from authenticated sources and
for installation, upgrade and removal of packages together
with their dependencies.

Most used commands:
  update - Retrieve new lists of packages
  upgrade - Perform an upgrade
  install - Install new packages (pkg is libc6 not libc6.deb)
  reinstall - Reinstall packages (pkg is libc6 not libc6.deb)
  remove - Remove packages
  purge - Remove packages and config files
  autoremove - Remove automatically all unused packages
  dist-upgrade - Distribution upgrade, see apt-get(8)
  clean - Erase downloaded archive files
  autoclean - Erase old downloaded archive files
  check - Verify that there are no broken dependencies

See apt-get(8) for more information about the available commands.
`;

const NOT_SIMULATED = ["source", "build-dep", "download", "changelog", "dselect-upgrade", "edit-sources", "satisfy"];
const UNSTABLE = "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n";

/** apt-get(8) and apt(8). */
export const aptGet: ShellCommand = {
  names: ["apt-get", "apt"],
  async run(argv, context) {
    const isApt = argv[0] === "apt";
    let options: Options;
    try {
      options = parseOptions(argv.slice(1));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      context.stderr(`E: ${error.message}\n`);
      return 100;
    }
    if (isApt && !context.terminal && options.quiet < 2) context.stderr(UNSTABLE);
    const [command, ...names] = options.words;
    if (command === undefined || command === "help" || options.flags.has("help")) {
      context.stdout(isApt ? USAGE.replaceAll("apt-get", "apt") : USAGE);
      return 0;
    }
    const quiet = redirected(context, {
      ...(options.quiet > 0 ? { terminal: null } : {}),
      ...(options.quiet > 1 ? { stdout: () => undefined } : {}),
    });
    return await dispatch(command, names, options, quiet, argv, isApt);
  },
};

async function dispatch(
  command: string,
  names: readonly string[],
  options: Options,
  context: ProcessContext,
  argv: readonly string[],
  isApt: boolean,
): Promise<number> {
  const files = new Files(context);
  const archive = await Archive.of(context, files);
  const load = async (): Promise<AptCache> => AptCache.load(await Database.load(files), archive, files);
  if (NOT_SIMULATED.includes(command) || options.simulate) {
    context.stderr(`E: ${options.simulate ? "--simulate" : command} is not simulated in this playground\n`);
    return 100;
  }
  if (isApt) {
    if (command === "list") return list(names, options, await load(), context);
    if (command === "search") return search(names, options, await load(), context, true);
    if (command === "show") return show(names, await load(), context, true);
    if (command === "policy") return policy(names, await load(), files, context);
  }
  const changing = [
    "install",
    "reinstall",
    "remove",
    "purge",
    "autoremove",
    "auto-remove",
    "autopurge",
    "upgrade",
    "dist-upgrade",
    "full-upgrade",
  ];
  const known = [...changing, "update", "clean", "autoclean", "auto-clean", "distclean", "check"];
  if (!known.includes(command)) {
    context.stderr(`E: Invalid operation ${command}\n`);
    return 100;
  }
  if (context.who.uid !== 0) return refuse(command, context);
  if (command === "update" && files.isReadOnly("/var/lib/apt/lists")) return refuseReadOnly(files, context);
  if (command === "update") {
    const code = await update(archive, files, context);
    if (isApt) await tellUpgradable(await load(), files, context);
    return code;
  }
  if (command.endsWith("clean")) {
    if (command !== "autoclean" && command !== "auto-clean") deleteArchives(files);
    files.lock("/var/cache/apt/archives/lock");
    if (command === "clean") return 0;
  }
  progress("Reading package lists", context);
  progress("Building dependency tree", context);
  if (files.at("/var/lib/apt/extended_states")) progress("Reading state information", context);
  if (!changing.includes(command)) return 0;
  const session: Session = {
    cache: await load(),
    archive,
    files,
    configuration: await readConfiguration(files),
    options,
    context,
    commandLine: argv.join(" "),
  };
  if (command === "install" || command === "reinstall") return install(names, session, command === "reinstall");
  if (command.endsWith("upgrade")) return upgrade(session);
  const purge = options.purge || command === "purge" || command === "autopurge";
  if (command.startsWith("auto")) return remove(names, session, purge, true);
  return remove(names, session, purge, options.autoRemove);
}

async function tellUpgradable(cache: AptCache, files: Files, context: ProcessContext): Promise<void> {
  progress("Building dependency tree", context);
  if (files.at("/var/lib/apt/extended_states")) progress("Reading state information", context);
  const count = cache.upgradable().length;
  if (count === 0) context.stdout("All packages are up to date.\n");
  else {
    const [many, them] = count === 1 ? ["package", "it"] : ["packages", "them"];
    context.stdout(`${count} ${many} can be upgraded. Run 'apt list --upgradable' to see ${them}.\n`);
  }
}

/** (apt-pkg/acquire.cc, pkgAcquire::Setup; apt-pkg/contrib/fileutl.cc, GetLock) */
function refuseReadOnly(files: Files, context: ProcessContext): number {
  const why = "(30: Read-only file system)";
  const [lists, partial] = ["/var/lib/apt/lists", "/var/lib/apt/lists/partial"];
  context.stdout("Reading package lists...\n");
  context.stderr(
    files.at(partial)
      ? `E: Could not open lock file ${lists}/lock - open ${why}\nE: Unable to lock directory ${lists}/\n`
      : `E: List directory ${partial} is missing. - Acquire ${why}\n`,
  );
  return 100;
}

function refuse(command: string, context: ProcessContext): number {
  const denied = (lock: string): string => `E: Could not open lock file ${lock} - open (13: Permission denied)\n`;
  if (command === "update") {
    context.stdout("Reading package lists...\n");
    context.stderr(`${denied("/var/lib/apt/lists/lock")}E: Unable to lock directory /var/lib/apt/lists/\n`);
  } else if (command.endsWith("clean")) {
    context.stderr(`${denied("/var/cache/apt/archives/lock")}E: Unable to lock directory /var/cache/apt/archives/\n`);
  } else {
    const lock = "/var/lib/dpkg/lock-frontend";
    context.stderr(`${denied(lock)}E: Unable to acquire the dpkg frontend lock (${lock}), are you root?\n`);
  }
  return 100;
}

async function install(names: readonly string[], session: Session, reinstall: boolean): Promise<number> {
  const { cache, context, configuration, options } = session;
  const wanted: Control[] = [];
  const asked = new Set<string>();
  const errors: string[] = [];
  for (const word of names) {
    const [name = "", version] =
      plainName(word.split("=")[0] ?? "") === word ? [word] : [plainName(word.split("=")[0] ?? ""), word.split("=")[1]];
    const control = locate(name, cache, context, errors);
    if (!control) continue;
    if (version !== undefined && control["Version"] !== version) {
      errors.push(`E: Version '${version}' for '${name}' was not found\n`);
      continue;
    }
    const plain = control["Package"] ?? "";
    asked.add(plain);
    const current = cache.current(plain);
    if (current && !reinstall && !options.reinstall && !cache.upgradable().some((one) => one["Package"] === plain)) {
      context.stdout(`${plain} is already the newest version (${current["Version"]}).\n`);
      if (cache.isAutomatic(plain)) {
        cache.mark(plain, false);
        cache.saveMarks(session.files, "amd64");
        context.stdout(`${plain} set to manually installed.\n`);
      }
    } else wanted.push(control);
  }
  if (errors.length > 0) {
    context.stderr(errors.join(""));
    if (cache.names().length === 0) hint("(No package lists here: `apt-get update` fetches them.)", context);
    else hint(`(The playground's archive holds ${cache.names().length} packages: \`apt list\` shows them.)`, context);
    return 100;
  }
  const plan = resolve(wanted, cache, options.recommends ?? configuration.recommends);
  if (plan.unmet.length > 0) {
    showUnmet(plan.unmet, context);
    return 100;
  }
  return carryOut({ plan, asked, purge: options.purge }, session);
}

/** The package of that name, or the only one that provides it. */
function locate(name: string, cache: AptCache, context: ProcessContext, errors: string[]): Control | null {
  const own = cache.candidate(name) ?? cache.current(name);
  if (own) return own;
  const providers = cache.candidatesFor({ name, operator: "", version: "", text: name });
  const [only] = providers;
  if (providers.length === 1 && only) {
    context.stdout(`Note, selecting '${only["Package"]}' instead of '${name}'\n`);
    return only;
  }
  if (providers.length > 1) {
    const lines = providers.map((one) => `  ${one["Package"]} ${one["Version"]}\n`).join("");
    context.stdout(
      `Package ${name} is a virtual package provided by:\n${lines}You should explicitly select one to install.\n\n`,
    );
    errors.push(`E: Package '${name}' has no installation candidate\n`);
  } else errors.push(`E: Unable to locate package ${name}\n`);
  return null;
}

async function upgrade(session: Session): Promise<number> {
  const { cache, configuration, options, context } = session;
  context.stdout(`Calculating upgrade...${context.terminal ? " Done" : ""}\n`);
  const plan = resolve(cache.upgradable(), cache, options.recommends ?? configuration.recommends);
  if (plan.unmet.length > 0) {
    showUnmet(plan.unmet, context);
    return 100;
  }
  return carryOut({ plan, asked: new Set(), purge: false }, session);
}

async function remove(names: readonly string[], session: Session, purge: boolean, auto: boolean): Promise<number> {
  const { cache, context, configuration } = session;
  const gone = new Set<string>();
  const errors: string[] = [];
  for (const name of names.map(plainName)) {
    const known = cache.database.get(name);
    if (cache.current(name) || (purge && known)) gone.add(name);
    else if (known || cache.candidate(name)) context.stdout(`Package '${name}' is not installed, so not removed\n`);
    else errors.push(`E: Unable to locate package ${name}\n`);
  }
  if (errors.length > 0) {
    context.stderr(errors.join(""));
    return 100;
  }
  for (const name of dependents(gone, cache)) gone.add(name);
  const essential = [...gone].filter((name) => cache.current(name)?.["Essential"] === "yes");
  if (essential.length > 0) {
    context.stdout(
      `The following packages will be REMOVED:\n  ${[...gone].sort().join(" ")}\nWARNING: The following essential packages will be removed.\nThis should NOT be done unless you know exactly what you are doing!\n  ${essential.join(" ")}\n`,
    );
    context.stderr("E: Essential packages were removed and -y was used without --allow-remove-essential.\n");
    return 100;
  }
  let plan: Plan = { install: new Map(), remove: gone, unmet: [] };
  if (auto) plan = { ...plan, remove: new Set([...gone, ...orphans(cache, plan, configuration.suggestsImportant)]) };
  return carryOut({ plan, asked: new Set(names), purge, removesOrphans: auto }, session);
}
