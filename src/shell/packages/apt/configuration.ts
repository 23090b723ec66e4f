import type { Files } from "../files.ts";

/** The settings of apt.conf(5) that matter here, as the container's /etc/apt has them. */
export interface Configuration {
  /** Acquire::GzipIndexes: lists stay compressed on disk. */
  readonly compressedLists: boolean;
  /** Dir::Cache::pkgcache and srcpkgcache are not switched off. */
  readonly keepsCache: boolean;
  /** A DPkg::Post-Invoke hook deletes the archives, as docker's images have it. */
  readonly deletesArchives: boolean;
  readonly recommends: boolean;
  /** APT::AutoRemove::SuggestsImportant */
  readonly suggestsImportant: boolean;
}

export async function readConfiguration(files: Files): Promise<Configuration> {
  const names = files.names("/etc/apt/apt.conf.d").map((name) => `/etc/apt/apt.conf.d/${name}`);
  let text = "";
  for (const path of [...names, "/etc/apt/apt.conf"]) text += `${await files.text(path)}\n`;
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*(#|\/\/)/.test(line))
    .join("\n");
  const value = (name: string): string | undefined =>
    [...lines.matchAll(new RegExp(`(?:^|\\s)${name}\\s+"([^"]*)"`, "gi"))].at(-1)?.[1];
  return {
    compressedLists: value("Acquire::GzipIndexes") === "true",
    keepsCache: value("Dir::Cache::pkgcache") !== "" && value("Dir::Cache") !== "",
    deletesArchives: /DPkg::Post-Invoke[^;]*\brm\b[^;]*archives\/\*\.deb/is.test(lines),
    recommends: !["false", "0", "no"].includes(value("APT::Install-Recommends") ?? "true"),
    suggestsImportant: value("APT::AutoRemove::SuggestsImportant") !== "false",
  };
}
