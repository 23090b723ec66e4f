import type { ProcessContext, ShellCommand } from "../../command.ts";
import { Files } from "../files.ts";
import {
  best,
  type Choice,
  choose,
  current,
  groupNames,
  installAlternative,
  type LinkGroup,
  readGroup,
  removeAlternatives,
} from "./alternatives.ts";

/** update-alternatives(1). */
export const updateAlternatives: ShellCommand = {
  names: ["update-alternatives"],
  async run(argv, context) {
    const [action = "", ...words] = argv.slice(1).filter((word) => word !== "--quiet");
    const files = new Files(context);
    if (action === "--get-selections") {
      for (const name of groupNames(files)) {
        const group = await readGroup(name, files);
        if (group) context.stdout(`${name.padEnd(30)} ${group.mode.padEnd(8)} ${current(name, files) ?? ""}\n`);
      }
      return 0;
    }
    if (action === "--install" && words.length >= 4) {
      const [link = "", name = "", path = "", priority = ""] = words;
      if (!files.behind(path)) return fail(`alternative path ${path} doesn't exist`, context);
      await installAlternative({ link, name, path, priority: Number(priority) }, files, context);
      return 0;
    }
    const [name = "", path = ""] = words;
    const known = ["--list", "--display", "--query", "--config", "--set", "--auto", "--remove"];
    if (!known.includes(action))
      return fail(
        action === ""
          ? "need --display, --query, --list, --get-selections, --config, --set, --set-selections, --install, --remove, --all, --remove-all or --auto"
          : `unknown argument '${action}'`,
        context,
      );
    const group = await readGroup(name, files);
    if (!group) return fail(`no alternatives for ${name}`, context);
    const choice = group.choices.find((one) => one.path === path);
    switch (action) {
      case "--list":
        for (const one of group.choices) context.stdout(`${one.path}\n`);
        return 0;
      case "--display":
        context.stdout(display(group, files));
        return 0;
      case "--query":
        context.stdout(query(group, files));
        return 0;
      case "--config":
        return config(group, files, context);
      case "--auto":
        await choose(group, null, files, context);
        return 0;
      case "--remove":
        await removeAlternatives(new Set([path]), files, context);
        return 0;
      default:
        if (!choice) return fail(`alternative ${path} for ${name} not registered; not setting`, context);
        await choose(group, choice, files, context);
        return 0;
    }
  },
};

function fail(text: string, context: ProcessContext): number {
  context.stderr(`update-alternatives: error: ${text}\n`);
  return 2;
}

function slaveLines(group: LinkGroup, choice: Choice): string[] {
  return group.slaves.flatMap(({ name }, index) => {
    const target = choice.slaves[index] ?? "";
    return target === "" ? [] : [`  slave ${name}: ${target}`];
  });
}

function display(group: LinkGroup, files: Files): string {
  const { name, mode, link, slaves, choices } = group;
  return [
    `${name} - ${mode} mode`,
    `  link best version is ${best(group)?.path ?? ""}`,
    `  link currently points to ${current(name, files) ?? ""}`,
    `  link ${name} is ${link}`,
    ...slaves.map((slave) => `  slave ${slave.name} is ${slave.link}`),
    ...choices.flatMap((choice) => [`${choice.path} - priority ${choice.priority}`, ...slaveLines(group, choice)]),
    "",
  ].join("\n");
}

function query(group: LinkGroup, files: Files): string {
  const { name, mode, link, slaves, choices } = group;
  const slaveField = slaves.length > 0 ? ["Slaves:", ...slaves.map((slave) => ` ${slave.name} ${slave.link}`)] : [];
  const blocks = choices.map((choice) => {
    const targets = group.slaves.flatMap((slave, index) =>
      choice.slaves[index] ? [` ${slave.name} ${choice.slaves[index]}`] : [],
    );
    return [
      "",
      `Alternative: ${choice.path}`,
      `Priority: ${choice.priority}`,
      ...(targets.length > 0 ? ["Slaves:", ...targets] : []),
    ];
  });
  return [
    `Name: ${name}`,
    `Link: ${link}`,
    ...slaveField,
    `Status: ${mode}`,
    `Best: ${best(group)?.path ?? ""}`,
    `Value: ${current(name, files) ?? "none"}`,
    ...blocks.flat(),
    "",
  ].join("\n");
}

async function config(group: LinkGroup, files: Files, context: ProcessContext): Promise<number> {
  const { name, mode, link, choices } = group;
  const [only] = choices;
  if (choices.length === 1 && only && mode === "auto") {
    context.stdout(
      `There is only one alternative in link group ${name} (providing ${link}): ${only.path}\nNothing to configure.\n`,
    );
    return 0;
  }
  const automatic = best(group);
  const rows = [
    { number: 0, choice: automatic, mode: "auto" },
    ...choices.map((choice, index) => ({ number: index + 1, choice, mode: "manual" })),
  ];
  const width = Math.max(4, ...choices.map(({ path }) => path.length)) + 1;
  const chosen = current(name, files);
  context.stdout(`There are ${choices.length} choices for the alternative ${name} (providing ${link}).\n\n`);
  context.stdout(`  Selection    ${"Path".padEnd(width)}  Priority   Status\n${"-".repeat(60)}\n`);
  for (const row of rows) {
    const isCurrent = row.mode === mode && row.choice?.path === chosen;
    context.stdout(
      `${isCurrent ? "*" : " "} ${String(row.number).padEnd(12)} ${(row.choice?.path ?? "").padEnd(width)} ${String(row.choice?.priority ?? 0).padStart(3)}        ${row.mode} mode\n`,
    );
  }
  context.stdout("\nPress <enter> to keep the current choice[*], or type selection number: ");
  const answer = new TextDecoder().decode(context.stdin).split("\n")[0]?.trim() ?? "";
  context.stdout("\n");
  const row = rows.find(({ number }) => String(number) === answer);
  if (row) await choose(group, row.number === 0 ? null : (row.choice ?? null), files, context);
  return 0;
}
