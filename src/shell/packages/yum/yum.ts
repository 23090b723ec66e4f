import type { Control } from "../../../content/packages/format.ts";
import type { ShellCommand } from "../../command.ts";
import { Archive } from "../archive.ts";
import { Files } from "../files.ts";
import { globPattern, isGlob } from "../glob.ts";
import { hint } from "../hint.ts";
import { compareEvr, requirements, yumName } from "./evr.ts";
import { info, list, provides, repolist, search } from "./query.ts";
import { type Metadata, enabledRepositories, metadata } from "./repositories.ts";
import { dependentsOf, label, provider, resolveInstall, updates } from "./resolve.ts";
import { RpmDatabase } from "./rpm-files.ts";
import { type Setting, transact } from "./transaction.ts";

const USAGE = `Usage: yum [options] COMMAND

List of Commands:

check-update   Check for available package updates
clean          Remove cached data
erase          Remove a package or packages from your system
info           Display details about a package or group of packages
install        Install a package or packages on your system
list           List a package or groups of packages
makecache      Generate the metadata cache
provides       Find what package provides the given value
repolist       Display the configured software repositories
search         Search package details for the given string
update         Update a package or packages on your system
`;

/** One yum command line. */
export interface Call extends Setting {
  readonly words: readonly string[];
}

const PACKAGE_COMMANDS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  install,
  localinstall: install,
  reinstall: install,
  update,
  upgrade: update,
  "check-update": checkUpdate,
  remove: erase,
  erase,
  autoremove: erase,
  makecache: async (call) => {
    if (!(await open(call))) return 1;
    call.context.stdout("Metadata Cache Created\n");
    return 0;
  },
  clean,
  list: (call) => withMetadata(call, list),
  info: (call) => withMetadata(call, info),
  search: (call) => withMetadata(call, search),
  provides: (call) => withMetadata(call, provides),
  whatprovides: (call) => withMetadata(call, provides),
  repolist: (call) => withMetadata(call, repolist),
};

/** yum(8), version 3. */
export const yum: ShellCommand = {
  names: ["yum"],
  async run(argv, context) {
    const words: string[] = [];
    const flags = new Set<string>();
    for (const word of argv.slice(1)) {
      if (!word.startsWith("-")) words.push(word);
      else if (word.startsWith("--")) flags.add(word.slice(2));
      else for (const letter of word.slice(1)) flags.add(letter);
    }
    const [command, ...rest] = words;
    const files = new Files(context, ";5fadb");
    const quiet = flags.has("q") || flags.has("quiet");
    if (!quiet) {
      const plugins = files.names("/etc/yum/pluginconf.d").map((name) => name.replace(/\.conf$/, ""));
      if (plugins.length > 0) context.stdout(`Loaded plugins: ${plugins.sort().join(", ")}\n`);
    }
    const run = command === undefined ? undefined : PACKAGE_COMMANDS[command];
    if (command === undefined || !run) {
      if (command !== undefined) context.stderr(`No such command: ${command}. Please use /usr/bin/yum --help\n`);
      else context.stdout(USAGE);
      return command === undefined && (flags.has("h") || flags.has("help")) ? 0 : 1;
    }
    const reading = ["list", "info", "search", "provides", "whatprovides", "repolist", "check-update"];
    if (context.who.uid !== 0 && !reading.includes(command)) {
      context.stderr("You need to be root to perform this command.\n");
      return 1;
    }
    const archive = await Archive.of(context, files);
    const database = await RpmDatabase.load(files);
    return await run({ words: rest, yes: flags.has("y") || flags.has("assumeyes"), database, archive, files, context });
  },
};

function open({ archive, files, context }: Call): Promise<Metadata | null> {
  return metadata(archive, files, context);
}

async function withMetadata(call: Call, run: (call: Call, known: Metadata) => Promise<number>): Promise<number> {
  const known = await open(call);
  return known ? run(call, known) : 1;
}

/** Packages of the repositories that the word names: "vim", "vim-enhanced", "vim*", "/usr/bin/vim" by what they provide. */
function named(word: string, { available }: Metadata): Control[] {
  if (isGlob(word)) return available.filter((control) => globPattern(word).test(control["Package"] ?? ""));
  const plain = word.replace(/\.(x86_64|noarch)$/, "");
  const [requirement] = requirements(plain);
  const found = requirement && provider(requirement, available);
  return found
    ? [found]
    : available.filter((control) => [yumName(control), `${control["Package"]}-${control["Version"]}`].includes(word));
}

