import { normalize } from "../core/filesystem/path.ts";
import type { ImageRunConfig } from "../core/oci/config.ts";
import { EngineError } from "./error.ts";
import { variable, withVariables } from "./process.ts";
import { expandWord, rawWords, type Variables, type WordOptions } from "./words.ts";

/** What an instruction is read with. */
export interface Scope {
  /** Instructions before it in the same list. */
  readonly changed: Set<string>;
  readonly variables: Variables;
  readonly words: WordOptions;
}

interface Changed {
  readonly config: ImageRunConfig;
  /** As BuildKit writes it into the history. */
  readonly said: string;
}

type Change = (config: ImageRunConfig, rest: string, scope: Scope) => Changed;

const bad = (message: string): never => {
  throw new EngineError("bad-change", { message });
};

const expanded = (word: string, { variables, words }: Scope): string => expandWord(word, variables, words);

const expandedWords = (rest: string, scope: Scope): string[] =>
  rawWords(rest, scope.words.escape).map((word) => expanded(word, scope));

/** `["a", "b"]`; null for anything else. (BuildKit, `parseJSON`) */
export function jsonWords(rest: string): string[] | null {
  if (!rest.trimStart().startsWith("[")) return null;
  try {
    const words: unknown = JSON.parse(rest);
    if (!Array.isArray(words)) return null;
    if (words.every((word) => typeof word === "string")) return words;
  } catch {
    return null;
  }
  return bad("when using JSON array syntax, arrays must be comprised of strings only");
}

const DEFAULT_SHELL = ["/bin/sh", "-c"];

/** A list as it is, anything else by the image's shell. */
export function commandLine(rest: string, { Shell: shell }: Pick<ImageRunConfig, "Shell">): string[] {
  return jsonWords(rest) ?? [...(shell?.length ? shell : DEFAULT_SHELL), rest];
}

/** `KEY=value KEY2="a b"`, or the old `KEY value`. (BuildKit, `parseNameVal`) */
function pairs(instruction: string, rest: string, scope: Scope): [string, string][] {
  const words = rawWords(rest, scope.words.escape);
  const [first = ""] = words;
  if (first === "") bad(`${instruction} requires at least one argument`);
  if (!first.includes("=")) {
    const value = rest.slice(first.length).trim();
    if (value === "") bad(`${instruction} must have two arguments`);
    return [[expanded(first, scope), expanded(value, scope)]];
  }
  return words.map((word) => {
    const equals = word.indexOf("=");
    if (equals < 0) bad(`Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`);
    if (equals === 0) bad(`${instruction} names can not be blank`);
    return [expanded(word.slice(0, equals), scope), expanded(word.slice(equals + 1), scope)];
  });
}

const assigned = (found: readonly (readonly [string, string])[]): string =>
  found.map(([key, value]) => ` ${key}=${value}`).join("");

