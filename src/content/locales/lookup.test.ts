import { expect, test } from "vitest";
import type { EngineEvent, LookupAnswer } from "../../engine/event.ts";
import { en } from "./en.ts";
import { type Names, code, plain } from "./phrase.ts";
import { zhCN } from "./zh-CN.ts";

type Read = Extract<EngineEvent, { type: "fs.read" }>;

const names = { layer: (layer) => code(layer), container: () => code("web") } as Partial<Names> as Names;

/** "writable nothing, base found" */
const read = (answers: string, path = "/etc/motd", asked = path): Read => ({
  type: "fs.read",
  container: "c" as never,
  path,
  asked,
  answers: answers.split(", ").map((one) => {
    const [layer, answer] = one.split(" ");
    return { layer, answer } as LookupAnswer;
  }),
});

test.each<[Read, string, string]>([
  [
    read("writable nothing, init nothing, base found"),
    "/etc/motd is looked up from the top: not in the writable layer of web, found in base.",
    "从最上层向下查找 /etc/motd：web 的可写层中没有，在层 base 中找到。",
  ],
  [
    read("writable found"),
    "/etc/motd is looked up from the top: found in the writable layer of web.",
    "从最上层向下查找 /etc/motd：在 web 的可写层中找到。",
  ],
  [
    read("writable nothing, init nothing, vim nothing, base found"),
    "/etc/motd is looked up from the top: not in the writable layer of web, nor in 1 layer below it, found in base.",
    "从最上层向下查找 /etc/motd：web 的可写层及其下 1 层中没有，在层 base 中找到。",
  ],
  [
    read("writable whiteout"),
    "/etc/motd is looked up from the top: a whiteout in the writable layer of web stops it: No such file or directory.",
    "从最上层向下查找 /etc/motd：web 的可写层中的白障（whiteout）使查找到此为止：No such file or directory。",
  ],
  [
    read("writable opaque"),
    "/etc/motd is looked up from the top: in the writable layer of web its directory is opaque, so no layer below is asked: No such file or directory.",
    "从最上层向下查找 /etc/motd：web 的可写层中它所在的目录不透明（opaque），不再查找下面各层：No such file or directory。",
  ],
  [
    read("writable nothing, init nothing, vim nothing, base nothing", "/none"),
    "/none is looked up from the top: not in the writable layer of web, nor in any of the 2 layers below it: No such file or directory.",
    "从最上层向下查找 /none：web 的可写层及其下 2 层中没有：No such file or directory。",
  ],
  [
    read("writable whiteout", "/opt", "/opt/data/x"),
    "For /opt/data/x, /opt is looked up from the top: a whiteout in the writable layer of web stops it: No such file or directory.",
    "为找到 /opt/data/x，从最上层向下查找 /opt：web 的可写层中的白障（whiteout）使查找到此为止：No such file or directory。",
  ],
  [
    read("writable found", "/usr/lib/os-release", "/etc/os-release"),
    "/etc/os-release leads to /usr/lib/os-release, which is looked up from the top: found in the writable layer of web.",
    "/etc/os-release 指向 /usr/lib/os-release，从最上层向下查找后者：在 web 的可写层中找到。",
  ],
])("%j", (event, english, chinese) => {
  expect(plain(en.captions["fs.read"](event, names))).toBe(english);
  expect(plain(zhCN.captions["fs.read"](event, names))).toBe(chinese);
});
