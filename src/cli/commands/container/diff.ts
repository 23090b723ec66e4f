import { diff } from "../../../core/container/diff.ts";
import { findContainer } from "../../../engine/lookup.ts";
import { containerLower } from "../../../engine/mount.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker diff CONTAINER */
export const containerDiff: Verb = {
  names: ["container diff", "diff"],
  usage: "CONTAINER",
  summary: "Inspect changes to files or directories on a container's filesystem",
  accepts: { kind: "exactly", count: 1 },
  flags: [],
  run({ args }, context) {
    const { tx } = context;
    if (args[0] === "") throw new CommandError("Container name cannot be empty");
    const container = findContainer(tx.state, args[0] ?? "");
    for (const [kind, path] of diff(containerLower(tx.state, container), container.upper))
      context.stdout(`${kind} ${path}\n`);
    return 0;
  },
};
