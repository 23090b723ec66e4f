/** What apt-get(8) and apt(8) understand on the command line. */
export interface Options {
  readonly words: readonly string[];
  readonly yes: boolean;
  /** 0, 1 (no progress) or 2 (nothing but errors). */
  readonly quiet: number;
  readonly recommends: boolean | null;
  readonly reinstall: boolean;
  readonly purge: boolean;
  readonly autoRemove: boolean;
  readonly downloadOnly: boolean;
  readonly simulate: boolean;
  /** Further long options, by name. */
  readonly flags: ReadonlySet<string>;
}

const KNOWN = [
  "yes",
  "assume-yes",
  "assume-no",
  "quiet",
  "no-install-recommends",
  "install-recommends",
  "install-suggests",
  "reinstall",
  "purge",
  "auto-remove",
  "autoremove",
  "download-only",
  "simulate",
  "dry-run",
  "just-print",
  "fix-broken",
  "fix-missing",
  "ignore-missing",
  "only-upgrade",
  "no-upgrade",
  "with-new-pkgs",
  "allow-downgrades",
  "allow-unauthenticated",
  "allow-remove-essential",
  "allow-change-held-packages",
  "allow-releaseinfo-change",
  "force-yes",
  "show-upgraded",
  "verbose-versions",
  "installed",
  "upgradable",
  "upgradeable",
  "all-versions",
  "manual-installed",
  "names-only",
  "full",
  "no-all-versions",
  "version",
  "help",
];

const SHORT: Readonly<Record<string, string>> = {
  y: "yes",
  q: "quiet",
  d: "download-only",
  s: "simulate",
  f: "fix-broken",
  m: "fix-missing",
  V: "verbose-versions",
  u: "show-upgraded",
  a: "all-versions",
  n: "names-only",
  i: "installed",
  v: "version",
  h: "help",
};
const WITH_VALUE = new Set(["o", "c", "t", "option", "config-file", "target-release", "default-release"]);

/** Throws `RangeError` with apt's words for an option it does not know. */
export function parseOptions(args: readonly string[]): Options {
  const words: string[] = [];
  const flags = new Set<string>();
  let quiet = 0;
  const settings: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? "";
    if (!arg.startsWith("-") || arg === "-") {
      words.push(arg);
      continue;
    }
    const [, long, value] = /^--([a-z-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (long !== undefined) {
      if (WITH_VALUE.has(long)) settings.push(value ?? args[(i += 1)] ?? "");
      else if (!KNOWN.includes(long)) {
        throw new RangeError(`Command line option ${arg} is not understood in combination with the other options`);
      } else if (long === "quiet") quiet = value === undefined ? quiet + 1 : Number(value);
      else flags.add(long);
      continue;
    }
    for (let at = 1; at < arg.length; at += 1) {
      const letter = arg[at] ?? "";
      const rest = arg.slice(at + 1);
      if (WITH_VALUE.has(letter)) {
        settings.push(rest.replace(/^=/, "") || (args[(i += 1)] ?? ""));
        break;
      }
      const name = SHORT[letter];
      if (name === undefined) {
        throw new RangeError(
          `Command line option '${letter}' [from ${arg}] is not understood in combination with the other options.`,
        );
      }
      if (name === "quiet" && /^=\d/.test(rest)) {
        quiet = Number(rest.slice(1));
        break;
      }
      if (name === "quiet") quiet += 1;
      else flags.add(name);
    }
  }
  const has = (...names: string[]): boolean => names.some((name) => flags.has(name));
  const set = (name: string): string | undefined =>
    settings.map((one) => one.split("=")).findLast(([key]) => key?.toLowerCase() === name)?.[1];
  const wanted = set("apt::install-recommends");
  return {
    words,
    yes: has("yes", "assume-yes", "force-yes") || set("apt::get::assume-yes") === "true",
    quiet,
    recommends: has("no-install-recommends")
      ? false
      : has("install-recommends")
        ? true
        : wanted
          ? !/^(0|no|false)$/.test(wanted)
          : null,
    reinstall: has("reinstall"),
    purge: has("purge"),
    autoRemove: has("auto-remove", "autoremove"),
    downloadOnly: has("download-only"),
    simulate: has("simulate", "dry-run", "just-print"),
    flags,
  };
}
