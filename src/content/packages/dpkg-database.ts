import { type Control, formatControl, type PackageEntry } from "./format.ts";

/** Fields that the archive adds or that are ours: dpkg's status does not keep them. */
const NOT_IN_STATUS = ["Filename", "Size", "SHA256", "MD5sum", "Index", "Date"];

/** One stanza of /var/lib/dpkg/status, ending in a line break; stanzas are separated by an empty line. (dpkg(1) FILES) */
export function statusStanza(control: Control, status = "install ok installed"): string {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(control)) {
    if (NOT_IN_STATUS.includes(name)) continue;
    fields[name] = value;
    if (name === "Package") fields["Status"] = status;
  }
  return `${formatControl(fields)}\n`;
}

/** Path of a file of /var/lib/dpkg/info, without the leading slash: `Multi-Arch: same` packages carry their architecture. */
export function controlFile(control: Control, member: string): string {
  const suffix = control["Multi-Arch"] === "same" ? `:${control["Architecture"]}` : "";
  return `var/lib/dpkg/info/${control["Package"]}${suffix}.${member}`;
}

/** /var/lib/dpkg/info/NAME.list: every path of the package, "/." first. */
export function listFile(entries: readonly PackageEntry[]): string {
  return ["/.", ...entries.map((entry) => `/${entry.path}`)].map((path) => `${path}\n`).join("");
}
