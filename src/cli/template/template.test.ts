import { expect, test } from "vitest";
import { Template } from "./execute.ts";
import { nilMap, nilSlice, type Value } from "./value.ts";

/** As in `docker version -f`, with which the outputs were compared. */
const data: Value = {
  Client: { Version: "28.2.2", Os: "linux" },
  List: ["a", "b"],
  Empty: nilSlice,
  None: nilMap,
  Map: new Map<string, Value>([
    ["b", 2],
    ["a", "<x>"],
  ]),
  Flag: true,
  Method: (name) => `called ${String(name)}`,
};

const run = (source: string): string => new Template(source).run(data, { missing: (field) => `no field ${field}` });

test.for([
  ["{{.Client.Version}}", "28.2.2"],
  ['{{ .Client.Os | upper | printf "%-8s|" }}', "LINUX   |"],
  ['{{title "ab cd"}} {{pad "a" 1 2}}| {{truncate "abcdef" 3}}', "Ab Cd  a  | abc"],
  ['{{split .Client.Version "."}} {{index (split .Client.Version ".") 1}}', "[28 2 2] 2"],
  ['{{range $i,$e := split .Client.Version "."}}{{$i}}={{$e}} {{end}}', "0=28 1=2 2=2 "],
  ["{{with .Client}}{{.Os}}{{else}}x{{end}}", "linux"],
  ["{{$x := .Client.Os}}{{$x}}", "linux"],
  ["{{- .Client.Os -}} x", "linuxx"],
  ["}}", "}}"],
  ["{{range .Empty}}x{{else}}none{{end}} {{.Empty}} {{.None}} {{json .Empty}} {{len .Empty}}", "none [] map[] null 0"],
  ["{{json .Map}} {{.Map}} {{.Map.zzz}}", '{"a":"\\u003cx\\u003e","b":2} map[a:<x> b:2] <no value>'],
  ['{{if and .Flag (eq .Client.Os "linux")}}yes{{else if .Flag}}maybe{{end}}', "yes"],
  ['{{join .List ", "}} {{len .List}} {{println 1 "a"}}', "a, b 2 1 a\n"],
  ['{{.Method "x"}}', "called x"],
  ["{{/* nothing */}}a{{`raw`}}", "araw"],
  ["{{.}}", "{{28.2.2 linux} [a b] [] map[] map[a:<x> b:2] true "],
] as const)("%s", ([source, output]) => {
  expect(run(source).slice(0, output.length)).toBe(output);
});

test.for([
  ["{{", "template: :1: unclosed action"],
  ["a\n{{foo}}", 'template: :2: function "foo" not defined'],
  ["{{.Client", "template: :1: unclosed action"],
  ["{{end}}", "template: :1: unexpected {{end}}"],
  ["{{if}}", "template: :1: missing value for if"],
  ["{{if .Client}}", "template: :1: unexpected EOF"],
  ['{{"a}}', "template: :1: unterminated quoted string"],
  ["{{)}}", "template: :1: unexpected right paren"],
  ["{{$y}}", 'template: :1: undefined variable "$y"'],
  ["{{.Client.Foo}}", 'template: :1:9: executing "" at <.Client.Foo>: no field Foo'],
  ["{{.Foo}}", 'template: :1:2: executing "" at <.Foo>: no field Foo'],
] as const)("%s: %s", ([source, message]) => {
  expect(() => run(source)).toThrow(message);
});
