import { describe, expect, test } from "vitest";
import { expandWord, rawWords } from "./words.ts";

const variables = (name: string): string | undefined => ({ A: "one", EMPTY: "", PATH: "/bin" })[name];

describe("words", () => {
  test.each<[string, string[]]>([
    ["a  b\tc", ["a", "b", "c"]],
    [`a="b c" 'd e'f`, [`a="b c"`, `'d e'f`]],
    ["a\\ b c", ["a\\ b", "c"]],
    [`"it's" x`, [`"it's"`, "x"]],
    ["", []],
  ])("%j", (text, words) => {
    expect(rawWords(text)).toEqual(words);
  });
});

describe("a word", () => {
  test.each([
    ["$A", "one"],
    ["${A}b", "oneb"],
    ["$NONE.", "."],
    [`"$A two"`, "one two"],
    ["'$A'", "$A"],
    ["\\$A", "$A"],
    [`"\\$A \\n"`, "$A \\n"],
    ["a\\ b", "a b"],
    ["${NONE:-x$A}", "xone"],
    ["${EMPTY:-x}${EMPTY-y}", "x"],
    ["${A:+x}${NONE:+y}${EMPTY+z}", "xz"],
    ["$PATH:/x", "/bin:/x"],
    ["5$", "5$"],
  ])("%s is %s", (word, value) => {
    expect(expandWord(word, variables)).toBe(value);
  });

  test.each([
    ["${A", "unsupported modifier in substitution"],
    ["${", "syntax error: bad substitution"],
    ["${NONE:?is needed}", "NONE: is needed"],
    [`"open`, "unexpected end of statement while looking for matching double-quote"],
    ["'open", "unexpected end of statement while looking for matching single-quote"],
  ])("%s is refused", (word, message) => {
    expect(() => expandWord(word, variables)).toThrow(message);
  });

  test("keeps quotes, and what is not set, where it is only shown", () => {
    expect(expandWord(`RUN echo "$A" '$B' $B`, variables, { rawQuotes: true, keepUnset: true })).toBe(
      `RUN echo "one" '$B' $B`,
    );
    expect(expandWord(`don't "$A" \\$A`, variables, { text: true })).toBe(`don't "one" \\$A`);
  });
});
