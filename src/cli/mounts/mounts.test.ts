import { expect, test } from "vitest";
import { machine } from "../../engine/host-machine.ts";
import { flagTable } from "../flags/table.ts";
import { parseFlags } from "../flags/parse.ts";
import { CsvError, csvFields } from "./csv.ts";
import { mountRequests } from "./requests.ts";

const table = flagTable(`
      --mount mount   Attach a filesystem mount to the container
      --tmpfs list    Mount a tmpfs directory
  -v, --volume list   Bind mount a volume
`);
const requests = (line: string): unknown => mountRequests(parseFlags(table, line.split(" "), true).flags);

const volume = { type: "volume", source: "", target: "/p", readOnly: false, copy: true, asked: "-v", bind: "" };
const mount = { ...volume, asked: "--mount" };
const tmpfs = { type: "tmpfs", target: "/p", readOnly: false, size: null, mode: null, asked: "--tmpfs", options: "" };

test.for([
  ["-v /p", [volume]],
  ["-v data:/p", [{ ...volume, source: "data", bind: "data:/p" }]],
  ["-v data:/p:ro", [{ ...volume, source: "data", readOnly: true, bind: "data:/p:ro" }]],
  ["-v data:/p:rw,nocopy,z", [{ ...volume, source: "data", copy: false, bind: "data:/p:rw,nocopy,z" }]],
  ["-v data:/p -v data:/p", [{ ...volume, source: "data", bind: "data:/p" }]],
  ["-v relative", [{ ...volume, target: "relative" }]],
  // A letter and a colon are a drive of Windows, to the client.
  ["-v a:/p", [{ ...volume, target: "a:/p" }]],
  ["--mount dst=/p", [mount]],
  ["--mount TYPE=Volume,src=data,Target=/p,readonly", [{ ...mount, source: "data", readOnly: true }]],
  ["--mount src=a,src=data,dst=/p,ro=true,ro=0", [{ ...mount, source: "data" }]],
  ["--mount dst=/p,volume-nocopy", [{ ...mount, copy: false, labels: {} }]],
  ["--mount dst=/p,volume-label=a=b=c,volume-label=d", [{ ...mount, labels: { a: "b=c", d: "" } }]],
  ["--mount dst=/p,volume-driver=local,consistency=cached", [{ ...mount, labels: {} }]],
  ['--mount "dst=/p,q"', [{ ...mount, target: "/p,q" }]],
  ["--mount type=tmpfs,dst=/p", [{ ...tmpfs, asked: "--mount" }]],
  [
    "--mount type=tmpfs,dst=/p,tmpfs-size=1.5g,tmpfs-mode=1770",
    [{ ...tmpfs, size: 1_610_612_736, mode: 0o1770, asked: "--mount" }],
  ],
  ["--tmpfs /p", [tmpfs]],
  ["--tmpfs /p:size=64m,mode=1777", [{ ...tmpfs, size: 67_108_864, mode: 0o1777, options: "size=64m,mode=1777" }]],
  ["--tmpfs /p:rw,noexec,ro,uid=1000", [{ ...tmpfs, readOnly: true, options: "rw,noexec,ro,uid=1000" }]],
  ["--tmpfs /p:size=1 --tmpfs /p:size=50%", [{ ...tmpfs, size: machine.memory / 2, options: "size=50%" }]],
] as const)("%s", ([line, expected]) => {
  expect(requests(line)).toEqual(expected);
});

test.for([
  ["-v ./here:/p", "mounting ./here of the host is not simulated in Lamina; the nearest is a volume"],
  ["-v ~/here:/p", "mounting ~/here of the host is not simulated"],
  ["--mount type=bind,src=/a,dst=/p", "mounting /a of the host is not simulated"],
  ["--mount type=image,src=alpine,dst=/p", "mounting an image is not simulated"],
  ["--mount dst=/p,volume-driver=nosuch", "the volume driver nosuch is not simulated"],
  ["--mount dst=/p,volume-opt=type=nfs", "the option volume-opt of --mount is not simulated"],
  ["--tmpfs /p:size=big", "flags=MS_NOSUID|MS_NODEV|MS_NOEXEC, data=size=big: invalid argument"],
  ["--tmpfs /p:mode=9,uid=1", "data=mode=9,uid=1: invalid argument"],
])("%s is refused", ([line = "", words = ""]) => {
  expect(() => requests(line)).toThrow(words);
});

test.for([
  ['a,"b,""c""",', ["a", 'b,"c"', ""]],
  ["a\nb", ["a"]],
  ["\n\na", ["a"]],
  ["", "EOF"],
  ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
  ['a,"b"c', 'parse error on line 1, column 5: extraneous or missing " in quoted-field'],
  ['"a', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
] as const)("the fields of %j", ([line, expected]) => {
  if (typeof expected === "string") expect(() => csvFields(line)).toThrow(new CsvError(expected));
  else expect(csvFields(line)).toEqual(expected);
});
