import { humanDuration } from "../../engine/status.ts";

/** C's `%.{precision}g` of a number that is not negative. */
export function general(value: number, precision: number): string {
  const text = tieToEven(value, precision).toPrecision(precision);
  const [, digits = text, exponent] = /^([\d.]+)(?:e([+-]\d+))?$/.exec(text) ?? [];
  const short = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  if (exponent === undefined) return short;
  return `${short}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
}

/** Where JavaScript rounds up what lies exactly between two numbers (100.5), C and Go take the even one. */
function tieToEven(value: number, precision: number): number {
  if (value < 1) return value;
  const scale = 10 ** (Math.trunc(value).toString().length - precision);
  const steps = value / scale;
  return steps % 1 === 0.5 && Math.floor(steps) % 2 === 0 ? Math.floor(steps) * scale : value;
}

const DECIMAL = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

/** Bytes as docker prints them, base 1000. (docker/go-units, `HumanSizeWithPrecision`) */
export function humanSize(bytes: number, precision = 4): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < DECIMAL.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${general(size, precision)}${DECIMAL[unit]}`;
}

/** "3 minutes ago". `then` and `now` are ms since 1970. */
export function ago(then: number, now: number): string {
  return `${humanDuration(now - then)} ago`;
}

const BINARY = "kmgtp";

/** "64m", "1.5 GiB", "100" as bytes, base 1024; null when it is no size. (docker/go-units, `RAMInBytes`) */
export function ramInBytes(text: string): number | null {
  const match = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text);
  if (!match) return null;
  const [, number, unit = ""] = match;
  return Math.trunc(Number(number) * (unit === "" ? 1 : 1024 ** (1 + BINARY.indexOf(unit.toLowerCase()))));
}
