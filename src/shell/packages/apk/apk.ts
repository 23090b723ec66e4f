import type { Control } from "../../../content/packages/format.ts";
import { errnoText } from "../../../core/filesystem/errno.ts";
import type { ProcessContext, ShellCommand } from "../../command.ts";
import { Archive, ArchiveError } from "../archive.ts";
import { Files } from "../files.ts";
import { hint } from "../hint.ts";
import { commit } from "./commit.ts";
import { ApkDatabase } from "./database.ts";
import { parseDependency } from "./dependency.ts";
import { info, list, policy, search } from "./query.ts";
import { type Freshness, openRepositories } from "./repositories.ts";
import { solve } from "./solve.ts";
import { compareApkVersions } from "./version.ts";

const USAGE = `usage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]

Package installation and removal:
  add        Add packages to WORLD and commit changes
  del        Remove packages from WORLD and commit changes

System maintenance:
  fix        Fix, reinstall or upgrade packages without modifying WORLD
  update     Update repository indexes
  upgrade    Install upgrades available from repositories
  cache      Manage the local package cache

Querying package information:
  info       Give detailed information about packages or repositories
  list       List packages matching a pattern or other criteria
  policy     Show repository policy for packages
  search     Search for packages by name or description
`;

/** One command line of apk. */
export interface Call {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly virtual: string | null;
  readonly freshness: Freshness;
  readonly database: ApkDatabase;
  readonly archive: Archive;
  readonly files: Files;
  readonly context: ProcessContext;
}

const WITH_VALUE = new Set([
  "-t",
  "--virtual",
  "-X",
  "--repository",
  "-p",
  "--root",
  "--arch",
  "--cache-dir",
  "--wait",
]);
const LONG: Readonly<Record<string, string>> = {
  "--update-cache": "U",
  "--update": "U",
  "--upgrade": "u",
  "--available": "a",
  "--installed": "I",
  "--contents": "L",
  "--all": "a",
  "--description": "d",
  "--exact": "e",
  "--exists": "e",
  "--size": "s",
  "--depends": "R",
  "--provides": "P",
  "--webpage": "w",
  "--who-owns": "W",
  "--verbose": "v",
  "--quiet": "q",
  "--interactive": "i",
  "--upgradable": "u",
  "--version": "V",
  "--help": "h",
};

/** apk(8), version 2. */
export const apk: ShellCommand = {
  names: ["apk"],
  async run(argv, context) {
    const words: string[] = [];
    const flags = new Set<string>();
    let virtual: string | null = null;
    const rest = argv.slice(1);
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      const [name = "", value] = word.split(/=(.*)/s);
      if (!word.startsWith("-") || word === "-") words.push(word);
      else if (WITH_VALUE.has(name)) {
        const given = value ?? rest.shift() ?? "";
        if (name === "-t" || name === "--virtual") virtual = given;
      } else if (word.startsWith("--")) flags.add(LONG[word] ?? word.slice(2));
      else for (const letter of word.slice(1)) flags.add(letter);
    }
    const files = new Files(context, ".apk-new");
    const database = await ApkDatabase.load(files);
    const tools = `apk-tools ${database.get("apk-tools")?.control["Version"]?.replace(/-r\d+$/, "") ?? ""}, compiled for x86_64.\n`;
    const [command, ...names] = words;
    if (flags.has("V")) {
      context.stdout(tools);
      return 0;
    }
    if (command === undefined || flags.has("h")) {
      context.stdout(`${tools}\n${USAGE}`);
      return command === undefined ? 1 : 0;
    }
    const freshness = flags.has("no-cache") ? "no-cache" : flags.has("U") || command === "update" ? "update" : "cached";
    const archive = await Archive.of(context, files);
    const run = COMMANDS[command];
    if (!run) {
      context.stderr(`apk: unrecognized command: ${command}\n`);
      context.stdout(`${tools}\n${USAGE}`);
      return 1;
    }
    const readOnly = files.isReadOnly("/lib/apk/db");
    if ((context.who.uid !== 0 || readOnly) && CHANGING.has(command)) {
      const why = errnoText[readOnly ? "EROFS" : "EACCES"];
      context.stderr(`ERROR: Unable to lock database: ${why}\nERROR: Failed to open apk database: ${why}\n`);
      return 99;
    }
    try {
      return await run({ words: names, flags, virtual, freshness, database, archive, files, context });
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      context.stderr("ERROR: unable to fetch: temporary error (try again later)\n");
      return 1;
    }
  },
};

