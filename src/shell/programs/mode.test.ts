import { expect, test } from "vitest";
import { changeMode, modeText } from "./mode.ts";
import { parseStamp, parseWhen, shortTime, strftime } from "./when.ts";

const cases: readonly (readonly [wish: string, from: number, to: number | null])[] = [
  ["755", 0o644, 0o755],
  ["4755", 0o644, 0o4755],
  ["u+x", 0o644, 0o744],
  ["+x", 0o644, 0o755],
  ["+w", 0o444, 0o644],
  ["a+w", 0o444, 0o666],
  ["go-rwx", 0o755, 0o700],
  ["u=rw,go=r", 0o777, 0o644],
  ["g=u", 0o640, 0o660],
  ["u+s,g+s", 0o755, 0o6755],
  ["+t", 0o755, 0o1755],
  ["a+X", 0o644, 0o644],
  ["a+X", 0o744, 0o755],
  ["u+rwx-w", 0o000, 0o500],
  ["nonsense", 0o644, null],
  ["8", 0o644, null],
];
test.each(cases)("chmod %s", (wish, from, to) => expect(changeMode(wish, from, false, 0o022)).toBe(to));

test("a directory keeps its set-id bits", () => {
  expect(changeMode("755", 0o2700, true, 0)).toBe(0o2755);
  expect(changeMode("00755", 0o2700, true, 0)).toBe(0o755);
});

test.each([
  ["directory", 0o1777, "drwxrwxrwt"],
  ["file", 0o4644, "-rwSr--r--"],
  ["character", 0o620, "crw--w----"],
  ["symlink", 0o777, "lrwxrwxrwx"],
] as const)("%s %o", (kind, mode, text) => expect(modeText(kind, mode)).toBe(text));

const NOW = Date.UTC(2025, 10, 23, 12, 13, 20);
test("dates as the tools write and read them", () => {
  expect(shortTime(NOW / 1000 - 60, NOW)).toBe("Nov 23 12:12");
  expect(shortTime(Date.UTC(2024, 4, 2) / 1000, NOW)).toBe("May  2  2024");
  expect(strftime("%a %b %e %H:%M:%S UTC %Y|%j|%-d|%s", NOW)).toBe("Sun Nov 23 12:13:20 UTC 2025|327|23|1763900000");
  expect(parseWhen("2024-02-29 10:00", NOW)).toBe(Date.UTC(2024, 1, 29, 10));
  expect(parseWhen("2 days ago", NOW)).toBe(NOW - 172_800_000);
  expect(parseWhen("@0", NOW)).toBe(0);
  expect(parseWhen("whenever", NOW)).toBeNull();
  expect(parseStamp("202401020304.05", NOW)).toBe(Date.UTC(2024, 0, 2, 3, 4, 5));
});