/** As Go prints a list of strings with %q. */
const quoted = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(" ")}]`;

function port(text: string): string[] {
  const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(text);
  if (match === null) return bad(`Invalid containerPort: ${text}`);
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from > to || to > 65_535) return bad(`Invalid containerPort: ${text}`);
  const protocol = (match[3] ?? "tcp").toLowerCase();
  return Array.from({ length: to - from + 1 }, (_, offset) => `${from + offset}/${protocol}`);
}

const SECOND = 1_000_000_000;
const UNITS: Readonly<Record<string, number>> = { ms: SECOND / 1000, s: SECOND, m: 60 * SECOND, h: 3600 * SECOND };

/** "1m30s" in nanoseconds. (Go, `time.ParseDuration`) */
function duration(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) bad(`time: invalid duration "${text}"`);
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    sum += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  return sum;
}

function healthcheck(rest: string): Readonly<Record<string, unknown>> {
  if (/^NONE$/i.test(rest)) return { Test: ["NONE"] };
  const check: Record<string, unknown> = {};
  let left = rest;
  for (let flag = /^--([a-z-]+)=(\S+)\s+/.exec(left); flag !== null; flag = /^--([a-z-]+)=(\S+)\s+/.exec(left)) {
    const [whole, name = "", value = ""] = flag;
    if (name === "interval") check["Interval"] = duration(value);
    else if (name === "timeout") check["Timeout"] = duration(value);
    else if (name === "start-period") check["StartPeriod"] = duration(value);
    else if (name === "start-interval") check["StartInterval"] = duration(value);
    else if (name === "retries") check["Retries"] = Number(value);
    else bad(`unknown flag: --${name}`);
    left = left.slice(whole.length);
  }
  const match = /^CMD\s+(.*)$/i.exec(left);
  if (match === null) return bad(`Unknown type ${JSON.stringify(left.split(/\s/)[0])} in HEALTHCHECK (try CMD)`);
  const line = match[1] ?? "";
  const words = jsonWords(line);
  return { Test: words === null ? ["CMD-SHELL", line] : ["CMD", ...words], ...check };
}

const CHANGES: Readonly<Record<string, Change>> = {
  CMD: (config, rest) => {
    const words = commandLine(rest, config);
    return { config: { ...config, Cmd: words }, said: `CMD ${quoted(words)}` };
  },
  // A command of before belongs to the entrypoint of before.
  ENTRYPOINT: (config, rest, { changed }) => {
    const words = commandLine(rest, config);
    const Cmd = changed.has("CMD") ? config.Cmd : null;
    return { config: { ...config, Entrypoint: words, Cmd }, said: `ENTRYPOINT ${quoted(words)}` };
  },
  ENV: (config, rest, scope) => {
    const found = pairs("ENV", rest, scope);
    const Env = withVariables(
      config.Env ?? [],
      found.map(([key, value]) => `${key}=${value}`),
    );
    return { config: { ...config, Env }, said: `ENV${assigned(found)}` };
  },
  EXPOSE: (config, rest, scope) => {
    const ports = expandedWords(rest, scope).flatMap(port);
    const opened = Object.fromEntries(ports.map((open) => [open, {}]));
    return {
      config: { ...config, ExposedPorts: { ...config.ExposedPorts, ...opened } },
      said: `EXPOSE [${[...new Set(ports)].toSorted().join(" ")}]`,
    };
  },
  LABEL: (config, rest, scope) => {
    const found = pairs("LABEL", rest, scope);
    return {
      config: { ...config, Labels: { ...config.Labels, ...Object.fromEntries(found) } },
      said: `LABEL${assigned(found)}`,
    };
  },
  MAINTAINER: (config, rest) => ({ config, said: `MAINTAINER ${rest}` }),
  ONBUILD: (config, rest) => ({ config: { ...config, OnBuild: [...(config.OnBuild ?? []), rest] }, said: "" }),
  SHELL: (config, rest) => {
    const words = jsonWords(rest) ?? bad("SHELL requires the arguments to be in JSON form");
    return { config: { ...config, Shell: words }, said: `SHELL [${words.join(" ")}]` };
  },
  USER: (config, rest, scope) => {
    const user = expanded(rest, scope);
    return { config: { ...config, User: user }, said: `USER ${user}` };
  },
  VOLUME: (config, rest, scope) => {
    const paths = jsonWords(rest) ?? expandedWords(rest, scope);
    if (paths.includes("")) bad("VOLUME specified can not be an empty string");
    return {
      config: { ...config, Volumes: { ...config.Volumes, ...Object.fromEntries(paths.map((path) => [path, {}])) } },
      said: `VOLUME [${paths.join(" ")}]`,
    };
  },
  WORKDIR: (config, rest, scope) => {
    const path = expanded(rest, scope);
    const WorkingDir = normalize(path.startsWith("/") ? path : `${config.WorkingDir || "/"}/${path}`);
    return { config: { ...config, WorkingDir }, said: `WORKDIR ${WorkingDir}` };
  },
  HEALTHCHECK: (config, rest) => {
    const Healthcheck = healthcheck(rest);
    return { config: { ...config, Healthcheck }, said: `HEALTHCHECK ${goHealthcheck(Healthcheck)}` };
  },
  STOPSIGNAL: (config, rest, scope) => {
    const StopSignal = expanded(rest, scope);
    return { config: { ...config, StopSignal }, said: `STOPSIGNAL ${StopSignal}` };
  },
};

/** As Go prints the struct with %+v. */
function goHealthcheck(check: Readonly<Record<string, unknown>>): string {
  const time = (key: string): string => `${key}:${goDuration(Number(check[key] ?? 0))}`;
  const test = `Test:[${(check["Test"] as readonly string[]).join(" ")}]`;
  const times = ["Interval", "Timeout", "StartPeriod", "StartInterval"].map(time).join(" ");
  return `{${test} ${times} Retries:${Number(check["Retries"] ?? 0)}}`;
}

/** Nanoseconds as "1m30s". (Go, `Duration.String`) */
function goDuration(nanoseconds: number): string {
  const seconds = nanoseconds / SECOND;
  if (nanoseconds > 0 && seconds < 1) return `${seconds * 1000}ms`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours > 0 ? `${hours}h` : ""}${seconds >= 60 ? `${minutes}m` : ""}${seconds % 60}s`;
}

/** Those that change a config and nothing else; also WORKDIR, which a build makes a layer of too. */
export const CONFIG_INSTRUCTIONS: ReadonlySet<string> = new Set(Object.keys(CHANGES));

/** Does one instruction. Throws `EngineError` for what is no instruction or has the wrong arguments. */
export function changed(config: ImageRunConfig, instruction: string, rest: string, scope: Scope): Changed {
  const change = CHANGES[instruction];
  if (change === undefined) throw new EngineError("not-a-change", { instruction });
  if (rest === "") bad(`${instruction} requires at least one argument`);
  try {
    const next = change(config, rest, scope);
    scope.changed.add(instruction);
    return next;
  } catch (error) {
    if (error instanceof SyntaxError) return bad(error.message);
    throw error;
  }
}

const NOT_BY_COMMIT = new Set(["MAINTAINER", "SHELL"]);

/** `docker commit -c`: Dockerfile instructions applied to a config, in order. (moby, `BuildFromConfig`) */
export function appliedChanges(config: ImageRunConfig, changes: readonly string[]): ImageRunConfig {
  const before = new Set<string>();
  return changes.reduce((current, line) => {
    const [, instruction = "", rest = ""] = /^\s*(\S+)\s*([^]*?)\s*$/.exec(line) ?? [];
    if (NOT_BY_COMMIT.has(instruction.toUpperCase())) throw new EngineError("not-a-change", { instruction });
    const variables = (name: string): string | undefined => variable(current.Env ?? [], name);
    const known = CONFIG_INSTRUCTIONS.has(instruction.toUpperCase());
    const scope = { changed: before, variables, words: {} };
    return changed(current, known ? instruction.toUpperCase() : instruction, rest, scope).config;
  }, config);
}
