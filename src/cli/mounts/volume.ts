import { EngineError } from "../../engine/error.ts";
import { CommandError } from "../verb.ts";

/** What stands after -v, read. A `source` of "" is an anonymous volume. */
export interface VolumeFlag {
  readonly type: "volume" | "bind";
  readonly source: string;
  readonly target: string;
  /** "ro,nocopy"; "" when nothing was said. */
  readonly mode: string;
}

/**
 * Reads -v as the client and the daemon do, one after the other. Throws {@link CommandError} for what the
 * client does not send and {@link EngineError} for what the daemon does not take.
 */
export function parseVolume(spec: string): VolumeFlag {
  const { source, target } = clientSide(spec);
  // Without a source the client sends a path, which no daemon reads again.
  if (source === "") return { type: "volume", source, target, mode: "" };
  return { ...daemonSide(spec), type: isFilePath(source) ? "bind" : "volume" };
}

/** (docker/cli, cli/compose/loader/volume.go `ParseVolume`) */
function clientSide(spec: string): { source: string; target: string } {
  if (spec === "") throw new CommandError("invalid empty volume spec");
  if (spec.length <= 2) return { source: "", target: spec };
  const sections: string[] = [];
  let section = "";
  for (const character of `${spec}\0`) {
    const drive = character === ":" && /^\p{L}$/u.test(section);
    const end = character === "\0";
    if ((character !== ":" && !end) || drive) {
      section += character;
      continue;
    }
    if (section === "") throw new CommandError(`invalid spec: ${spec}: empty section between colons`);
    sections.push(section);
    if (sections.length === 3 && !end) throw new CommandError(`invalid spec: ${spec}: too many colons`);
    section = "";
  }
  const [source = "", target] = sections;
  return target === undefined ? { source: "", target: source } : { source, target };
}

function isFilePath(source: string): boolean {
  return /^([./~]|\\\\|\p{L}:)/u.test(source);
}

/** Modes that exclude each other, kind by kind. */
const MODES = [
  ["rw", "ro"],
  ["z", "Z"],
  ["private", "rprivate", "slave", "rslave", "shared", "rshared"],
  ["nocopy"],
  ["consistent", "cached", "delegated"],
];
const PROPAGATION = MODES[2] ?? [];

/** (moby, volume/mounts/linux_parser.go `ParseMountRaw`) */
function daemonSide(spec: string): { source: string; target: string; mode: string } {
  const [source = "", target = "", mode = "", ...more] = spec.split(":");
  const refused = `invalid volume specification: '${spec}'`;
  if (more.length > 0 || (mode === "" && isMode(target))) throw new EngineError("bad-mount", { message: refused });
  if (!isMode(mode)) throw new EngineError("bad-mount", { message: `invalid mode: ${mode}` });
  if (!source.startsWith("/") && mode.split(",").some((each) => PROPAGATION.includes(each))) {
    const message = `${refused}: invalid mount config for type "volume": field BindOptions must not be specified`;
    throw new EngineError("bad-mount", { message });
  }
  return { source, target, mode };
}

function isMode(mode: string): boolean {
  if (mode === "") return true;
  const words = mode.split(",");
  return (
    words.every((word) => MODES.flat().includes(word)) &&
    MODES.every((kind) => words.filter((word) => kind.includes(word)).length <= 1)
  );
}
