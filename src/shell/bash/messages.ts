/** Which shell the image's file is. */
export type Flavour = "bash" | "dash" | "ash";

export interface Speaker {
  readonly name: string;
  readonly flavour: Flavour;
  /** The script that speaks; null at a prompt. */
  readonly source: string | null;
}

/** What just-bash says when one of its limits is reached. */
export const STOPPED =
  /^bash: .*(too many iterations|iteration limit|limit exceeded|maximum (loop|command|recursion))/m;

/** just-bash always speaks as bash at a prompt; this puts its messages into the words of the shell at hand. */
export function corrected(text: string, speaker: Speaker): string {
  return text
    .split("\n")
    .map((line) => message(line, speaker))
    .join("\n");
}

function message(line: string, { name, flavour, source }: Speaker): string {
  if (STOPPED.test(line)) return `lamina: stopped: ${line.replace(/^bash: /, "").replace(/[,.] [Ii]ncrease .*$/, "")}`;
  // It names the programs it leaves out of browsers; here they are files like any other, and this one is not there.
  const said = /^bash: (?:eval: )?(.*)$/
    .exec(line)?.[1]
    ?.replace(/: command not available in browser environments\..*$/, ": command not found");
  if (said === undefined) return line;
  if (flavour === "bash")
    return source === null ? `bash: ${said}` : `${source}: ${source === "bash" ? "line 1: " : ""}${said}`;
  const speakerName = source ?? name;
  const at = flavour === "dash" ? `${speakerName}: 1: ` : `${speakerName}: `;
  const missing = /^(.*): command not found$/.exec(said);
  if (missing) return `${at}${missing[1]}: not found`;
  const cd = /^cd: (.*): No such file or directory$/.exec(said);
  if (cd)
    return flavour === "dash"
      ? `${at}cd: can't cd to ${cd[1]}`
      : `${at}cd: can't cd to ${cd[1]}: No such file or directory`;
  const file =
    /^([^:]+): (No such file or directory|Not a directory|Permission denied|Is a directory|Read-only file system)$/.exec(
      said,
    );
  if (file) {
    const nowhere = file[2]?.startsWith("No") === true;
    if (flavour === "dash") return `${at}cannot create ${file[1]}: ${nowhere ? "Directory nonexistent" : file[2]}`;
    return `${at}can't create ${file[1]}: ${nowhere ? "nonexistent directory" : file[2]}`;
  }
  return at + said;
}
