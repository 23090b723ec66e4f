import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { absolute, statOrNull, usageError } from "./walk.ts";
import { parseWhen, strftime } from "./when.ts";

const date: Program = {
  names: ["date"],
  async run(argv, context) {
    const long = {
      "date=": "d",
      utc: "u",
      universal: "u",
      "iso-8601?": "I",
      "rfc-email": "R",
      "reference=": "r",
      "rfc-3339=": "3",
      "set=": "s",
    };
    const iso = argv.find((arg) => /^-I(date|hours|minutes|seconds)?$/.test(arg));
    const options = parseOptions(
      argv.slice(1).filter((arg) => arg !== iso),
      { short: "d:uRr:s:", long },
    );
    if (typeof options === "string") return usageError(context, "date", options);
    const now = context.clock.now();
    let when: number | null = now;
    const wanted = options.value("d");
    if (wanted !== undefined) when = parseWhen(wanted, now);
    if (when === null) {
      context.stderr(`date: invalid date '${wanted}'\n`);
      return 1;
    }
    const reference = options.value("r");
    if (reference !== undefined) when = (statOrNull(context, absolute(context, reference))?.mtime ?? 0) * 1000;
    if (options.has("s")) {
      context.stderr(
        context.busybox
          ? "date: can't set date: Operation not permitted\n"
          : "date: cannot set date: Operation not permitted\n",
      );
      return 1;
    }
    const format = options.operands.find((operand) => operand.startsWith("+"))?.slice(1);
    const precision = iso?.slice(2) || options.value("I") || "date";
    const isoFormats: Readonly<Record<string, string>> = {
      date: "%F",
      hours: "%FT%H+00:00",
      minutes: "%FT%R+00:00",
      seconds: "%FT%T+00:00",
    };
    const chosen =
      format ??
      (iso || options.has("I")
        ? (isoFormats[precision] ?? "%F")
        : options.has("R")
          ? "%a, %d %b %Y %T %z"
          : options.has("3")
            ? "%F %T+00:00"
            : context.busybox
              ? "%a %b %e %H:%M:%S UTC %Y"
              : "%a %b %e %H:%M:%S UTC %Y");
    context.stdout(`${strftime(chosen, when)}\n`);
    return 0;
  },
};

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

const sleep: Program = {
  names: ["sleep", "usleep"],
  async run(argv, context) {
    let seconds = 0;
    if (argv.length < 2) return usageError(context, "sleep", "missing operand");
    for (const arg of argv.slice(1)) {
      const parts = /^(\d+(?:\.\d+)?|\.\d+|infinity|inf)([smhd]?)$/.exec(arg);
      if (!parts) return usageError(context, "sleep", `invalid time interval '${arg}'`);
      seconds += parts[1]?.startsWith("inf")
        ? Number.POSITIVE_INFINITY
        : Number(parts[1]) * (UNITS[parts[2] ?? ""] ?? 1);
    }
    if (argv[0]?.endsWith("usleep")) seconds /= 1_000_000;
    return context.pause(seconds * 1000);
  },
};

export const time: readonly Program[] = [date, sleep];
