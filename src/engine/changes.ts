import { normalize } from "../core/filesystem/path.ts";
import type { ImageRunConfig } from "../core/oci/config.ts";
import { EngineError } from "./error.ts";
import { splitWords } from "./words.ts";
import { withVariables } from "./process.ts";

/** What an instruction makes of the config; `changed` names what was set before it in the same list. */
type Change = (config: ImageRunConfig, rest: string, changed: Set<string>) => ImageRunConfig;

const bad = (message: string): never => {
  throw new EngineError("bad-change", { message });
};

/** `["a", "b"]` as it is, anything else by the shell. (BuildKit, `parseMaybeJSON`) */
function command(rest: string): string[] {
  try {
    const words: unknown = JSON.parse(rest);
    if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  } catch {
    // Not JSON: a line for the shell.
  }
  return ["/bin/sh", "-c", rest];
}

/** `KEY=value KEY2="a b"`, or the old `KEY value`. (BuildKit, `parseNameVal`) */
function pairs(instruction: string, rest: string): [string, string][] {
  const words = splitWords(rest);
  const [first = ""] = words;
  if (first === "") bad(`${instruction} requires at least one argument`);
  if (!first.includes("=")) {
    const value = rest.slice(first.length).trim();
    if (value === "") bad(`${instruction} must have two arguments`);
    return [[first, value]];
  }
  return words.map((word) => {
    const equals = word.indexOf("=");
    if (equals < 0) bad(`Syntax error - can't find = in "${word}". Must be of the form: name=value`);
    if (equals === 0) bad(`${instruction} names can not be blank`);
    return [word.slice(0, equals), word.slice(equals + 1)];
  });
}

function listed(rest: string): string[] {
  const words = command(rest);
  return words[0] === "/bin/sh" && !rest.startsWith("[") ? splitWords(rest) : words;
}

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

function healthcheck(rest: string): unknown {
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
  const words = command(match[1] ?? "");
  const test = words[0] === "/bin/sh" && words[1] === "-c" ? ["CMD-SHELL", words[2] ?? ""] : ["CMD", ...words];
  return { Test: test, ...check };
}

const CHANGES: Readonly<Record<string, Change>> = {
  CMD: (config, rest) => ({ ...config, Cmd: command(rest) }),
  // A command of before belongs to the entrypoint of before.
  ENTRYPOINT: (config, rest, changed) => ({
    ...config,
    Entrypoint: command(rest),
    Cmd: changed.has("CMD") ? config.Cmd : null,
  }),
  ENV: (config, rest) => ({
    ...config,
    Env: withVariables(
      config.Env ?? [],
      pairs("ENV", rest).map(([key, value]) => `${key}=${value}`),
    ),
  }),
  EXPOSE: (config, rest) => ({
    ...config,
    ExposedPorts: {
      ...config.ExposedPorts,
      ...Object.fromEntries(splitWords(rest).flatMap((word) => port(word).map((open) => [open, {}]))),
    },
  }),
  LABEL: (config, rest) => ({ ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairs("LABEL", rest)) } }),
  ONBUILD: (config, rest) => ({ ...config, OnBuild: [...(config.OnBuild ?? []), rest] }),
  USER: (config, rest) => ({ ...config, User: rest }),
  VOLUME: (config, rest) => ({
    ...config,
    Volumes: { ...config.Volumes, ...Object.fromEntries(listed(rest).map((path) => [path, {}])) },
  }),
  WORKDIR: (config, rest) => ({
    ...config,
    WorkingDir: normalize(rest.startsWith("/") ? rest : `${config.WorkingDir || "/"}/${rest}`),
  }),
  HEALTHCHECK: (config, rest) => ({ ...config, Healthcheck: healthcheck(rest) }),
  STOPSIGNAL: (config, rest) => ({ ...config, StopSignal: rest }),
};

/** `docker commit -c`: Dockerfile instructions applied to a config, in order. (moby, `BuildFromConfig`) */
export function appliedChanges(config: ImageRunConfig, changes: readonly string[]): ImageRunConfig {
  const changed = new Set<string>();
  return changes.reduce((current, line) => {
    const [, instruction = "", rest = ""] = /^\s*(\S+)\s*([^]*?)\s*$/.exec(line) ?? [];
    const change = CHANGES[instruction.toUpperCase()];
    if (change === undefined) throw new EngineError("not-a-change", { instruction });
    if (rest === "") bad(`${instruction.toUpperCase()} requires at least one argument`);
    const next = change(current, rest, changed);
    changed.add(instruction.toUpperCase());
    return next;
  }, config);
}
