import { expect, it } from "vitest";
import { openingText, readOpening, type Opening } from "./opening.ts";

const full: Opening = { step: 12, view: "host", of: "my/app:1.0", path: "/etc/a b&c", lang: "zh-CN", layout: "fresh" };

it.each<[string, Opening]>([
  ["2abc", {}],
  ["#2abc&step=0", { step: 0 }],
  ["2abc&view=boot&lang=zh-CN", { view: "boot", lang: "zh-CN" }],
  ["&layout=fresh", { layout: "fresh" }],
  ["2abc&step=-1&view=nosuch&lang=tlh&layout=x&path=etc&of=&nosuch=1", {}],
  ["2abc&step=1e9&path=/%E4%BD%A0%E5%A5%BD", { path: "/你好" }],
  ["2abc&path=/%E4%ZZ&%&=&&", { path: "/\ufffd%ZZ" }],
])("%s opens so", (fragment, opening) => expect(readOpening(fragment)).toEqual(opening));

it("is read as it was written", () => expect(readOpening(`2abc${openingText(full)}`)).toEqual(full));
it("is nothing when there is nothing to say", () => expect(openingText({})).toBe(""));
it("is readable", () => expect(openingText(full)).toContain("&step=12&view=host&of=my/app%3A1.0&path=/etc/a%20b%26c"));
