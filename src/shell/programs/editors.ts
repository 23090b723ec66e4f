import { textContent } from "../../core/filesystem/content.ts";
import { basename } from "../../core/filesystem/path.ts";
import { isErrno } from "../../core/filesystem/mount-namespace.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, reason, statOrNull } from "./walk.ts";

async function edit(context: ProgramContext, editor: "vim" | "nano", file: string, readOnly: boolean): Promise<number> {
  const path = absolute(context, file);
  let text: string | null = null;
  let locked = readOnly;
  try {
    text = new TextDecoder().decode(await context.bytes(context.fs.read(path, context.who)));
    try {
      context.fs.access(path, "w", context.who);
    } catch (error) {
      if (!isErrno(error, "EACCES") && !isErrno(error, "EROFS")) throw error;
      locked = true;
    }
  } catch (error) {
    if (isErrno(error, "EISDIR")) {
      context.stderr(`"${file}" is a directory\n`);
      return 1;
    }
    if (!isErrno(error, "ENOENT")) {
      context.stderr(`"${file}" ${reason(error)}\n`);
      return 1;
    }
  }
  const save = (changed: string) => {
    const flags = { write: true, create: true, truncate: true };
    context.fs.write(path, textContent(changed), flags, 0o666, context.who);
  };
  await context.editor.edit({ editor, path: file === "" ? "" : path, text, readOnly: locked, save }, context.signal);
  return 0;
}

/** The version that the package database of the image gives for the editor, if it is written there. */
async function installedVersion(context: ProgramContext, pattern: RegExp): Promise<string | null> {
  for (const path of ["/var/lib/dpkg/status", "/lib/apk/db/installed"]) {
    if (statOrNull(context, path) === null) continue;
    const text = new TextDecoder().decode(await context.bytes(context.fs.read(path, context.who)));
    const record = text.split("\n\n").find((one) => pattern.test(one));
    const version = record && /^(?:Version: |V:)(?:\d+:)?(.*)$/m.exec(record)?.[1];
    if (version) return version;
  }
  return null;
}

const vim: Program = {
  names: ["vim", "vi", "view", "vim.basic", "vim.tiny", "vimdiff", "ex", "editor", "sensible-editor"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "vim");
    const args = argv.slice(1);
    if (args.includes("--version") || args.includes("-version") || args.includes("--help")) {
      const version = await installedVersion(context, /^(Package: vim(-tiny)?|P:vim)$/m);
      const number = /^\d+\.\d+/.exec(version ?? "")?.[0];
      context.stdout(
        context.busybox && called === "vi"
          ? "vi is an applet of busybox here\n"
          : `VIM - Vi IMproved${number ? ` ${number}` : ""}${version ? ` (package ${version})` : ""}\nIn Lamina it is CodeMirror with vim's keys.\n`,
      );
      return 0;
    }
    const files = args.filter((arg) => !/^[-+]/.test(arg));
    if (context.terminal === null) {
      context.stderr(
        "Vim: Warning: Output is not to a terminal\nlamina: an editor needs the terminal; use `docker run -it` or `docker exec -it`\n",
      );
      return 1;
    }
    const [file = ""] = files;
    if (file === "") {
      context.stderr(`lamina: name a file: ${called} FILE (buffers without a name are not simulated)\n`);
      return 1;
    }
    return edit(context, "vim", file, called === "view" || args.includes("-R"));
  },
};

const nano: Program = {
  names: ["nano", "pico", "rnano"],
  async run(argv, context) {
    const files = argv.slice(1).filter((arg) => !/^[-+]/.test(arg));
    if (argv.includes("--version") || argv.includes("-V")) {
      const version = await installedVersion(context, /^(Package: nano|P:nano)$/m);
      context.stdout(
        ` GNU nano${version ? `, version ${version.split("-")[0]}` : ""}\n In Lamina it is CodeMirror with nano's keys.\n`,
      );
      return 0;
    }
    if (context.terminal === null) {
      context.stderr("Standard output is not a terminal\n");
      return 1;
    }
    const [file = ""] = files;
    if (file === "") {
      context.stderr("lamina: name a file: nano FILE (buffers without a name are not simulated)\n");
      return 1;
    }
    return edit(context, "nano", file, argv.includes("-v") || argv.includes("--view"));
  },
};

export const editors: readonly Program[] = [vim, nano];
