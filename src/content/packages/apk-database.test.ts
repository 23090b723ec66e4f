import { expect, test } from "vitest";
import { formatApkRecord, parseApkInstalled } from "./apk-database.ts";
import { parsePackage } from "./format.ts";

const FACTS = parsePackage(`Package: x
Version: 1.2-r3
Installed-Size: 8
Description: A tool: for tests
Depends: so:libc.musl-x86_64.so.1, so:liby.so.1
Date: 2024-01-17T14:25:55Z

d0755 etc
f0640:0:42 5 etc/x
d0700 root
d0755 usr
d0755 usr/bin
l usr/bin/link -> x
f0755 9 usr/bin/x
`);

const RECORD = `P:x
V:1.2-r3
I:8192
T:A tool: for tests
t:1705501555
D:so:libc.musl-x86_64.so.1 so:liby.so.1
F:etc
R:x
a:0:42:640
F:root
M:0:0:700
F:usr
F:usr/bin
R:link
a:0:0:777
R:x
a:0:0:755

`;

test("a record as apk writes it", () => expect(formatApkRecord(FACTS)).toBe(RECORD));

test("and back", () =>
  expect(parseApkInstalled(RECORD + RECORD)).toEqual(
    Array(2).fill({
      control: FACTS.control,
      directories: ["etc", "root", "usr", "usr/bin"],
      files: ["etc/x", "usr/bin/link", "usr/bin/x"],
    }),
  ));
