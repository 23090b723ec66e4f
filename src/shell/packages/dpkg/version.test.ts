import { expect, test } from "vitest";
import { compareVersions, satisfies } from "./version.ts";

/** Each line ascends; recorded with `dpkg --compare-versions`. */
test.each([
  [
    "1.0~~",
    "1.0~~a",
    "1.0~",
    "1.0",
    "1.0-0ubuntu1",
    "1.0-1~bpo1",
    "1.0-1",
    "1.0-1+b1",
    "1.0a",
    "1.0+dfsg",
    "1.0.1",
    "1.1",
    "1:0.5",
    "2:0.1",
  ],
  ["2:8.2.3995-1ubuntu2.9", "2:8.2.3995-1ubuntu2.24", "2:9.0.1378-2", "2:9.0.1378-2+deb12u2", "2:9.0.1378-2+deb12u10"],
  ["0.9", "0.09a", "0.10", "1.2.3-5", "1.2.3-4-5", "9", "10", "10a", "10+", "10.0"],
])("%s < %s ...", (...ascending) => {
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries())
      expect(Math.sign(compareVersions(a, b)), `${a} ${b}`).toBe(Math.sign(i - j));
  }
});

test.each([
  ["1.0", "1.00"],
  ["0:1", "1"],
  ["1", "1-0"],
  ["001.2", "1.02"],
])("%s = %s", (a, b) => expect(compareVersions(a, b)).toBe(0));

test.each([
  ["1.0", ">=", "1.0", true],
  ["1.0", ">>", "1.0", false],
  ["1.0", "<<", "1.0+x", true],
  ["1.0", "<=", "0.9", false],
  ["1.0-1", "=", "1.0-1", true],
])("%s %s %s: %s", (version, operator, wanted, holds) => expect(satisfies(version, operator, wanted)).toBe(holds));
