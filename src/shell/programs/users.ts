import { basename } from "../../core/filesystem/path.ts";
import { accountChanges } from "./account-changes.ts";
import { accounts, fileText } from "./accounts.ts";
import type { Accounts, User } from "./accounts.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { usageError } from "./walk.ts";

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

export const identity: readonly Program[] = [id, whoami, groups, getent, su, sudo, ...accountChanges];
