import { bytesContent, textContent } from "../../core/filesystem/content.ts";
import { basename } from "../../core/filesystem/path.ts";
import { accounts, fileText } from "./accounts.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { attempt, reason, statOrNull, usageError } from "./walk.ts";

/** Puts `line` at the end of an account file, through the union filesystem. */
async function appendLine(context: ProgramContext, path: string, line: string): Promise<void> {
  const text = await fileText(context, path);
  const before = text === "" || text.endsWith("\n") ? "" : "\n";
  context.fs.write(
    path,
    textContent(`${before}${line}\n`),
    { write: true, append: true, create: true },
    0o644,
    context.who,
  );
}

const nextId = (taken: readonly number[], from: number): number => {
  let next = from;
  while (taken.includes(next)) next += 1;
  return next;
};

const groupadd: Program = {
  names: ["groupadd", "addgroup"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const options = parseOptions(argv.slice(1), { short: "rSfg:", long: { system: "r", "gid=": "g", force: "f" } });
    if (typeof options === "string") return usageError(context, called, options, 2);
    const known = await accounts(context);
    const [name = "", member] =
      called === "addgroup" && options.operands.length === 2
        ? [options.operands[1], options.operands[0]]
        : options.operands;
    if (member !== undefined) return joinGroup(context, member, name);
    if (known.groups.some((group) => group.name === name)) {
      context.stderr(
        called === "addgroup" ? `addgroup: group '${name}' in use\n` : `groupadd: group '${name}' already exists\n`,
      );
      return options.has("f") ? 0 : 9;
    }
    const system = options.has("r") || options.has("S");
    const gid = Number(
      options.value("g") ??
        nextId(
          known.groups.map((group) => group.gid),
          system ? 100 : 1000,
        ),
    );
    return writeAccounts(context, called, async () => appendLine(context, "/etc/group", `${name}:x:${gid}:`));
  },
};

async function writeAccounts(context: ProgramContext, name: string, work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    context.stderr(`${name}: ${reason(error)}.\n${name}: cannot lock /etc/passwd; try again later.\n`);
    return 1;
  }
}

async function joinGroup(context: ProgramContext, user: string, group: string): Promise<number> {
  const text = await fileText(context, "/etc/group");
  const lines = text.split("\n").map((line) => {
    const [name, password, gid, members = ""] = line.split(":");
    if (name !== group || members.split(",").includes(user)) return line;
    return [name, password, gid, members === "" ? user : `${members},${user}`].join(":");
  });
  return writeAccounts(context, "usermod", async () => replace(context, "/etc/group", lines.join("\n")));
}

function replace(context: ProgramContext, path: string, text: string): void {
  context.fs.write(
    path,
    bytesContent(new TextEncoder().encode(text)),
    { write: true, truncate: true, create: true },
    0o644,
    context.who,
  );
}

