/** RFC 3339 with nanoseconds, trailing zeros cut, as Go's time.RFC3339Nano. `ms` since 1970. */
export function rfc3339Nano(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, "Z");
}

/** RFC 3339 in whole seconds. */
export function rfc3339(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** As Go prints a time.Time of whole seconds: "2026-11-23 17:40:14 +0000 UTC". */
export function goTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} +0000 UTC`;
}

/** The zero time.Time. */
export const ZERO_TIME = "0001-01-01T00:00:00Z";

/** Go's time.ANSIC: "Mon Nov 23 17:40:14 2026". */
export function ansic(ms: number): string {
  const [weekday = "", day = "", month = "", year = "", clock = ""] = new Date(ms)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}`;
}
