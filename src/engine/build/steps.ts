import { textContent } from "../../core/filesystem/content.ts";
import type { OverlayEvent } from "../../core/overlay/event.ts";
import { changed, commandLine } from "../changes.ts";
import { changeFiles, viewOf } from "../mount.ts";
import { rawWords, expandWord } from "../words.ts";
import { BuildError } from "./build-error.ts";
import { argumentValues, put } from "./arguments.ts";
import { destinationPath, makeOwned, modeOf, ownerOf, placeSelection, unpacked } from "./copy.ts";
import type { ArgInstruction, ConfigInstruction, CopyInstruction, Instruction, RunInstruction } from "./dockerfile.ts";
import { withFlags } from "./dockerfile.ts";
import { heredocName, type Line } from "./lines.ts";
import { runStep } from "./run.ts";
import { checksum, MissingSource, select, type Selected, type SourceFiles } from "./source-files.ts";
import type { StageWork } from "./stage-work.ts";

/** What the instructions of a stage need from outside it. */
export interface Around {
  readonly given: ReadonlyMap<string, string>;
  readonly globals: ReadonlyMap<string, string>;
  /** The files of a COPY --from, or of the context (null). */
  source(from: string | null, line: Line): Promise<SourceFiles>;
  /** Tells once that the context is loaded. */
  readonly contextLoaded: () => void;
}

/** Does one instruction in its stage. Throws `BuildError`. */
export function doInstruction(work: StageWork, instruction: Instruction, around: Around): Promise<void> {
  switch (instruction.keyword) {
    case "ARG":
      return declare(work, instruction, around);
    case "RUN":
      return runInstruction(work, instruction, around);
    case "CONFIG":
      return configure(work, instruction, around);
    default:
      return copyInstruction(work, instruction, around);
  }
}

async function declare(work: StageWork, instruction: ArgInstruction, around: Around): Promise<void> {
  const { escape } = work.tools;
  const values = argumentValues(instruction, { ...around, variables: work.variables, escape });
  for (const [name, value] of values) {
    if (value !== null) work.setVariable(name, value);
    work.args.set(name, value ?? "");
  }
  const said = values.map(([name, value]) => (value === null ? name : `${name}=${value}`));
  work.note(instruction.line, `ARG ${said.join(" ")}`);
}

async function configure(work: StageWork, { line }: ConfigInstruction, around: Around): Promise<void> {
  const { keyword } = line;
  const { escape } = work.tools;
  const scope = { changed: work.changed, variables: work.variables, words: { escape } };
  const before = work.config;
  const { config, said } = changed(before, keyword, withFlags(line), scope);
  work.config = keyword === "CMD" ? { ...config, ArgsEscaped: true } : config;
  if (keyword === "ENV") {
    const named = new Set(rawWords(line.rest, escape).map((word) => word.split("=", 1)[0]));
    for (const entry of config.Env ?? []) {
      const [name = ""] = entry.split("=", 1);
      if (named.has(name) || !before.Env?.includes(entry)) work.setVariable(name, entry.slice(name.length + 1));
    }
  }
  if (keyword === "MAINTAINER") work.author = line.rest;
  if (keyword === "WORKDIR" && config.WorkingDir !== "/") return makeWorkdir(work, line, said, around);
  if (keyword !== "ONBUILD") work.note(line, said);
}

async function makeWorkdir(work: StageWork, line: Line, createdBy: string, around: Around): Promise<void> {
  const { tx, ports } = work.tools;
  const path = work.config.WorkingDir ?? "/";
  const user = work.config.User ?? "";
  await work.layer(
    {
      line,
      shown: work.shownText(line),
      createdBy,
      key: ["WORKDIR", path, user],
      async work() {
        const owner = user === "" ? null : await ownerIn(work, user);
        changeFiles(tx, work.container, ports.clock.now(), (fs) => makeOwned(fs, path, owner));
      },
    },
    around.contextLoaded,
  );
}

async function ownerIn(work: StageWork, user: string): Promise<{ uid: number; gid: number }> {
  const { tx, ports } = work.tools;
  const container = tx.state.containers.get(work.container);
  if (container === undefined) throw new RangeError(`no container ${work.container}`);
  return ownerOf(viewOf(tx.state, container), user, ports.layers.readStored);
}

