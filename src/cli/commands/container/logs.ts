import { findContainer } from "../../../engine/lookup.ts";
import type { LogChunk } from "../../../engine/state.ts";
import { flagTable } from "../../flags/table.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker logs [OPTIONS] CONTAINER */
export const containerLogs: Verb = {
  names: ["container logs", "logs"],
  usage: "[OPTIONS] CONTAINER",
  summary: "Fetch the logs of a container",
  accepts: { kind: "exactly", count: 1 },
  flags: flagTable(`
*     --details        Show extra details provided to logs
  -f, --follow         Follow log output
      --since string   Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
  -n, --tail string    Number of lines to show from the end of the logs (default "all")
  -t, --timestamps     Show timestamps
      --until string   Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
`),
  run({ flags, args }, context) {
    const { tx, ports } = context;
    const container = findContainer(tx.state, args[0] ?? "");
    const now = ports.clock.now();
    const since = moment(flags.string("since"), "since", now) ?? Number.NEGATIVE_INFINITY;
    const until = moment(flags.string("until"), "until", now) ?? Number.POSITIVE_INFINITY;
    const all = lines(container.log).filter(({ at }) => at >= since && at <= until);
    const tail = Number(flags.string("tail") ?? "all");
    const shown = Number.isInteger(tail) && tail >= 0 ? all.slice(Math.max(0, all.length - tail)) : all;
    for (const { stream, text, at } of shown) {
      const stamp = flags.bool("timestamps") ? `${nanoseconds(at)} ` : "";
      // A terminal has one stream.
      if (stream === "stderr" && !container.tty) context.stderr(stamp + text);
      else context.stdout(stamp + text);
    }
    if (flags.bool("follow") && container.status.kind === "running") {
      context.stderr("docker logs: --follow stops here: in Lamina a process writes only while a command runs it.\n");
    }
    return 0;
  },
};

/** Whole lines, each with the time its first part was written. */
function lines(log: readonly LogChunk[]): LogChunk[] {
  const whole: LogChunk[] = [];
  const open = new Map<LogChunk["stream"], LogChunk>();
  for (const { stream, text, at } of log) {
    for (const part of text.split(/(?<=\n)/)) {
      const before = open.get(stream);
      const line = { stream, text: (before?.text ?? "") + part, at: before?.at ?? at };
      if (part.endsWith("\n")) {
        open.delete(stream);
        whole.push(line);
      } else open.set(stream, line);
    }
  }
  return [...whole, ...[...open.values()].filter((line) => line.text !== "")];
}

/** The json-file logger writes nine digits of a second. */
function nanoseconds(at: number): string {
  return new Date(at).toISOString().replace(/(\.\d+)Z$/, (_, digits: string) => `${digits.padEnd(10, "0")}Z`);
}

/** A timestamp or a duration back from now ("42m"), in ms since 1970. (docker, `GetTimestamp`) */
function moment(text: string | undefined, flag: string, now: number): number | null {
  if (text === undefined || text === "") return null;
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  if (/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
    return parts.reduce((at, [, amount, unit]) => at - Number(amount) * (units[unit ?? "s"] ?? 0), now);
  }
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text)
    ? Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) || !text.includes("T") ? text : `${text}Z`)
    : Number.NaN;
  if (Number.isNaN(date))
    throw new CommandError(
      `invalid value for "${flag}": failed to parse value as time or duration: ${JSON.stringify(text)}`,
    );
  return date;
}
