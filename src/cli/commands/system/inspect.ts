import { EngineError } from "../../../engine/error.ts";
import { findContainer, findImage } from "../../../engine/lookup.ts";
import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { inspectContainer } from "../../inspect/container.ts";
import { inspectImage } from "../../inspect/image.ts";
import { inspectVolume } from "../../inspect/volume.ts";
import { showEach } from "../../inspect/show.ts";
import type { Value } from "../../template/value.ts";
import { findVolume } from "../../volumes.ts";
import { CommandError, NotSimulatedError, type Verb } from "../../verb.ts";

const TYPES = ["config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"];

/** docker inspect [OPTIONS] NAME|ID [NAME|ID...] */
export const inspect: Verb = {
  names: ["inspect"],
  usage: "[OPTIONS] NAME|ID [NAME|ID...]",
  summary: "Return low-level information on Docker objects",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
${INSPECT_FORMAT_FLAG}
  -s, --size            Display total file sizes if the type is container
      --type string     Only inspect objects of the given type
`),
  run({ flags, args }, context) {
    const { state } = context.tx;
    const type = flags.string("type") ?? "";
    if (type !== "" && !TYPES.includes(type)) {
      throw new CommandError(`unknown type: "${type}": must be one of ${TYPES.map((each) => `"${each}"`).join(", ")}`);
    }
    const size = flags.bool("size");
    const finders: Readonly<Record<string, (name: string) => Value>> = {
      container: (name) => inspectContainer(state, findContainer(state, name), size),
      image: (name) => inspectImage(state, findImage(state, name)),
      volume: (name) => inspectVolume(findVolume(state, name)),
    };
    const find = finders[type];
    if (find) return showEach(args, flags, context, { find });
    if (type !== "") throw new NotSimulatedError(`an object of the type ${type}`, "a container, an image or a volume");
    return showEach(args, flags, context, {
      find: (name) => firstFound(name, Object.values(finders)),
      missing: (name) => `Error: No such object: ${name}`,
    });
  },
};

/** A container of that name, else an image, else a volume. */
function firstFound(name: string, finders: readonly ((name: string) => Value)[]): Value {
  const [find, ...others] = finders;
  if (find === undefined) throw new EngineError("no-such-volume", { name });
  try {
    return find(name);
  } catch (error) {
    if (others.length > 0 && error instanceof EngineError && !error.is("ambiguous-id") && !error.is("empty-id"))
      return firstFound(name, others);
    throw error;
  }
}
