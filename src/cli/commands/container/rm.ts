import { remove } from "../../../engine/operations/remove.ts";
import { EngineError } from "../../../engine/error.ts";
import { forEach } from "../../each.ts";
import { flagTable } from "../../flags/table.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker rm [OPTIONS] CONTAINER [CONTAINER...] */
export const containerRm: Verb = {
  names: ["container rm", "container remove", "rm"],
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Remove one or more containers",
  accepts: { kind: "atLeast", count: 1 },
  flags: flagTable(`
  -f, --force     Force the removal of a running container (uses SIGKILL)
* -l, --link      Remove the specified link
  -v, --volumes   Remove anonymous volumes associated with the container
`),
  async run({ flags, args }, context) {
    const force = flags.bool("force");
    const volumes = flags.bool("volumes");
    const refused = await forEach(args, context, (name) => {
      if (name.replaceAll("/", "") === "") throw new CommandError("container name cannot be empty");
      remove(context.tx, context.ports, name, { force, volumes });
      context.stdout(`${name}\n`);
    });
    const missing = ({ error }: (typeof refused)[number]): boolean =>
      error instanceof EngineError && error.is("no-such-container");
    return refused.every((each) => force && missing(each)) ? 0 : 1;
  },
};
