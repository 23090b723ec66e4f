import { expect, test } from "vitest";
import { formatRpmPackages, parseRpmPackages, type RpmRecord } from "./rpm-database.ts";

const records: RpmRecord[] = [
  { control: { Package: "x", Version: "2:1-3.el7", Description: "a tool" }, paths: ["etc", "etc/a b"] },
  { control: { Package: "empty", Version: "1-1" }, paths: [] },
];

test("formats and parses", () => expect(parseRpmPackages(formatRpmPackages(records))).toEqual(records));

test("is whole pages, and grows with the packages", () => {
  expect(formatRpmPackages(records).length % 4096).toBe(0);
  expect(formatRpmPackages(records).length).toBeGreaterThan(2 * 80_000);
});
