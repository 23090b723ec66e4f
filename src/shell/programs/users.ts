import { bytesContent, textContent } from "../../core/filesystem/content.ts";
import { basename } from "../../core/filesystem/path.ts";
import { accounts, fileText } from "./accounts.ts";
import type { Accounts, User } from "./accounts.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { attempt, reason, statOrNull, usageError } from "./walk.ts";

const id: Program = {
  names: ["id"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "ugGnr",
      long: { user: "u", group: "g", groups: "G", name: "n" },
    });
    if (typeof options === "string") return usageError(context, "id", options);
    const known = await accounts(context);
    const [wanted] = options.operands;
    const user = wanted === undefined ? null : known.user(wanted);
    if (wanted !== undefined && !user) {
      context.stderr(context.busybox ? `id: unknown user ${wanted}\n` : `id: '${wanted}': no such user\n`);
      return 1;
    }
    const { uid, gid } = user ?? context.who;
    const groups = user ? known.groupsOf(user) : [...new Set([gid, ...context.who.groups])];
    const name = options.has("n");
    if (options.has("u")) context.stdout(`${name ? known.userName(uid) : uid}\n`);
    else if (options.has("g")) context.stdout(`${name ? known.groupName(gid) : gid}\n`);
    else if (options.has("G"))
      context.stdout(`${groups.map((one) => (name ? known.groupName(one) : one)).join(" ")}\n`);
    else {
      const shown = (number: number, text: string) => (text === String(number) ? text : `${number}(${text})`);
      const list = groups.map((one) => shown(one, known.groupName(one))).join(",");
      context.stdout(`uid=${shown(uid, known.userName(uid))} gid=${shown(gid, known.groupName(gid))} groups=${list}\n`);
    }
    return 0;
  },
};

const whoami: Program = {
  names: ["whoami", "logname"],
  async run(_argv, context) {
    const user = (await accounts(context)).users.find((one) => one.uid === context.who.uid);
    if (!user) {
      context.stderr(
        context.busybox
          ? `whoami: unknown uid ${context.who.uid}\n`
          : `whoami: cannot find name for user ID ${context.who.uid}\n`,
      );
      return 1;
    }
    context.stdout(`${user.name}\n`);
    return 0;
  },
};

const groups: Program = {
  names: ["groups"],
  async run(argv, context) {
    const known = await accounts(context);
    const user = argv[1] === undefined ? null : known.user(argv[1]);
    if (argv[1] !== undefined && !user) {
      context.stderr(`groups: '${argv[1]}': no such user\n`);
      return 1;
    }
    const list = user ? known.groupsOf(user) : [...new Set([context.who.gid, ...context.who.groups])];
    context.stdout(`${user ? `${user.name} : ` : ""}${list.map((one) => known.groupName(one)).join(" ")}\n`);
    return 0;
  },
};

const getent: Program = {
  names: ["getent"],
  async run(argv, context) {
    const [, database = "", ...keys] = argv;
    const file = {
      passwd: "/etc/passwd",
      group: "/etc/group",
      hosts: "/etc/hosts",
      shadow: "/etc/shadow",
      services: "/etc/services",
    }[database];
    if (file === undefined) {
      context.stderr(`Unknown database: ${database}\n`);
      return 1;
    }
    const lines = (await fileText(context, file)).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const fields = (line: string) => line.split(database === "hosts" ? /\s+/ : ":");
    if (keys.length === 0) context.stdout(lines.map((line) => `${line}\n`).join(""));
    let code = 0;
    for (const key of keys) {
      const line = lines.find((one) =>
        database === "hosts" ? fields(one).includes(key) : fields(one)[0] === key || fields(one)[2] === key,
      );
      if (line === undefined) code = 2;
      else context.stdout(`${line}\n`);
    }
    return code;
  },
};

/** The variables of a login as `user`, and the program to run. */
function asUser(context: ProgramContext, user: User, known: Accounts, login: boolean) {
  const env = new Map(
    login ? [...context.env].filter(([name]) => name === "TERM" || name === "HOSTNAME") : context.env,
  );
  env.set("HOME", user.home);
  env.set("USER", user.name);
  env.set("LOGNAME", user.name);
  env.set("SHELL", user.shell);
  if (login)
    env.set(
      "PATH",
      user.uid === 0 ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" : "/usr/local/bin:/usr/bin:/bin",
    );
  env.delete("PS1");
  const who = { uid: user.uid, gid: user.gid, groups: known.groupsOf(user), umask: context.who.umask };
  return { env, who };
}

const su: Program = {
  names: ["su"],
  async run(argv, context) {
    const login = argv.some((arg) => arg === "-" || arg === "-l" || arg === "--login");
    const options = parseOptions(
      argv.slice(1).filter((arg) => arg !== "-"),
      { short: "lmps:c:", long: { login: "l", "command=": "c", "shell=": "s" } },
    );
    if (typeof options === "string") return usageError(context, "su", options);
    const known = await accounts(context);
    const [name = "root", ...rest] = options.operands;
    const user = known.user(name);
    if (!user) {
      context.stderr(
        context.busybox
          ? `su: unknown user ${name}\n`
          : `su: user ${name} does not exist or the user entry does not contain all the required fields\n`,
      );
      return 1;
    }
    if (context.who.uid !== 0) {
      context.stderr("Password: \nsu: Authentication failure\n");
      return 1;
    }
    const shell = options.value("s") ?? (user.shell === "" ? "/bin/sh" : user.shell);
    const { env, who } = asUser(context, user, known, login);
    const command = options.value("c");
    const cwd = login ? user.home : context.cwd;
    const file = login ? `-${basename(shell)}` : basename(shell);
    if (
      command === undefined &&
      context.openShell([/nologin|false/.test(shell) ? shell : file, ...rest], { env, who, cwd })
    )
      return 0;
    return context.spawn(command === undefined ? [shell, ...rest] : [shell, "-c", command, ...rest], { env, who, cwd });
  },
};

const sudo: Program = {
  names: ["sudo", "gosu", "su-exec", "doas", "setpriv"],
  async run(argv, context) {
    const called = basename(argv[0] ?? "");
    const known = await accounts(context);
    const direct = called === "gosu" || called === "su-exec";
    const options = parseOptions(argv.slice(1), {
      short: "u:EHnis",
      stopAtOperand: true,
      long: { "user=": "u", "reuid=": "u", "regid=": "g", "clear-groups": "n", "init-groups": "n" },
    });
    if (typeof options === "string") return usageError(context, called, options);
    const [first = "", ...others] = options.operands;
    const name = direct ? (first.split(":")[0] ?? "") : (options.value("u") ?? "root");
    const command = direct ? others : options.operands;
    const user = known.user(name);
    if (!user) {
      context.stderr(
        direct
          ? `error: failed switching to "${name}": unable to find user ${name}: no matching entries in passwd file\n`
          : `${called}: unknown user ${name}\n`,
      );
      return 1;
    }
    if (context.who.uid !== 0) {
      context.stderr(
        called === "sudo"
          ? "sudo: a terminal is required to read the password\n"
          : `${called}: operation not permitted\n`,
      );
      return 1;
    }
    const { env, who } = asUser(context, user, known, false);
    if (command.length === 0) {
      if (
        (options.has("i") || options.has("s")) &&
        context.openShell([user.shell || "/bin/sh"], { env, who, cwd: options.has("i") ? user.home : context.cwd })
      )
        return 0;
      return usageError(context, called, "no command given");
    }
    return context.spawn(command, { env, who });
  },
};

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

export const identity: readonly Program[] = [id, whoami, groups, getent, su, sudo, groupadd, useradd, remove, passwd];
