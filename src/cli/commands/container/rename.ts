import { EngineError } from "../../../engine/error.ts";
import { rename } from "../../../engine/operations/rename.ts";
import { daemonError } from "../../each.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker rename CONTAINER NEW_NAME */
export const containerRename: Verb = {
  names: ["container rename", "rename"],
  usage: "CONTAINER NEW_NAME",
  summary: "Rename a container",
  accepts: { kind: "exactly", count: 2 },
  flags: [],
  run({ args }, context) {
    const [container = "", name = ""] = args;
    if (container.trim() === "" || name.trim() === "")
      throw new CommandError("Error: Neither old nor new names may be empty");
    try {
      rename(context.tx, container, name);
      return 0;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const allocating = error.is("name-conflict") || error.is("invalid-name");
      const refusal = allocating
        ? daemonError(error).replace(": ", ": Error when allocating new name: ")
        : daemonError(error);
      throw new CommandError(`${refusal}\nError: failed to rename container named ${container}`);
    }
  },
};