const useradd: Program = {
  names: ["useradd", "adduser"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const long = {
      system: "r",
      "create-home": "m",
      "no-create-home": "M",
      "home-dir=": "d",
      "home=": "d",
      "shell=": "s",
      "uid=": "u",
      "gid=": "g",
      "groups=": "G",
      "ingroup=": "g",
      "comment=": "c",
      "gecos=": "c",
      "disabled-password": "D",
      "disabled-login": "D",
      group: "x",
      "no-log-init": "l",
      "user-group": "U",
    };
    const options = parseOptions(argv.slice(1), {
      short: called === "adduser" ? "SDHh:s:u:G:g:" : "rmMlUNs:d:u:g:G:c:",
      long,
    });
    if (typeof options === "string") return usageError(context, called, options, 2);
    const known = await accounts(context);
    const [name = "", group] = options.operands;
    if (name === "") return usageError(context, called, "missing user name", 2);
    if (called === "adduser" && group !== undefined) return joinGroup(context, name, group);
    if (known.users.some((user) => user.name === name)) {
      context.stderr(
        called === "useradd" ? `useradd: user '${name}' already exists\n` : `adduser: user '${name}' in use\n`,
      );
      return 9;
    }
    const system = options.has("r") || (called === "adduser" && options.has("S"));
    const ids = [...known.users.map((user) => user.uid), ...known.groups.map((one) => one.gid)];
    const uid = Number(options.value("u") ?? nextId(ids, system ? 100 : 1000));
    const chosen = context.busybox ? options.value("G") : options.value("g");
    const gid = chosen === undefined ? uid : (known.group(chosen)?.gid ?? uid);
    const home = options.value("d") ?? options.value("h") ?? `/home/${name}`;
    const shell =
      options.value("s") ??
      (context.busybox ? (system ? "/sbin/nologin" : "/bin/ash") : system ? "/usr/sbin/nologin" : "/bin/sh");
    const comment = options.value("c") ?? (context.busybox ? (context.busybox && !system ? "Linux User" : "") : "");
    return writeAccounts(context, called, async () => {
      if (chosen === undefined) await appendLine(context, "/etc/group", `${name}:x:${gid}:`);
      await appendLine(context, "/etc/passwd", `${name}:x:${uid}:${gid}:${comment}:${home}:${shell}`);
      if (statOrNull(context, "/etc/shadow"))
        await appendLine(
          context,
          "/etc/shadow",
          `${name}:!:${Math.floor(context.clock.now() / 86_400_000)}:0:99999:7:::`,
        );
      const wantsHome = options.has("m") || (called === "adduser" && !system && !options.has("H"));
      if (wantsHome && statOrNull(context, home) === null) {
        context.fs.mkdir(home, 0o755, context.who);
        context.fs.chown(home, uid, gid, context.who);
      }
      for (const extra of options.value("G")?.split(",") ?? [])
        if (!context.busybox) await joinGroup(context, name, extra);
    });
  },
};

const remove: Program = {
  names: ["userdel", "deluser", "groupdel", "delgroup"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const [name = ""] = argv.slice(1).filter((arg) => !arg.startsWith("-"));
    const isUser = called.includes("user");
    const files = isUser ? ["/etc/passwd", "/etc/shadow", "/etc/group"] : ["/etc/group"];
    const text = await fileText(context, files[0] ?? "");
    if (!text.split("\n").some((line) => line.startsWith(`${name}:`))) {
      context.stderr(`${called}: ${isUser ? "user" : "group"} '${name}' does not exist\n`);
      return 6;
    }
    return writeAccounts(context, called, async () => {
      for (const path of files) {
        if (statOrNull(context, path) === null) continue;
        const lines = (await fileText(context, path)).split("\n");
        replace(context, path, lines.filter((line) => !line.startsWith(`${name}:`)).join("\n"));
      }
    });
  },
};

const passwd: Program = {
  names: ["passwd", "chpasswd", "usermod", "chsh", "gpasswd"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const options = parseOptions(argv.slice(1), {
      short: "aldueSG:s:d:a:",
      long: { append: "a", "groups=": "G", "shell=": "s" },
    });
    const [user = ""] = typeof options === "string" ? [] : options.operands.slice(-1);
    if (typeof options !== "string" && called === "usermod") {
      let code = 0;
      for (const group of options.value("G")?.split(",") ?? [])
        code = Math.max(code, await joinGroup(context, user, group));
      const shell = options.value("s");
      if (shell !== undefined) {
        const lines = (await fileText(context, "/etc/passwd"))
          .split("\n")
          .map((line) => (line.startsWith(`${user}:`) ? line.replace(/[^:]*$/, shell) : line));
        if (
          !attempt(
            context,
            () => replace(context, "/etc/passwd", lines.join("\n")),
            (why) => `usermod: ${why}`,
          )
        )
          code = 1;
      }
      return code;
    }
    context.stderr(`lamina: ${called}: passwords are not simulated; nothing was changed\n`);
    return 1;
  },
};

/** Programs that change /etc/passwd, /etc/group and /etc/shadow. */
export const accountChanges: readonly Program[] = [groupadd, useradd, remove, passwd];
