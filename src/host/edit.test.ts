import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { savedEdit, textAfter } from "./edit.ts";

const conf = Array.from({ length: 200 }, (_, n) => `option${n} = value ${n}\n`).join("");

describe("an edit", () => {
  it("of one word in a long file is a few characters", () => {
    const edit = savedEdit("/etc/x.conf", conf, conf.replace("option7 = value 7", "option7 = off"));
    expect(edit).toEqual({ path: "/etc/x.conf", size: conf.length, changes: [{ keep: 136, drop: 7, put: "off" }] });
  });
  it("at both ends keeps what is between", () => {
    const text = `# mine\n${conf}last = 1\n`;
    expect(savedEdit("/x", conf, text)).toEqual({
      path: "/x",
      size: conf.length,
      changes: [
        { keep: 0, drop: 0, put: "# mine\n" },
        { keep: conf.length, drop: 0, put: "last = 1\n" },
      ],
    });
  });
  it.each([
    ["of a new file", null, "hello\n"],
    ["that leaves nothing as it was", "one\n", "another text\n"],
    ["with nothing in common over thousands of lines", "a\n".repeat(3000), "b\n".repeat(2000)],
  ])("%s is its whole text", (_, before, text) => expect(savedEdit("/x", before, text)).toEqual({ path: "/x", text }));
  it("does not fit another text", () => {
    expect(textAfter(savedEdit("/x", conf, conf.replace("value 9\n", "v\n")), `${conf}x`)).toBeNull();
    expect(textAfter({ path: "/x", size: 3, changes: [{ keep: 2, drop: 2, put: "" }] }, "abc")).toBeNull();
  });
  it("gives the saved text again, whatever it was", () => {
    const text = fc.array(fc.constantFrom("a\n", "b\n", "😀\n", "你好", "x\r\n", "\ud800", ""), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [before, after] = [a.join(""), b.join("")];
        expect(textAfter(JSON.parse(JSON.stringify(savedEdit("/x", before, after))), before)).toBe(after);
      }),
    );
  });
});
