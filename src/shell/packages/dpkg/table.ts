import type { ProcessContext } from "../../command.ts";
import { displayName, type KnownPackage, type PackageState } from "./database.ts";

const HEADER = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
`;

const WANT: Readonly<Record<PackageState["want"], string>> = {
  unknown: "u",
  install: "i",
  hold: "h",
  deinstall: "r",
  purge: "p",
};
const STATUS: Readonly<Record<PackageState["status"], string>> = {
  "not-installed": "n",
  "config-files": "c",
  "half-installed": "H",
  unpacked: "U",
  "half-configured": "F",
  installed: "i",
};

/** "ii ", the first three columns of the table. (dpkg-query, ${db:Status-Abbrev}) */
export function abbreviation(state: PackageState): string {
  return `${WANT[state.want]}${STATUS[state.status]}${state.flag === "reinstreq" ? "R" : " "}`;
}

/** The table of `dpkg -l`: columns as wide as what is in them; on a terminal the description is cut at its edge. (dpkg querycmd.c) */
export function table(packages: readonly KnownPackage[], context: ProcessContext): string {
  const rows = packages.map(({ control, state }) => ({
    state: abbreviation(state),
    name: displayName(control),
    version: control["Version"] ?? "<none>",
    architecture: control["Architecture"] ?? "<none>",
    description: (control["Description"] ?? "(no description available)").split("\n")[0] ?? "",
  }));
  const widest = (least: number, texts: readonly string[]): number =>
    Math.max(least, ...texts.map((text) => text.length));
  const name = widest(
    14,
    rows.map((row) => row.name),
  );
  const version = widest(
    12,
    rows.map((row) => row.version),
  );
  const architecture = widest(
    12,
    rows.map((row) => row.architecture),
  );
  let description = widest(
    33,
    rows.map((row) => row.description),
  );
  if (context.terminal) {
    const left = context.terminal.columns - (name + version + architecture + 7);
    description = Math.max(0, Math.min(description, left));
  }
  const line = (state: string, cells: readonly [string, string, string, string]): string =>
    `${state} ${cells[0].padEnd(name)} ${cells[1].padEnd(version)} ${cells[2].padEnd(architecture)} ${cells[3].slice(0, description)}`.trimEnd();
  const rule = [name, version, architecture, description].map((width) => "=".repeat(width)).join("-");
  return [
    `${HEADER}${line("||/", ["Name", "Version", "Architecture", "Description"])}`,
    `+++-${rule}`,
    ...rows.map((row) => line(row.state, [row.name, row.version, row.architecture, row.description])),
    "",
  ].join("\n");
}
