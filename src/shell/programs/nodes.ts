import { changeMode } from "./mode.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, attempt, usageError } from "./walk.ts";

const KINDS = { p: "fifo", c: "character", u: "character", b: "block" } as const;

/** Makes a node; a mode that was asked for is not cut by the umask. */
function make(
  context: ProgramContext,
  name: string,
  operand: string,
  node: { readonly kind: "fifo" | "character" | "block"; readonly rdev: readonly [number, number] },
  wish: string | undefined,
): boolean {
  const { fs, who, busybox } = context;
  const path = absolute(context, operand);
  const mode = wish === undefined ? 0o666 : changeMode(wish, 0o666, false, 0);
  if (mode === null) {
    usageError(context, name, "invalid mode");
    return false;
  }
  const words = (why: string) =>
    name === "mkfifo" && !busybox ? `mkfifo: cannot create fifo '${operand}': ${why}` : `${name}: ${operand}: ${why}`;
  return attempt(
    context,
    () => {
      fs.mknod(path, node.kind, mode, node.rdev, who);
      if (wish !== undefined) fs.chmod(path, mode, who);
    },
    words,
  );
}

const mkfifo: Program = {
  names: ["mkfifo"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "m:", long: { "mode=": "m" } });
    if (typeof options === "string") return usageError(context, "mkfifo", options);
    if (options.operands.length === 0) return usageError(context, "mkfifo", "missing operand");
    const made = options.operands.map((operand) =>
      make(context, "mkfifo", operand, { kind: "fifo", rdev: [0, 0] }, options.value("m")),
    );
    return made.includes(false) ? 1 : 0;
  },
};

const mknod: Program = {
  names: ["mknod"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "m:", long: { "mode=": "m" } });
    if (typeof options === "string") return usageError(context, "mknod", options);
    const [operand, type = "", major, minor] = options.operands;
    if (operand === undefined) return usageError(context, "mknod", "missing operand");
    const kind = KINDS[type as keyof typeof KINDS];
    if (kind === undefined)
      return usageError(
        context,
        "mknod",
        type === "" ? `missing operand after '${operand}'` : `invalid device type '${type}'`,
      );
    const rdev = [Number(major ?? 0), Number(minor ?? 0)] as const;
    if (kind !== "fifo" && (minor === undefined || rdev.some(Number.isNaN)))
      return usageError(context, "mknod", "Special files require major and minor device numbers.");
    return make(context, "mknod", operand, { kind, rdev }, options.value("m")) ? 0 : 1;
  },
};

/** Programs that make what is no file and no directory. */
export const nodes: readonly Program[] = [mkfifo, mknod];