const COMMANDS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  add,
  del,
  update,
  upgrade,
  fix: (call) => change(call.database.world, call),
  cache,
  info,
  list,
  search,
  policy,
  version: async ({ database, archive, files, context }) => {
    const { available } = await openRepositories("cached", archive, files, context);
    context.stdout("Installed:                                Available:\n");
    for (const { control } of database.all()) {
      const other = available.find((one) => one["Package"] === control["Package"]);
      if (!other || compareApkVersions(control["Version"] ?? "", other["Version"] ?? "") >= 0) continue;
      context.stdout(`${`${control["Package"]}-${control["Version"]}`.padEnd(41)} < ${other["Version"]}\n`);
    }
    return 0;
  },
};
const CHANGING = new Set(["add", "del", "update", "upgrade", "fix", "cache"]);

async function update({ archive, files, context }: Call): Promise<number> {
  const { available, urls, unavailable } = await openRepositories("update", archive, files, context);
  if (unavailable > 0) {
    context.stdout(`${unavailable} unavailable, 0 stale; ${available.length} distinct packages available\n`);
    return unavailable;
  }
  const release = (await files.text("/etc/alpine-release")).trim();
  for (const url of urls) context.stdout(`v${release} [${url}]\n`);
  context.stdout(`OK: ${available.length} distinct packages available\n`);
  return 0;
}

async function add(call: Call): Promise<number> {
  const { words, virtual, database } = call;
  const asked = virtual === null ? words : [virtual];
  const names = new Set(asked.map((word) => parseDependency(word).name));
  return change([...database.world.filter((word) => !names.has(parseDependency(word).name)), ...asked], call);
}

async function del(call: Call): Promise<number> {
  const { words, database, context } = call;
  const names = new Set(words);
  const known = database.world.map((word) => parseDependency(word).name);
  const missing = words.filter((word) => !known.includes(word) && !database.get(word));
  if (missing.length > 0) {
    context.stderr(missing.map((word) => `ERROR: No such package: ${word}\n`).join(""));
    return 1;
  }
  const world = database.world.filter((word) => !names.has(parseDependency(word).name));
  const kept = solve(world, installedOf(call), []).packages;
  const staying = kept.filter((control) => names.has(control["Package"] ?? ""));
  const code = await change(world, { ...call, freshness: "cached" }, true);
  for (const control of staying) {
    const needing = kept.filter((other) =>
      (other["Depends"] ?? "")
        .split(/,\s*/)
        .some(
          (text) => parseDependency(text).name === control["Package"] || (control["Provides"] ?? "").includes(text),
        ),
    );
    context.stdout(
      `World updated, but the following packages are not removed due to:\n  ${control["Package"]}: ${needing.map((other) => other["Package"]).join(" ")}\n\n`,
    );
  }
  return code;
}

function installedOf({ database }: Call): Control[] {
  return database.all().map(({ control }) => control);
}

async function upgrade(call: Call): Promise<number> {
  return change(call.database.world, call, false, true);
}

/** Solves for `world` and carries it out. Removing needs no repository. */
async function change(world: readonly string[], call: Call, removing = false, upgrading = false): Promise<number> {
  const { database, archive, files, context, virtual, words } = call;
  const repositories = removing ? null : await openRepositories(call.freshness, archive, files, context);
  const installed = installedOf(call);
  const bundle: Control[] =
    virtual === null
      ? []
      : [{ Package: virtual, Version: madeAt(context), Architecture: "noarch", Depends: words.join(", ") }];
  const available = [...bundle, ...(repositories?.available ?? [])];
  const { packages, errors } = solve(world, installed, available, upgrading);
  if (errors.length > 0) {
    context.stderr(`ERROR: unable to select packages:\n${errors.join("")}`);
    if (repositories?.unavailable)
      hint("(No package index here: `apk update` fetches it, `apk add --no-cache` does without keeping it.)", context);
    return errors.length;
  }
  const wanted = new Map(packages.map((control) => [control["Package"], control]));
  const install = packages.filter(
    (control) => database.get(control["Package"] ?? "")?.control["Version"] !== control["Version"],
  );
  const purge = database
    .all()
    .filter(({ control }) => !wanted.has(control["Package"]))
    .reverse();
  if (install.length > 0 || purge.length > 0) {
    await commit({ purge, install }, database, archive, files, context);
  }
  if (world.join("\n") !== database.world.join("\n")) {
    database.world = [...world];
    database.saveWorld();
  }
  context.stdout(database.summary());
  return 0;
}

async function cache({ words, files }: Call): Promise<number> {
  if (words[0] === "clean" || words[0] === "purge") {
    for (const name of files.names("/var/cache/apk")) files.remove(`/var/cache/apk/${name}`);
  }
  return 0;
}

/** Version of a virtual package: when it was made. */
function madeAt({ clock }: ProcessContext): string {
  const [date = "", time = ""] = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  return `${date}.${time}`;
}
