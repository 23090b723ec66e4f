import { expect, test } from "vitest";
import { formatControl, parseControl, parseEntry, parsePackage } from "./format.ts";

const root = { uid: 0, gid: 0 };

test.each([
  ["d0755 usr/share/vim", { kind: "directory", path: "usr/share/vim", mode: 0o755, ...root }],
  ["d1777 a dir/with  blanks", { kind: "directory", path: "a dir/with  blanks", mode: 0o1777, ...root }],
  ["f0755 3650000 usr/bin/vim.basic", { kind: "file", path: "usr/bin/vim.basic", mode: 0o755, size: 3650000, ...root }],
  ["f0644 @ etc/vim/vimrc", { kind: "file", path: "etc/vim/vimrc", mode: 0o644, size: null, ...root }],
  ["f2755:0:42 8 sbin/x", { kind: "file", path: "sbin/x", mode: 0o2755, size: 8, uid: 0, gid: 42 }],
  ["l usr/bin/vi -> /etc/alternatives/vi", { kind: "symlink", path: "usr/bin/vi", target: "/etc/alternatives/vi" }],
  ["h usr/bin/x => usr/bin/y", { kind: "hardlink", path: "usr/bin/x", target: "usr/bin/y" }],
])("%s", (line, entry) => expect(parseEntry(line)).toEqual(entry));

test.each(["", "x", "d0755", "d755 a", "f0644 a", "f0644 -1 a", "l a", "l a => b", "h a -> b", "z0644 1 a"])(
  "refuses %j",
  (line) => expect(() => parseEntry(line)).toThrow(RangeError),
);

const PACKAGE = `Package: x
Version: 1:2-3
Conffiles:
 /etc/x 0123456789abcdef0123456789abcdef
Description: short
 long: with a colon

d0755 etc
f0644 @ etc/x
# control
f0755 12 postinst
# maintainer
alternative vi /usr/bin/vi /usr/bin/x 30
user x 101 102 /none /bin/false the x user
group x 102
f0644 3 var/x
`;

test("a whole package", () => {
  const { control, entries, members, effects } = parsePackage(PACKAGE);
  expect(formatControl(control)).toBe(PACKAGE.slice(0, PACKAGE.indexOf("\n\n")));
  expect(entries.map((entry) => entry.path)).toEqual(["etc", "etc/x"]);
  expect(members).toEqual([{ name: "postinst", mode: 0o755, size: 12 }]);
  expect(effects).toEqual([
    { kind: "alternative", name: "vi", link: "/usr/bin/vi", path: "/usr/bin/x", priority: 30 },
    { kind: "user", name: "x", uid: 101, gid: 102, home: "/none", shell: "/bin/false", gecos: "the x user" },
    { kind: "group", name: "x", gid: 102 },
    { kind: "entry", entry: { kind: "file", path: "var/x", mode: 0o644, size: 3, ...root } },
  ]);
});

test.each([
  ["Package: x\n\n", "line 1: no Package or no Version field"],
  ["Package: x\nVersion: 1\nodd\n\n", "line 3: not a control field: odd"],
  ["Package: x\nVersion: 1\n\nd0755 a\nodd\n", "line 5: not a path line: odd"],
  ["Package: x\nVersion: 1\n\n# other\nd0755 a\n", "line 5: unknown section other"],
])("%j is refused with its line", (text, message) => expect(() => parsePackage(text)).toThrow(message));

test("control values keep their continuation lines", () =>
  expect(parseControl(["A: b", " c", "D:", " e"])).toEqual({ A: "b\n c", D: "\n e" }));