async function install(call: Call): Promise<number> {
  const { words, context, database } = call;
  if (words.length === 0) {
    context.stderr("Error: Need to pass a list of pkgs to install\n");
    return 1;
  }
  const known = await open(call);
  if (!known) return 1;
  const wanted: Control[] = [];
  let missing = 0;
  for (const word of words) {
    const found = named(word, known);
    if (found.length === 0) {
      missing += 1;
      context.stdout(`No package ${word} available.\n`);
    }
    for (const control of found) {
      const old = database.get(control["Package"] ?? "");
      if (old && compareEvr(old.control["Version"] ?? "", control["Version"] ?? "") >= 0) {
        context.stdout(`Package ${yumName(old.control)} already installed and latest version\n`);
      } else wanted.push(control);
    }
  }
  if (wanted.length > 0) return carryOut(wanted, known, call);
  if (missing === 0) {
    context.stdout("Nothing to do\n");
    return 0;
  }
  context.stderr("Error: Nothing to do\n");
  hint(
    `(The playground's archive holds ${known.available.length} packages of these repositories: \`yum list available\` shows them.)`,
    context,
  );
  return 1;
}

async function update(call: Call): Promise<number> {
  const known = await open(call);
  if (!known) return 1;
  const newer = updates(call.database, known.available).filter(
    ({ Package }) => call.words.length === 0 || call.words.some((word) => globPattern(word).test(Package ?? "")),
  );
  if (newer.length > 0) return carryOut(newer, known, call);
  call.context.stdout("No packages marked for update\n");
  return 0;
}

async function checkUpdate(call: Call): Promise<number> {
  const known = await open(call);
  if (!known) return 1;
  const newer = updates(call.database, known.available);
  for (const control of newer) call.context.stdout(`\n${label(control)} ${control["Section"]}\n`);
  return newer.length > 0 ? 100 : 0;
}

async function carryOut(wanted: readonly Control[], known: Metadata, call: Call): Promise<number> {
  const { order, story, problems } = resolveInstall(wanted, call.database, known.available);
  call.context.stdout(story);
  if (problems.length > 0) {
    call.context.stderr(`${problems.join("")} You could try using --skip-broken to work around the problem\n`);
    return 1;
  }
  return transact(
    { install: order, erase: [], asked: new Set(wanted.map((control) => control["Package"] ?? "")) },
    call,
  );
}

async function erase(call: Call): Promise<number> {
  const { words, context, database } = call;
  const gone: Control[] = [];
  for (const word of words) {
    const found = database.all().filter(({ control }) => {
      const name = control["Package"] ?? "";
      return isGlob(word)
        ? globPattern(word).test(name)
        : word === name || word === `${name}.${control["Architecture"]}`;
    });
    if (found.length === 0) context.stdout(`No Match for argument: ${word}\n`);
    gone.push(...found.map(({ control }) => control));
  }
  if (gone.length === 0) {
    context.stdout("No Packages marked for removal\n");
    return 0;
  }
  const asked = gone.map((control) => control["Package"] ?? "");
  const also = database.controls(dependentsOf(asked, database));
  const protectedNames = [...asked, ...also.map((control) => control["Package"] ?? "")].filter(
    (name) => name === "yum",
  );
  if (protectedNames.length > 0) {
    context.stderr(`Error: Trying to remove "${protectedNames[0]}", which is protected\n`);
    return 1;
  }
  context.stdout("Resolving Dependencies\n--> Running transaction check\n");
  for (const control of gone) context.stdout(`---> Package ${label(control)} will be erased\n`);
  if (also.length > 0) {
    context.stdout("--> Running transaction check\n");
    for (const control of also) context.stdout(`---> Package ${label(control)} will be erased\n`);
  }
  context.stdout("--> Finished Dependency Resolution\n");
  return transact({ install: [], erase: [...also, ...gone], asked: new Set(asked) }, call);
}

async function clean({ words, files, context }: Call): Promise<number> {
  if (words.length === 0) {
    context.stderr(
      "Error: clean requires an option: headers, packages, metadata, dbcache, plugins, expire-cache, all\n",
    );
    return 1;
  }
  const repositories = await enabledRepositories(files);
  context.stdout(`Cleaning repos: ${repositories.map(({ id }) => id).join(" ")}\n`);
  const empty = (folder: string): void => {
    for (const name of files.names(folder)) {
      const path = `${folder}/${name}`;
      if (files.at(path)?.kind === "directory") empty(path);
      else files.remove(path);
    }
  };
  empty("/var/cache/yum");
  if (words.includes("all")) context.stdout("Cleaning up list of fastest mirrors\n");
  return 0;
}
