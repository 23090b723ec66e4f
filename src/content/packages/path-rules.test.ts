import { expect, test } from "vitest";
import { parsePathRules } from "./path-rules.ts";

const rules = parsePathRules([
  "# manuals",
  "path-exclude=/usr/share/man/*",
  "path-exclude /usr/share/doc/*",
  "path-include=/usr/share/doc/*/copyright",
  "path-exclude=/usr/share/locale/*",
  "force-unsafe-io",
]);

test.each([
  ["usr/share/man/man1/ls.1.gz", false, true],
  ["usr/share/man/man1", true, true],
  ["usr/share/man", true, false],
  ["usr/share/doc/bash/README", false, true],
  ["usr/share/doc/bash/copyright", false, false],
  ["usr/share/doc", true, false],
  ["usr/share/locale/de/LC_MESSAGES/x.mo", false, true],
  ["usr/share/localeX/x", false, false],
  ["usr/bin/ls", false, false],
])("%s (directory: %s) excluded: %s", (path, isDirectory, excluded) =>
  expect(rules.excludes(path, isDirectory)).toBe(excluded),
);
