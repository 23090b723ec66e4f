import { changed, CONFIG_INSTRUCTIONS, jsonWords } from "../changes.ts";
import { EngineError } from "../error.ts";
import { noVariables, rawWords } from "../words.ts";
import { BuildError, parseError } from "./build-error.ts";
import { heredocName, type Line, readLines } from "./lines.ts";
import { nearest } from "./suggest.ts";

/** `ARG NAME` or `ARG NAME=default`; the default as it is written. */
export interface ArgInstruction {
  readonly keyword: "ARG";
  readonly line: Line;
  readonly args: readonly { readonly name: string; readonly value: string | null }[];
}

export interface RunInstruction {
  readonly keyword: "RUN";
  readonly line: Line;
  /** The exec form; null: `line.rest` is for the shell. */
  readonly argv: readonly string[] | null;
}

export interface CopyInstruction {
  readonly keyword: "COPY" | "ADD";
  readonly line: Line;
  /** As written, variables not yet put in; texts of the Dockerfile itself are `line.heredocs`. */
  readonly sources: readonly string[];
  readonly destination: string;
  /** A stage, its number, or an image. */
  readonly from: string | null;
  readonly chown: string | null;
  readonly chmod: string | null;
}

/** What changes the image's config: ENV, CMD, ... and WORKDIR, which makes a directory too. */
export interface ConfigInstruction {
  readonly keyword: "CONFIG";
  readonly line: Line;
}

export type Instruction = ArgInstruction | RunInstruction | CopyInstruction | ConfigInstruction;

export interface Stage {
  /** In small letters; null without `AS`. */
  readonly name: string | null;
  /** As written, variables not yet put in. */
  readonly base: string;
  readonly line: Line;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly escape: string;
  /** Before the first FROM: for the FROMs. */
  readonly args: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
}

const KEYWORDS = [...CONFIG_INSTRUCTIONS, "ADD", "ARG", "COPY", "FROM", "RUN"].toSorted();

/** Reads a Dockerfile, checking all that can be told without building. Throws `BuildError`. (BuildKit, instructions.Parse) */
export function parseDockerfile(text: string): Dockerfile {
  if (text.trim() === "") throw new BuildError("the Dockerfile cannot be empty");
  const { lines, escape } = readLines(text);
  if (lines.length === 0) throw new BuildError("file with no instructions");
  const args: ArgInstruction[] = [];
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  for (const line of lines) {
    const stage = stages.at(-1);
    if (line.keyword === "FROM") stages.push(stageOf(line));
    else if (stage) stage.instructions.push(instructionOf(line, escape));
    else if (line.keyword === "ARG") args.push(argOf(line, escape));
    else {
      instructionOf(line, escape);
      throw parseError("no build stage in current context", line);
    }
  }
  return { escape, args, stages };
}

function stageOf(line: Line): Stage & { readonly instructions: Instruction[] } {
  const words = line.rest.split(/\s+/).filter((word) => word !== "");
  flagsOf(line, ["platform"]);
  const [base = "", as, name] = words;
  if (words.length === 3 && as?.toLowerCase() === "as" && name !== undefined) {
    const small = name.toLowerCase();
    if (!/^[a-z][a-z0-9-_.]*$/.test(small)) {
      const reason = "name can't start with a number or contain symbols";
      throw parseError(`invalid name for build stage: ${JSON.stringify(name)}, ${reason}`, line);
    }
    return { name: small, base, line, instructions: [] };
  }
  if (words.length !== 1) throw parseError("FROM requires either one or three arguments", line);
  return { name: null, base, line, instructions: [] };
}

function instructionOf(line: Line, escape: string): Instruction {
  const { keyword, rest } = line;
  switch (keyword) {
    case "ARG":
      return argOf(line, escape);
    case "RUN": {
      if (rest === "") throw parseError("RUN requires at least one argument", line);
      for (const flag of line.flags) if (!flag.startsWith("--mount=")) flagsOf(line, ["mount", "network", "security"]);
      return { keyword, line, argv: words(() => jsonWords(rest), line) };
    }
    case "COPY":
    case "ADD":
      return copyOf(line, keyword, escape);
    default:
      return configOf(line, escape);
  }
}

