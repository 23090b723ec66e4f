import {
  parseReference,
  type Reference,
  ReferenceError,
  familiar,
  withDefaultTag,
} from "../../../core/oci/reference.ts";
import { EngineError } from "../../../engine/error.ts";
import { findImage } from "../../../engine/lookup.ts";
import { create, type MountRequest } from "../../../engine/operations/create.ts";
import type { Container, Image } from "../../../engine/state.ts";
import type { PortBinding } from "../../../engine/published.ts";
import type { CommandContext } from "../../command.ts";
import type { Flags } from "../../flags/parse.ts";
import { mountRequests } from "../../mounts/requests.ts";
import { labels } from "../../labels.ts";
import { pullWithProgress } from "../../pull.ts";
import { portBindings } from "../../publish.ts";
import { CommandError, NotSimulatedError, type Verb } from "../../verb.ts";
import { checkPlatform } from "../image/platform.ts";
import { withValues } from "./process.ts";
import { createFlags } from "./run-flags.ts";

/** docker create [OPTIONS] IMAGE [COMMAND] [ARG...] */
export const containerCreate: Verb = {
  names: ["container create", "create"],
  usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]",
  summary: "Create a new container",
  accepts: { kind: "atLeast", count: 1 },
  flagsFirst: true,
  flags: createFlags,
  async run({ flags, args }, context) {
    checkPullPolicy(flags, "create");
    const container = await createContainer(flags, args, { ...checked(flags), detach: false }, context);
    context.stdout(`${container.id}\n`);
    return 0;
  },
};

/** The options that are read before anything is asked of the daemon. */
export interface ContainerOptions {
  readonly publish: readonly PortBinding[];
  readonly mounts: readonly MountRequest[];
}

export function containerOptions(flags: Flags): ContainerOptions {
  return { publish: portBindings(flags.list("publish")), mounts: mountRequests(flags) };
}

/** The same; what the client itself refuses ends with a hint and exit code 125. */
function checked(flags: Flags): ContainerOptions {
  try {
    return containerOptions(flags);
  } catch (error) {
    if (error instanceof CommandError && !(error instanceof NotSimulatedError))
      throw new CommandError(withHelp(error.message, "create"), 125);
    throw error;
  }
}

/** `verb`: "run" or "create". */
export function withHelp(message: string, verb: string): string {
  return `docker: ${message}\n\nRun 'docker ${verb} --help' for more information`;
}

/** Finds the image or pulls it, then makes the container that the flags of `run` and `create` describe. */
export async function createContainer(
  flags: Flags,
  [name = "", ...command]: readonly string[],
  { publish, mounts, detach }: ContainerOptions & { readonly detach: boolean },
  context: CommandContext,
): Promise<Container> {
  const reference = parsed(name);
  const image = await imageFor(name, reference, flags, context);
  const entrypoint = flags.string("entrypoint");
  return create(context.tx, context.ports, {
    image: image.id,
    imageName: name,
    name: flags.string("name"),
    command,
    entrypoint: entrypoint === undefined ? undefined : [entrypoint],
    env: withValues(flags.list("env")),
    workdir: flags.string("workdir"),
    user: flags.string("user"),
    hostname: flags.string("hostname"),
    labels: labels(flags.list("label")),
    tty: flags.bool("tty"),
    interactive: flags.bool("interactive"),
    detach,
    autoRemove: flags.bool("rm"),
    publish,
    publishAll: flags.bool("publish-all"),
    mounts,
    volumesFrom: flags.list("volumes-from"),
    readOnly: flags.bool("read-only"),
  });
}

/** `verb`: "run" or "create". */
export function checkPullPolicy(flags: Flags, verb: string): void {
  const policy = flags.string("pull") ?? "missing";
  if (["always", "missing", "never"].includes(policy)) return;
  const refusal = `invalid pull option: '${policy}': must be one of "always", "missing" or "never"`;
  throw new CommandError(withHelp(refusal, verb), 125);
}

/** null: an image id. */
function parsed(name: string): Reference | null {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(name)) return null;
  try {
    return parseReference(name);
  } catch (error) {
    if (error instanceof ReferenceError) throw new CommandError(error.message);
    throw error;
  }
}

async function imageFor(
  name: string,
  reference: Reference | null,
  flags: Flags,
  context: CommandContext,
): Promise<Image> {
  const { tx } = context;
  const policy = flags.string("pull") ?? "missing";
  if (reference !== null) checkPlatform(flags.string("platform"), familiar(withDefaultTag(reference)));
  const quiet = flags.bool("quiet");
  if (policy === "always" && reference !== null) {
    await pullWithProgress(reference, { quiet, output: (text) => context.stderr(text) }, context);
  }
  try {
    return findImage(tx.state, name);
  } catch (error) {
    const missing = error instanceof EngineError && error.is("no-such-image");
    if (!missing || policy === "never" || reference === null) throw error;
  }
  if (!quiet) context.stderr(`Unable to find image '${familiar(withDefaultTag(reference))}' locally\n`);
  await pullWithProgress(reference, { quiet, output: (text) => context.stderr(text) }, context);
  return findImage(tx.state, name);
}
