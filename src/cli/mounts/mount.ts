import { parseBool } from "../flags/bool.ts";
import { ramInBytes } from "../format/units.ts";
import { CsvError, csvFields } from "./csv.ts";

/** What stands after --mount, read. What has no option of its kind has null there. */
export interface MountFlag {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly volume: {
    readonly copy: boolean;
    readonly labels: Readonly<Record<string, string>>;
    readonly driver: string;
    /** Keys of options that Lamina has nothing for: "volume-opt", "volume-subpath". */
    readonly others: readonly string[];
  } | null;
  readonly tmpfs: { readonly size: number | null; readonly mode: number | null } | null;
}

/** A value of --mount that docker's command line refuses, in its words. */
export class MountSyntaxError extends Error {
  override readonly name = "MountSyntaxError";
}

interface Field {
  readonly key: string;
  readonly value: string;
}

const TARGETS = ["target", "dst", "destination"];
const SOURCES = ["source", "src"];
const READ_ONLY = ["readonly", "ro"];
const PLAIN = ["type", ...SOURCES, ...TARGETS, "consistency"];
/** May stand without a value, which is then true. */
const ALONE = [...READ_ONLY, "volume-nocopy", "bind-nonrecursive"];

/** Checks of the values that not every text is one for, by key. */
const VALUES: Readonly<Record<string, (value: string) => boolean>> = {
  readonly: isBool,
  ro: isBool,
  "volume-nocopy": isBool,
  "bind-nonrecursive": isBool,
  "tmpfs-size": (value) => ramInBytes(value) !== null,
  "tmpfs-mode": (value) => /^[0-7]+$/.test(value) && Number.parseInt(value, 8) < 2 ** 32,
};
const OF_KIND: Readonly<Record<string, readonly string[]>> = {
  volume: ["volume-subpath", "volume-nocopy", "volume-label", "volume-driver", "volume-opt"],
  bind: ["bind-propagation", "bind-nonrecursive", "bind-recursive"],
  image: ["image-subpath"],
  tmpfs: ["tmpfs-size", "tmpfs-mode"],
};
const RECURSIVE = ["enabled", "disabled", "writable", "readonly"];
const KEYS = [...PLAIN, ...READ_ONLY, ...Object.values(OF_KIND).flat()];

function isBool(value: string): boolean {
  return parseBool(value) !== null;
}

/** Throws {@link MountSyntaxError}. (docker/cli, opts/mount.go `MountOpt.Set`) */
export function parseMount(text: string): MountFlag {
  const fields = fieldsOf(text).map(read);
  const last = (keys: readonly string[]): string | undefined => fields.findLast(({ key }) => keys.includes(key))?.value;
  const type = (last(["type"]) ?? "volume").toLowerCase();
  const target = last(TARGETS) ?? "";
  if (type === "") throw new MountSyntaxError("type is required");
  if (target === "") throw new MountSyntaxError("target is required");
  const given = (kind: string): Field[] => fields.filter(({ key }) => OF_KIND[kind]?.includes(key));
  const mixed = Object.keys(OF_KIND).find((kind) => kind !== type && given(kind).length > 0);
  if (mixed) throw new MountSyntaxError(`cannot mix '${mixed}-*' options with mount type '${type}'`);
  const labels = fields.filter(({ key }) => key === "volume-label").map(({ value }) => pair(value));
  const size = last(["tmpfs-size"]);
  const mode = last(["tmpfs-mode"]);
  return {
    type,
    source: last(SOURCES) ?? "",
    target,
    readOnly: parseBool(last(READ_ONLY) ?? "false") === true,
    volume:
      given("volume").length === 0
        ? null
        : {
            copy: parseBool(last(["volume-nocopy"]) ?? "false") === false,
            labels: Object.fromEntries(labels.filter(([name]) => name !== "")),
            driver: last(["volume-driver"]) ?? "",
            others: ["volume-opt", "volume-subpath"].filter((key) => last([key])),
          },
    tmpfs:
      given("tmpfs").length === 0
        ? null
        : {
            size: size === undefined ? null : ramInBytes(size),
            mode: mode === undefined ? null : Number.parseInt(mode, 8),
          },
  };
}

function fieldsOf(text: string): string[] {
  try {
    return csvFields(text);
  } catch (error) {
    if (error instanceof CsvError) throw new MountSyntaxError(error.message);
    throw error;
  }
}

/** "volume-label=a=b" */
function read(field: string): Field {
  const [name, value] = pair(field);
  const key = name.toLowerCase();
  if (!field.includes("=")) {
    if (!ALONE.includes(key)) throw new MountSyntaxError(`invalid field '${field}' must be a key=value pair`);
    return { key, value: "true" };
  }
  if (!KEYS.includes(key)) throw new MountSyntaxError(`unexpected key '${key}' in '${field}'`);
  if (key === "bind-recursive" && !RECURSIVE.includes(value))
    throw new MountSyntaxError(
      `invalid value for ${key}: ${value} (must be "enabled", "disabled", "writable", or "readonly")`,
    );
  if (VALUES[key]?.(value) === false) throw new MountSyntaxError(`invalid value for ${key}: ${value}`);
  return { key, value };
}

function pair(text: string): [name: string, value: string] {
  const [name = "", ...value] = text.split("=");
  return [name, value.join("=")];
}
