import { EngineError } from "../../../engine/error.ts";
import { findContainer, findImage } from "../../../engine/lookup.ts";
import type { EngineState } from "../../../engine/state.ts";
import { INSPECT_FORMAT_FLAG, flagTable } from "../../flags/table.ts";
import { inspectContainer } from "../../inspect/container.ts";
import { inspectImage } from "../../inspect/image.ts";
import { showEach } from "../../inspect/show.ts";
import type { Value } from "../../template/value.ts";
import { CommandError, type Verb } from "../../verb.ts";

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
    const container = (name: string): Value => inspectContainer(state, findContainer(state, name), size);
    const image = (name: string): Value => inspectImage(state, findImage(state, name));
    if (type === "container") return showEach(args, flags, context, { find: container });
    if (type === "image") return showEach(args, flags, context, { find: image });
    if (type !== "") {
      throw new CommandError(
        `docker: objects of the type ${type} are not simulated in Lamina; the nearest are containers and images.`,
      );
    }
    return showEach(args, flags, context, {
      find: (name) => either(state, name, container, image),
      missing: (name) => `Error: No such object: ${name}`,
    });
  },
};

/** A container of that name, else an image. */
function either(
  state: EngineState,
  name: string,
  container: (name: string) => Value,
  image: (name: string) => Value,
): Value {
  try {
    findContainer(state, name);
  } catch (error) {
    if (error instanceof EngineError && !error.is("ambiguous-id") && !error.is("empty-id")) return image(name);
    throw error;
  }
  return container(name);
}
