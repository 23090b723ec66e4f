import { controlFile, statusStanza } from "../../../content/packages/dpkg-database.ts";
import { type Control, parseControl } from "../../../content/packages/format.ts";
import type { Files } from "../files.ts";

const ADMIN = "/var/lib/dpkg";

/** The three words of a Status field. (dpkg(1), "Package states", "Package selection states") */
export interface PackageState {
  readonly want: "install" | "hold" | "deinstall" | "purge" | "unknown";
  readonly flag: "ok" | "reinstreq";
  readonly status: "not-installed" | "config-files" | "half-installed" | "unpacked" | "half-configured" | "installed";
}

export interface KnownPackage {
  /** Without the Status field. */
  readonly control: Control;
  readonly state: PackageState;
}

export const installed: PackageState = { want: "install", flag: "ok", status: "installed" };

/** /var/lib/dpkg: what is installed, and which file is whose. */
export class Database {
  readonly #files: Files;
  readonly #packages: Map<string, KnownPackage>;
  #before: string;

  private constructor(files: Files, packages: Map<string, KnownPackage>, text: string) {
    this.#files = files;
    this.#packages = packages;
    this.#before = text;
  }

  static async load(files: Files): Promise<Database> {
    const text = await files.text(`${ADMIN}/status`);
    const packages = new Map<string, KnownPackage>();
    for (const stanza of text.split("\n\n")) {
      if (stanza.trim() === "") continue;
      const { Status = "install ok installed", ...control } = parseControl(stanza.trim().split("\n"));
      const [want, flag, status] = Status.split(" ");
      packages.set(control["Package"] ?? "", { control, state: { want, flag, status } as PackageState });
    }
    return new Database(files, packages, text);
  }

  get(name: string): KnownPackage | undefined {
    return this.#packages.get(name.replace(/:[a-z0-9]+$/, ""));
  }

  /** Sorted by name. */
  all(): KnownPackage[] {
    return [...this.#packages].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, known]) => known);
  }

  /** Those whose files are there. */
  installed(): KnownPackage[] {
    return this.all().filter(({ state }) => !["not-installed", "config-files"].includes(state.status));
  }

  set(control: Control, state: PackageState): void {
    this.#packages.set(control["Package"] ?? "", { control, state });
  }

  forget(name: string): void {
    this.#packages.delete(name);
  }

  /** Writes `status`, the one before becoming `status-old`. */
  save(): void {
    const stanzas = this.all().map(({ control, state }) =>
      statusStanza(control, `${state.want} ${state.flag} ${state.status}`),
    );
    const text = stanzas.map((stanza) => `${stanza}\n`).join("");
    if (text === this.#before) return;
    this.#files.putText(`${ADMIN}/status-old`, this.#before);
    this.#files.putText(`${ADMIN}/status`, text);
    this.#before = text;
  }

  /** Absolute paths of what the package owns, "/." first; null when it has no list. */
  async list(control: Control): Promise<string[] | null> {
    const text = await this.#files.text(this.infoPath(control, "list"));
    return text === "" ? null : text.split("\n").filter((line) => line !== "");
  }

  infoPath(control: Control, member: string): string {
    return `/${controlFile(control, member)}`;
  }

  /** Files of info/ that belong to the package. */
  infoFiles(control: Control): string[] {
    const prefix = this.infoPath(control, "").slice(`${ADMIN}/info/`.length);
    return this.#files
      .names(`${ADMIN}/info`)
      .filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes("."))
      .map((name) => `${ADMIN}/info/${name}`);
  }

  /** Every path that a package owns, with its owners. */
  async owners(): Promise<Map<string, string[]>> {
    const owners = new Map<string, string[]>();
    for (const { control } of this.all()) {
      for (const path of (await this.list(control)) ?? []) {
        const known = owners.get(path);
        if (known) known.push(displayName(control));
        else owners.set(path, [displayName(control)]);
      }
    }
    return owners;
  }

  /** What "(Reading database ... N files and directories currently installed.)" counts: listed paths, and the names diverted to. */
  async size(): Promise<number> {
    const paths = new Set((await this.owners()).keys());
    const diversions = (await this.#files.text(`${ADMIN}/diversions`)).split("\n");
    for (const [index, path] of diversions.entries()) if (index % 3 !== 2 && path !== "") paths.add(path);
    return paths.size;
  }
}

/** As dpkg names it: "libc6:amd64" when several architectures may be installed side by side. */
export function displayName(control: Control): string {
  return control["Multi-Arch"] === "same"
    ? `${control["Package"]}:${control["Architecture"]}`
    : (control["Package"] ?? "");
}

/** Paths of the control archive's `Conffiles` field with their digests. */
export function conffiles(control: Control): string[] {
  return [...(control["Conffiles"] ?? "").matchAll(/^ (\/.*?) \S+( obsolete)?$/gm)].map(([, path]) => path ?? "");
}
