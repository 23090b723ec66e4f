import { readContent } from "../core/filesystem/content.ts";
import { FileSystemError } from "../core/filesystem/errno.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { InteractiveShell } from "./bash/interactive.ts";
import type { Flavour } from "./bash/messages.ts";
import { defaultPrompt, expandPrompt } from "./bash/prompt.ts";
import { quote } from "./bash/shell.ts";
import type { OpenWish, ShellOptions } from "./bash/shell.ts";
import type { ProcessEntry } from "./filesystem/proc.ts";
import { shellFlavour } from "./program-context.ts";

/** One interactive shell of a session; `bash` or `su` typed in it puts another one over it. */
export interface Level {
  readonly shell: InteractiveShell;
  readonly entry: ProcessEntry;
  /** What it was opened as. */
  readonly opened: Required<Pick<OpenWish, "argv" | "who" | "flavour">>;
  prompt(): string;
}

type LevelOptions = Pick<ShellOptions, "machine" | "sink" | "terminal" | "open" | "run"> & {
  readonly lineSignal: () => AbortSignal;
};

/** The files that a shell reads before its first prompt. (bash(1) "INVOCATION"; Debian's bash adds /etc/bash.bashrc) */
function startupFiles(flavour: Flavour, login: boolean, home: string, env: ReadonlyMap<string, string>): string[] {
  const of = (path: string) => `if [ -f ${quote(path)} ]; then . ${quote(path)}; fi`;
  const profile = `for f in .bash_profile .bash_login .profile; do if [ -f ${quote(home)}/$f ]; then . ${quote(home)}/$f; break; fi; done`;
  if (login) return [of("/etc/profile"), flavour === "bash" ? profile : of(`${home}/.profile`)];
  if (flavour === "bash") return [of("/etc/bash.bashrc"), of(`${home}/.bashrc`)];
  const more = env.get("ENV");
  return more ? [of(more)] : [];
}

export async function startLevel(wish: OpenWish, entry: ProcessEntry, options: LevelOptions): Promise<Level> {
  const { machine } = options;
  const [name = "sh", ...flags] = wish.argv;
  const flavour = wish.flavour ?? shellFlavour(machine.fs, name.replace(/^-/, ""), wish.env.get("PATH") ?? "");
  const login = name.startsWith("-") || flags.some((flag) => flag === "--login" || /^-[a-z]*l/.test(flag));
  const user = await userOf(wish.who.uid, machine.fs, machine.deps.layers.readStored);
  const env = new Map(wish.env);
  if (wish.memory === undefined) env.set("SHLVL", String(Number(env.get("SHLVL") ?? 0) + 1));
  env.set("PWD", wish.cwd);
  const home = env.get("HOME") ?? user.home;
  const shell = new InteractiveShell({ ...options, who: wish.who, cwd: wish.cwd, env, name, flavour });
  const ps1 = env.has("PS1") ? [] : [`PS1=${quote(defaultPrompt(flavour, wish.who.uid === 0))}`];
  const norc = flags.includes("--norc") || flags.includes("--noprofile");
  const files = norc ? [] : startupFiles(flavour, login, home, env);
  const prologue = [...ps1, "PS2='> '", "shopt -s expand_aliases"];
  if (wish.memory === undefined) await shell.start([...prologue, ...files]);
  else await shell.resume(prologue, wish.memory);
  const prompt = () => {
    if (shell.reading) return "";
    const { all, cwd } = shell.variables;
    const text = shell.unfinished
      ? (all.get("PS2") ?? "> ")
      : (all.get("PS1") ?? defaultPrompt(flavour, wish.who.uid === 0));
    return expandPrompt(text, {
      flavour,
      user: user.name,
      hostname: machine.hostname,
      cwd,
      home: all.get("HOME") ?? home,
      root: wish.who.uid === 0,
      variables: all,
      now: machine.deps.clock.now(),
      status: shell.status,
    });
  };
  return { shell, entry, opened: { argv: wish.argv, who: wish.who, flavour }, prompt };
}

async function userOf(
  uid: number,
  fs: ShellFs,
  readStored: Parameters<typeof readContent>[1],
): Promise<{ name: string; home: string }> {
  const unknown = { name: "I have no name!", home: "/" };
  try {
    const text = new TextDecoder().decode(await readContent(fs.read("/etc/passwd", root), readStored));
    const fields = text.split("\n").map((line) => line.split(":"));
    const entry = fields.find((parts) => parts[2] === String(uid));
    return entry ? { name: entry[0] ?? "", home: entry[5] ?? "/" } : unknown;
  } catch (error) {
    if (error instanceof FileSystemError) return unknown;
    throw error;
  }
}
type ShellFs = LevelOptions["machine"]["fs"];
