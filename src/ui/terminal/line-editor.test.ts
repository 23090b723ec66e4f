import { describe, expect, test } from "vitest";
import { type LineState, completed, emptyLine, nextKey, press, submitted } from "./line-editor.ts";
import { positionAfter, visible } from "./width.ts";

/** Feeds what a terminal sends; "|" marks the cursor in the answer. */
function typed(data: string, from: Partial<LineState> = {}): { screen: string; effects: string[]; state: LineState } {
  let state: LineState = { ...emptyLine, ...from, at: from.history?.length ?? 0 };
  const effects: string[] = [];
  for (let at = 0; at < data.length; ) {
    const { key, length } = nextKey(data, at);
    at += length;
    if (!key) continue;
    const pressed = press(state, key);
    state = pressed.state;
    if (pressed.effect) effects.push(pressed.effect);
    if (pressed.effect === "submit") state = submitted(state);
  }
  return { screen: `${state.line.slice(0, state.cursor)}|${state.line.slice(state.cursor)}`, effects, state };
}

const LEFT = "\x1b[D";
const UP = "\x1b[A";
const DOWN = "\x1b[B";

describe("keys", () => {
  test.each([
    ["abc", "abc|"],
    [`abc${LEFT}${LEFT}x`, "ax|bc"],
    ["abc\x01x", "x|abc"],
    ["abc\x01\x05x", "abcx|"],
    [`镜像${LEFT}x`, "镜x|像"],
    ["镜像\x7f", "镜|"],
    [`a😀b${LEFT}${LEFT}\x7f`, "|😀b"],
    ["a😀\x7f", "a|"],
    ["one two\x17", "one |"],
    ["one two \x17\x17", "|"],
    [`one two${LEFT}${LEFT}\x15`, "|wo"],
    [`one two${LEFT}${LEFT}\x0b`, "one t|"],
    ["one two\x17\x19\x19", "one twotwo|"],
    [`ab${LEFT}\x1b[3~`, "a|"],
    ["ab\x1b[Hx\x1b[Fy", "xaby|"],
    ["ab\x1b[1~x\x1b[4~y", "xaby|"],
    ["cd /etc/apt\x1b[1;5D", "cd /etc/|apt"],
    ["ab\x1b[200~c", "abc|"],
  ])("%j shows %j", (data, screen) => expect(typed(data).screen).toBe(screen));

  test.each([
    ["\r", ["submit"]],
    ["\x03", ["interrupt"]],
    ["\x04", ["end"]],
    ["a\x04", []],
    ["\x0c", ["clear"]],
    ["\t", ["complete"]],
    ["one\rtwo\r\nthree\n", ["submit", "submit", "submit"]],
  ])("%j does %j", (data, effects) => expect(typed(data).effects).toEqual(effects));
});

describe("history", () => {
  const history = ["docker pull ubuntu", "docker images", "ls"];
  test.each([
    [UP, "ls|"],
    [UP + UP + UP + UP, "docker pull ubuntu|"],
    [`new${UP}${DOWN}`, "new|"],
    [`${UP}${UP}${DOWN}`, "ls|"],
    ["\x12pull", "docker pull ubuntu|"],
    ["\x12docker\x12", "docker pull ubuntu|"],
    ["x\x12images\x07", "x|"],
    ["\x12images\x1b", "docker images|"],
  ])("%j shows %j", (data, screen) => expect(typed(data, { history }).screen).toBe(screen));

  test("a line is kept once, and not when it begins with a space", () => {
    expect(typed("ls\rls\r hidden\r\rpwd\r").state.history).toEqual(["ls", "pwd"]);
  });
});

describe("completion", () => {
  const at = (line: string): LineState => ({ ...emptyLine, line, cursor: line.length });
  test.each([
    ["docker pu", 7, ["pull"], "docker pull "],
    ["cat /et", 4, ["/etc/"], "cat /etc/"],
    ["docker p", 7, ["ps", "pull"], "docker p"],
    ["docker im", 7, ["image", "images"], "docker image"],
    ["docker x", 7, [], "docker x"],
  ])("%j from %i with %j becomes %j", (line, from, candidates, after) => {
    expect(completed(at(line), from, candidates).line).toBe(after);
  });
});

describe("cells", () => {
  test.each([
    ["abc", 10, { row: 0, column: 3 }],
    ["镜像", 10, { row: 0, column: 4 }],
    ["abcde", 5, { row: 0, column: 5 }],
    ["abcdef", 5, { row: 1, column: 1 }],
    ["abcd镜", 5, { row: 1, column: 2 }],
    ["\x1b[1;33mroot\x1b[0m", 10, { row: 0, column: 4 }],
    ["e\u0301", 10, { row: 0, column: 1 }],
  ])("%j in %i columns ends at %j", (text, columns, place) => expect(positionAfter(text, columns)).toEqual(place));

  test("escape sequences take none", () => expect(visible("\x1b]0;title\x07a\x1b[31mb")).toBe("ab"));
});
