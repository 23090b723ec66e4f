import { type Control, formatControl, type PackageEntry, type PackageFacts, parseControl } from "./format.ts";

/*
 * What the facts of an rpm hold beyond the fields of format.ts:
 *   Version             [epoch:]version-release, as yum prints it
 *   Depends, Provides   capabilities, separated by ", ": "libgpm.so.2()(64bit)", "perl(Carp)", "vim-common = 2:7.4.629-8.el7_9",
 *                       "/usr/bin/fipscheck"; every package provides its own name
 *   Section             repository: base, updates, extras, or epel (there once epel-release has left its epel.repo)
 *   Description         the summary
 * Installed-Size is in KiB of 1024 bytes.
 */

/**
 * /var/lib/rpm/Packages. The real one is a Berkeley DB of binary headers; ours holds the same facts as
 * text, one record a package in the order of installation, and zeros up to the size that the real
 * database has for so many packages, so that the copy-up it causes is as large.
 */
export const rpmPackagesPath = "var/lib/rpm/Packages";

/** Bytes of database a package costs, its share of the tree and the header: centos:7 has 12.9 MB for 148 packages. */
const SHARE = 87_000;
const PAGE = 4096;

export interface RpmRecord {
  readonly control: Control;
  /** Every path it owns, without leading slash, in order. */
  readonly paths: readonly string[];
}

/** The record of a package. */
export function rpmRecord({ control, entries }: Pick<PackageFacts, "control" | "entries">): RpmRecord {
  return { control, paths: entries.map((entry: PackageEntry) => entry.path) };
}

/** The bytes of the database, as text. */
export function formatRpmPackages(records: readonly RpmRecord[]): string {
  const text = records.map(({ control, paths }) => `${formatControl(control)}\n\n${paths.join("\n")}\n\f\n`).join("");
  const size = Math.max(text.length, records.length * SHARE);
  return text.padEnd(Math.ceil(size / PAGE) * PAGE, "\0");
}

/** The inverse of {@link formatRpmPackages}. */
export function parseRpmPackages(text: string): RpmRecord[] {
  const end = text.indexOf("\0");
  return (end < 0 ? text : text.slice(0, end))
    .split("\f\n")
    .filter((record) => record !== "")
    .map((record) => {
      const [control = "", paths = ""] = record.split("\n\n");
      return { control: parseControl(control.split("\n")), paths: paths.split("\n").filter((path) => path !== "") };
    });
}

/** Sizes of the indexes beside it for so many packages, by name in var/lib/rpm/. */
export function rpmIndexes(packages: number): Readonly<Record<string, number>> {
  const pages = (share: number): number => Math.ceil((packages * share) / PAGE) * PAGE;
  return {
    Basenames: pages(10_000),
    Conflictname: 2 * PAGE,
    Dirnames: pages(5_600),
    Group: pages(110),
    Installtid: 2 * PAGE,
    Name: pages(110),
    Obsoletename: 3 * PAGE,
    Providename: pages(900),
    Requirename: pages(1_100),
    Sha1header: pages(190),
    Sigmd5: pages(110),
    Triggername: 2 * PAGE,
  };
}
