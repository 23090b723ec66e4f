import type { Control } from "../../../content/packages/format.ts";
import type { RpmRecord } from "../../../content/packages/rpm-database.ts";
import type { ProcessContext, ShellCommand } from "../../command.ts";
import { Files } from "../files.ts";
import { globPattern } from "../glob.ts";
import { nevra, parseEvr, requirements } from "./evr.ts";
import { dependentsOf } from "./resolve.ts";
import { installedSize, RpmDatabase } from "./rpm-files.ts";

/** rpm(8): queries, and erasing. */
export const rpm: ShellCommand = {
  names: ["rpm"],
  async run(argv, context) {
    const letters = new Set<string>();
    const words: string[] = [];
    let format: string | null = null;
    const rest = argv.slice(1);
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      if (word === "--qf" || word === "--queryformat") format = rest.shift() ?? "";
      else if (word.startsWith("--queryformat=")) format = word.slice("--queryformat=".length);
      else if (word.startsWith("--")) letters.add(LONG[word] ?? word);
      else if (word.startsWith("-")) for (const letter of word.slice(1)) letters.add(letter);
      else words.push(word);
    }
    const files = new Files(context, ";5fadb");
    const database = await RpmDatabase.load(files);
    if (letters.has("--version")) {
      context.stdout(`RPM version ${parseEvr(database.get("rpm")?.control["Version"] ?? "").version}\n`);
      return 0;
    }
    if (letters.has("q")) return query(letters, words, format, database, context);
    if (letters.has("e")) return erase(words, database, context);
    if (letters.has("i") || letters.has("U") || letters.has("F")) {
      for (const word of words) {
        const there = files.behind(word.startsWith("/") ? word : `${context.cwd}/${word}`);
        context.stderr(
          there
            ? `error: ${word}: unpacking package files is not simulated in this playground: use yum install NAME\n`
            : `error: open of ${word} failed: No such file or directory\n`,
        );
      }
      return words.length > 0 ? words.length : 1;
    }
    context.stderr("RPM: only queries (-q ...) and -e are simulated in this playground\n");
    return 1;
  },
};

const LONG: Readonly<Record<string, string>> = {
  "--query": "q",
  "--all": "a",
  "--file": "f",
  "--list": "l",
  "--info": "i",
  "--requires": "R",
  "--erase": "e",
  "--install": "i",
  "--upgrade": "U",
};

function query(
  letters: ReadonlySet<string>,
  words: readonly string[],
  format: string | null,
  database: RpmDatabase,
  context: ProcessContext,
): number {
  let failures = 0;
  let found: RpmRecord[] = [];
  if (letters.has("a")) {
    found = database
      .all()
      .filter(
        ({ control }) => words.length === 0 || words.some((word) => globPattern(word).test(control["Package"] ?? "")),
      );
  } else if (letters.has("f")) {
    for (const word of words) {
      const path = word.startsWith("/") ? word : `${context.cwd === "/" ? "" : context.cwd}/${word}`;
      const owners = database.owners(path);
      found.push(...owners);
      if (owners.length > 0) continue;
      failures += 1;
      const exists = new Files(context).at(path) !== null;
      if (exists) context.stdout(`file ${path} is not owned by any package\n`);
      else context.stderr(`error: file ${path}: No such file or directory\n`);
    }
  } else {
    for (const word of words) {
      const matching = database
        .all()
        .filter(({ control }) =>
          [control["Package"], nevra(control), nevra(control).replace(/\.[^.]*$/, "")].includes(word),
        );
      found.push(...matching);
      if (matching.length > 0) continue;
      failures += 1;
      context.stdout(`package ${word} is not installed\n`);
    }
  }
  for (const record of found) context.stdout(answer(letters, format, record));
  return failures;
}

function answer(letters: ReadonlySet<string>, format: string | null, { control, paths }: RpmRecord): string {
  if (format !== null) return filled(format, control);
  const lines: string[] = [];
  if (letters.has("i")) lines.push(information(control));
  if (letters.has("R")) lines.push(...requirements(control["Depends"]).map(({ text }) => text));
  if (letters.has("--provides")) {
    lines.push(
      ...requirements(control["Provides"]).map(({ text }) => text),
      `${control["Package"]} = ${control["Version"]}`,
    );
  }
  if (letters.has("l")) lines.push(...paths.map((path) => `/${path}`));
  const isPlain = !["i", "R", "--provides", "l"].some((letter) => letters.has(letter));
  if (isPlain) lines.push(nevra(control));
  return lines.map((line) => `${line}\n`).join("");
}

function information(control: Control): string {
  const { epoch, version, release } = parseEvr(control["Version"] ?? "");
  const lines: [string, string | undefined][] = [
    ["Name", control["Package"]],
    ["Epoch", epoch === "0" ? undefined : epoch],
    ["Version", version],
    ["Release", release],
    ["Architecture", control["Architecture"]],
    ["Size", String(installedSize(control))],
    ["License", control["License"]],
    ["Source RPM", control["Source"] && `${control["Source"]}-${version}-${release}.src.rpm`],
    ["Relocations", "(not relocatable)"],
    ["Packager", control["Maintainer"]],
    ["URL", control["Homepage"]],
    ["Summary", control["Description"]?.split("\n")[0]],
  ];
  const text = lines.flatMap(([key, value]) =>
    value === undefined || value === "" ? [] : [`${key.padEnd(12)}: ${value}`],
  );
  return [
    ...text,
    "Description :",
    control["Description"]?.split("\n").slice(1).join("\n").trim() || control["Description"],
  ].join("\n");
}

/** %{NAME}, %{VERSION} and the like, and backslash escapes. */
function filled(format: string, control: Control): string {
  const { epoch, version, release } = parseEvr(control["Version"] ?? "");
  const values: Readonly<Record<string, string | undefined>> = {
    NAME: control["Package"],
    VERSION: version,
    RELEASE: release,
    EPOCH: epoch === "0" ? "(none)" : epoch,
    ARCH: control["Architecture"],
    SIZE: String(installedSize(control)),
    SUMMARY: control["Description"]?.split("\n")[0],
    VENDOR: control["Maintainer"],
    LICENSE: control["License"],
    URL: control["Homepage"],
  };
  return format
    .replace(/\\([nt\\])/g, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? letter)
    .replace(/%(-?\d+)?\{(\w+)\}/g, (_, width: string | undefined, name: string) => {
      const text = values[name.toUpperCase()] ?? "(none)";
      const columns = Math.abs(Number(width ?? 0));
      return width?.startsWith("-") ? text.padEnd(columns) : text.padStart(columns);
    });
}

function erase(words: readonly string[], database: RpmDatabase, context: ProcessContext): number {
  if (context.who.uid !== 0) {
    context.stderr("error: can't create transaction lock on /var/lib/rpm/.rpm.lock (Permission denied)\n");
    return 1;
  }
  const missing = words.filter((word) => !database.get(word));
  if (missing.length > 0) {
    for (const word of missing) context.stderr(`error: package ${word} is not installed\n`);
    return missing.length;
  }
  const needing = dependentsOf(words, database);
  if (needing.length > 0) {
    const lines = needing.map(
      (name) => `\t${words[0]} is needed by (installed) ${nevra(database.get(name)?.control ?? {})}\n`,
    );
    context.stderr(`error: Failed dependencies:\n${lines.join("")}`);
    return 1;
  }
  for (const word of words) database.erase(word);
  database.save();
  return 0;
}