/** EngineErrors of reading are this line's. */
function words<T>(read: () => T, line: Line): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof EngineError) throw parseError(error.message, line);
    throw error;
  }
}

function configOf(line: Line, escape: string): ConfigInstruction {
  const { keyword, rest } = line;
  if (!CONFIG_INSTRUCTIONS.has(keyword)) {
    const meant = nearest(keyword, KEYWORDS);
    throw parseError(`unknown instruction: ${keyword}${meant ? ` (did you mean ${meant}?)` : ""}`, line);
  }
  if (keyword === "ONBUILD") checkTrigger(line, escape);
  // Done once on nothing: what is wrong with its arguments shows before anything is built.
  if (!rest.includes("$")) {
    const scope = { changed: new Set<string>(), variables: noVariables, words: { escape } };
    words(() => changed({}, keyword, withFlags(line), scope), line);
  }
  return { keyword: "CONFIG", line };
}

/** HEALTHCHECK has its flags read with the rest. */
export const withFlags = ({ flags, rest }: Line): string => [...flags, rest].filter((word) => word !== "").join(" ");

function checkTrigger(line: Line, escape: string): void {
  const trigger = /^\S+/.exec(line.rest)?.[0].toUpperCase() ?? "";
  if (trigger === "ONBUILD") throw parseError("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", line);
  if (trigger === "MAINTAINER" || trigger === "FROM") {
    throw parseError(`${trigger} isn't allowed as an ONBUILD trigger`, line);
  }
  if (trigger !== "")
    for (const inner of readLines(line.rest).lines) instructionOf({ ...inner, ...placeOf(line) }, escape);
}

const placeOf = ({ from, to }: Line) => ({ from, to });

/** The instruction that an image wants done by who builds on it. */
export function parseTrigger(text: string, at: Line): Instruction {
  const { lines, escape } = readLines(text);
  const [line] = lines;
  if (line === undefined || lines.length > 1) throw parseError("onbuild trigger should be a single expression", at);
  return instructionOf({ ...line, text: `ONBUILD ${line.text}`, ...placeOf(at) }, escape);
}

function argOf(line: Line, escape: string): ArgInstruction {
  const found = rawWords(line.rest, escape);
  if (found.length === 0) throw parseError("ARG requires at least one argument", line);
  const args = found.map((word) => {
    const equals = word.indexOf("=");
    if (equals === 0) throw parseError("ARG names can not be blank", line);
    return equals < 0 ? { name: word, value: null } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
  });
  return { keyword: "ARG", line, args };
}

const COPY_FLAGS = { COPY: ["chmod", "chown", "from", "link"], ADD: ["chmod", "chown", "link"] } as const;

function copyOf(line: Line, keyword: "COPY" | "ADD", escape: string): CopyInstruction {
  const given = words(() => jsonWords(line.rest), line) ?? rawWords(line.rest, escape);
  if (given.length < 2) {
    const provided = given.length === 0 ? "no arguments were provided" : "only one was provided";
    const unknown = "Destination could not be determined";
    throw parseError(`${keyword} requires at least two arguments, but ${provided}. ${unknown}`, line);
  }
  const flags = flagsOf(line, COPY_FLAGS[keyword]);
  const destination = given.at(-1) ?? "";
  const sources = given.slice(0, -1).filter((word) => heredocName(word) === null);
  if (given.length > 2 && !/(^|\/)\.?\.?$/.test(destination)) {
    const must = "the destination must be a directory and end with a /";
    throw parseError(`When using ${keyword} with more than one source file, ${must}`, line);
  }
  return {
    keyword,
    line,
    sources,
    destination,
    from: flags.get("from") ?? null,
    chown: flags.get("chown") ?? null,
    chmod: flags.get("chmod") ?? null,
  };
}

function flagsOf(line: Line, known: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const flag of line.flags) {
    const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(flag) ?? [];
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      throw parseError(`unknown flag: --${name}${meant ? ` (did you mean ${meant}?)` : ""}`, line);
    }
    if (value === undefined && name !== "link") throw parseError(`missing a value on flag: --${name}`, line);
    flags.set(name, value ?? "true");
  }
  return flags;
}