async function runInstruction(work: StageWork, { line, argv: exec }: RunInstruction, around: Around): Promise<void> {
  const { tx, ports, signal } = work.tools;
  if (line.flags.some((flag) => !flag.startsWith("--network=") && !flag.startsWith("--security="))) {
    throw new BuildError(
      `${line.flags.join(" ")} of RUN is not simulated in Lamina; the nearest is RUN without it`,
      line,
    );
  }
  const argv = exec ?? commandLine(script(line), work.config);
  const args = [...work.args].map(([name, value]) => `${name}=${work.variables(name) ?? value}`);
  const counted = args.length > 0 ? [`|${args.length}`, ...args] : [];
  const { WorkingDir: workdir = "", User: user = "" } = work.config;
  const { env } = work;
  await work.layer(
    {
      line,
      shown: `${work.shownText(line)}${summary(line)}`,
      createdBy: `RUN ${[...counted, ...argv].join(" ")} # buildkit`,
      key: ["RUN", argv, env, workdir, user],
      async work(vertex) {
        const log = (text: string): void => vertex.log(text);
        const output = { stdout: log, stderr: log };
        const code = await runStep(tx, ports, work.container, { argv, env, workdir, user, output, signal });
        if (code === 0) return;
        const command = JSON.stringify(argv.join(" "));
        throw new BuildError(`process ${command} did not complete successfully: exit code: ${code}`, line);
      },
    },
    around.contextLoaded,
  );
}

/** What the shell gets: a text alone is the script; otherwise the shell reads the texts itself. */
function script({ rest, heredocs }: Line): string {
  const [only] = heredocs;
  if (only === undefined) return rest;
  if (heredocName(rest) !== null) return only.content;
  return [rest, ...heredocs.map(({ content, name }) => content + name)].join("\n");
}

function summary({ rest, heredocs: [first] }: Line): string {
  if (first === undefined || heredocName(rest) === null) return "";
  const lines = first.content.trim().split("\n");
  return ` (${lines[0] ?? ""}${lines.length > 1 ? "..." : ""})`;
}

async function copyInstruction(work: StageWork, instruction: CopyInstruction, around: Around): Promise<void> {
  const { tx, ports, escape } = work.tools;
  const { readStored } = ports.layers;
  const { keyword, line } = instruction;
  const text = (word: string): string => put(line, word, work.variables, escape);
  const shown = work.shownText(line);
  const sources = instruction.sources.map(text);
  const remote = sources.find((source) => /^(https?:\/\/|git@|git:\/\/)/.test(source));
  if (remote !== undefined) {
    const nearest = "COPY of a file that is in the context";
    throw new BuildError(
      `${keyword} ${remote} is not simulated in Lamina: there is no network; the nearest is ${nearest}`,
      line,
    );
  }
  const chown = instruction.chown === null ? null : text(instruction.chown);
  const chmod = instruction.chmod === null ? null : text(instruction.chmod);
  const mode = chmod === null ? null : modeOf(chmod, line);
  const destination = text(instruction.destination);
  const path = destinationPath(work.config.WorkingDir ?? "/", destination);
  const files = await around.source(instruction.from === null ? null : text(instruction.from), line);
  const selection: Selected[] = [];
  for (const source of sources) {
    try {
      selection.push(...select(files, source));
    } catch (error) {
      if (!(error instanceof MissingSource)) throw error;
      work.settleFrom(false);
      around.contextLoaded();
      const step = `failed to calculate checksum of ref ${refName(work)}: ${error.message}`;
      return work.failedStep(shown, new BuildError(`failed to compute cache key: ${step}`, line, step));
    }
  }
  const texts = line.heredocs.map(({ name, content, expand }): Selected => {
    const written = expand ? expandWord(content, work.variables, { escape, text: true }) : content;
    const bytes = textContent(written);
    const entry = {
      kind: "file",
      path: "",
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtime: ports.clock.now() / 1000,
      content: bytes,
    } as const;
    return { name, isDirectory: false, entries: [entry] };
  });
  const taken = keyword === "ADD" ? await unpacked(selection, readStored) : selection;
  const flags = [...(chown === null ? [] : [`--chown=${chown}`]), ...(chmod === null ? [] : [`--chmod=${chmod}`])];
  const said = [keyword, ...flags, ...sources, ...line.heredocs.map(({ name }) => `<<${name}`), destination];
  await work.layer(
    {
      line,
      shown,
      createdBy: `${said.join(" ")} # buildkit`,
      key: [keyword, path, chown, chmod, sources, await checksum([...selection, ...texts], readStored)],
      async work() {
        const owner = chown === null ? null : await ownerIn(work, chown);
        const to = { path, owner, mode };
        const all = [...taken, ...texts];
        changeFiles(tx, work.container, ports.clock.now(), (fs) => placeSelection(fs, all, to, line), isPlacing);
      },
    },
    around.contextLoaded,
  );
}

/** A file that is put somewhere is told once; that it then gets its bytes, owner and time goes without saying. */
const isPlacing = ({ type }: OverlayEvent): boolean => type !== "write" && type !== "attributes";

/** A name as BuildKit gives its snapshots: a session, and 25 letters and digits. */
function refName(work: StageWork): string {
  const hex = work.tools.ports.random.hex(32);
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  return `${uuid}::${BigInt(`0x${hex}`).toString(36).slice(0, 25)}`;
}
