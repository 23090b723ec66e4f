import {
  type ApkRecord,
  apkInstalledPath,
  apkWorldPath,
  formatApkRecord,
  parseApkInstalled,
} from "../../../content/packages/apk-database.ts";
import type { PackageFacts } from "../../../content/packages/format.ts";
import type { Files } from "../files.ts";

const FOLDER = "/lib/apk/db";

/** /lib/apk/db and /etc/apk/world. Records that do not change keep their bytes. */
export class ApkDatabase {
  readonly #files: Files;
  readonly #records: Map<string, { record: ApkRecord; text: string }>;
  world: string[];

  private constructor(files: Files, records: Map<string, { record: ApkRecord; text: string }>, world: string[]) {
    this.#files = files;
    this.#records = records;
    this.world = world;
  }

  static async load(files: Files): Promise<ApkDatabase> {
    const records = new Map<string, { record: ApkRecord; text: string }>();
    for (const block of (await files.text(`/${apkInstalledPath}`)).split("\n\n")) {
      const [record] = parseApkInstalled(block);
      if (record) records.set(record.control["Package"] ?? "", { record, text: `${block.replace(/\n+$/, "")}\n\n` });
    }
    const world = (await files.text(`/${apkWorldPath}`)).split("\n").filter((line) => line !== "");
    return new ApkDatabase(files, records, world);
  }

  /** In the order of installation. */
  all(): ApkRecord[] {
    return [...this.#records.values()].map(({ record }) => record);
  }

  get(name: string): ApkRecord | undefined {
    return this.#records.get(name)?.record;
  }

  add(facts: PackageFacts): void {
    const text = formatApkRecord(facts);
    const [record] = parseApkInstalled(text);
    if (record)
      this.#records.set(facts.control["Package"] ?? "", { record: { ...record, control: facts.control }, text });
  }

  delete(name: string): void {
    this.#records.delete(name);
  }

  /** `scripts`: bytes by which the archive of scripts grows or shrinks. */
  async save(triggers: string, scripts: number): Promise<void> {
    this.#files.putText(`/${apkInstalledPath}`, [...this.#records.values()].map(({ text }) => text).join(""));
    if ((await this.#files.text(`${FOLDER}/triggers`)) !== triggers)
      this.#files.putText(`${FOLDER}/triggers`, triggers);
    const size = this.#files.at(`${FOLDER}/scripts.tar`)?.size ?? 0;
    if (scripts !== 0) this.#files.putZeros(`${FOLDER}/scripts.tar`, Math.max(1024, size + scripts));
  }

  saveWorld(): void {
    const lines = [...new Set(this.world)].sort().map((name) => `${name}\n`);
    this.#files.putText(`/${apkWorldPath}`, lines.join(""));
  }

  triggers(): Promise<string> {
    return this.#files.text(`${FOLDER}/triggers`);
  }

  /** "OK: 35 MiB in 18 packages" */
  summary(): string {
    const kilobytes = this.all().reduce((sum, { control }) => sum + Number(control["Installed-Size"] ?? 0), 0);
    return `OK: ${Math.floor(kilobytes / 1024)} MiB in ${this.#records.size} packages\n`;
  }
}
