import { kernel, machine } from "../../engine/host-machine.ts";
import { runDocker } from "../docker.ts";
import { ansic } from "../format/time.ts";
import { CommandError } from "../verb.ts";
import { filters, type HostProgram } from "./filters.ts";

const USER = "learner";
export const HOME = `/home/${USER}`;

const docker: HostProgram = (args, { context }) => runDocker(args, context);

const echo: HostProgram = (args, { context }) => {
  const flags = args.findIndex((word) => !/^-[neE]+$/.test(word));
  const [options, words] = flags < 0 ? [args, []] : [args.slice(0, flags), args.slice(flags)];
  const text = words.join(" ");
  const escaped = options.some((word) => word.includes("e"))
    ? text.replace(/\\([ntr\\])/g, (_, letter: string) => ({ n: "\n", t: "\t", r: "\r" })[letter] ?? "\\")
    : text;
  context.stdout(escaped + (options.some((word) => word.includes("n")) ? "" : "\n"));
  return 0;
};

const uname: HostProgram = (args, { context }) => {
  const facts: Readonly<Record<string, string>> = {
    s: kernel.name,
    n: machine.name,
    r: kernel.release,
    v: kernel.version,
    m: kernel.machine,
    o: "GNU/Linux",
  };
  const letters = args.join("").replaceAll("-", "") || "s";
  const wanted = letters.includes("a") ? "snrvmo" : letters;
  for (const letter of wanted) if (!(letter in facts)) throw new CommandError(`uname: invalid option -- '${letter}'`);
  context.stdout(
    `${[..."snrvmo"]
      .filter((letter) => wanted.includes(letter))
      .map((letter) => facts[letter])
      .join(" ")}\n`,
  );
  return 0;
};

const date: HostProgram = (_, { context }) => {
  const words = ansic(context.ports.clock.now()).split(" ");
  context.stdout(`${[...words.slice(0, -1), "UTC", words.at(-1)].join(" ")}\n`);
  return 0;
};

/** "2", "0.5", "1m". */
const sleep: HostProgram = async ([amount = ""], { context }) => {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(amount) ?? [];
  if (number === undefined)
    throw new CommandError(amount === "" ? "sleep: missing operand" : `sleep: invalid time interval ‘${amount}’`);
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400 }[unit || "s"] ?? 1;
  await context.ports.clock.sleep(Number(number) * seconds * 1000, context.signal);
  return 0;
};

const sudo: HostProgram = (args, process) => {
  const [name, ...rest] = args.filter((word, index) => index > 0 || word !== "-E");
  if (name === undefined) throw new CommandError("usage: sudo command [arg ...]");
  return runProgram(name, rest, process);
};

/** `docker ps -q | xargs docker rm`: all words of the input as arguments of one command. */
const xargs: HostProgram = async (args, process) => {
  const quiet = args[0] === "-r" || args[0] === "--no-run-if-empty";
  const [name = "echo", ...rest] = quiet ? args.slice(1) : args;
  const words = (process.stdin ?? "").split(/\s+/).filter(Boolean);
  if (quiet && words.length === 0) return 0;
  // xargs reports any failure of its command as 123.
  return (await runProgram(name, [...rest, ...words], { ...process, stdin: "" })) === 0 ? 0 : 123;
};

const help: HostProgram = (_, { context }) => {
  context.stdout(`This terminal is the host's: the machine that runs docker. It is simulated, in this page.

  docker --help                      all commands
  docker pull ubuntu:22.04           fetch an image
  docker run -it ubuntu:22.04 bash   start a container and open a shell in it
  docker ps -a                       the containers of this host
  docker images                      the images of this host

Besides docker there are: ${Object.keys(programs)
    .filter((name) => name !== "docker")
    .toSorted()
    .join(" ")}.
`);
  return 0;
};

const say =
  (text: string): HostProgram =>
  (_, { context }) => {
    if (text !== "") context.stdout(`${text}\n`);
    return 0;
  };

const stay: HostProgram = (_, { context }) => {
  context.stdout("(This is the host's own terminal: it stays open. A container's shell ends with `exit`.)\n");
  return 0;
};

/** Everything the host's terminal can run. */
export const programs: Readonly<Record<string, HostProgram>> = {
  docker,
  ...filters,
  clear: (_, { context }) => {
    context.stdout("\x1b[H\x1b[2J\x1b[3J");
    return 0;
  },
  date,
  echo,
  exit: stay,
  false: () => 1,
  help,
  hostname: say(machine.name),
  logout: stay,
  ls: say(""),
  pwd: say(HOME),
  sleep,
  sudo,
  true: () => 0,
  uname,
  whoami: say(USER),
  xargs,
};

/** The note is for people: a script only looks at the code. */
const NOTE =
  "(This is a simulated host: `docker` is the tool here, and `help` lists what there is. Other programs run in a container.)\n";

export async function runProgram(
  name: string,
  args: readonly string[],
  process: Parameters<HostProgram>[1],
): Promise<number> {
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  try {
    if (program) return await program(args, process);
  } catch (error) {
    if (!(error instanceof CommandError)) {
      if (process.context.signal.aborted) return 130;
      throw error;
    }
    process.context.stderr(`${error.message}\n`);
    return error.exitCode;
  }
  process.context.stderr(
    name.includes("/") ? `bash: ${name}: No such file or directory\n` : `bash: ${name}: command not found\n`,
  );
  process.context.stderr(NOTE);
  return 127;
}
