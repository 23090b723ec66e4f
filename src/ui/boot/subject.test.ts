import { describe, expect, test } from "vitest";
import { containerFixture, digestOf, hostFixture, imageFixture, layerFixture } from "../fixture.ts";
import { answersOf, containerOf, distributionsOf, imageOf, inCourseOrder, sheetsOf } from "./subject.ts";

const run = (line: string, output: string, exitCode = 0) => ({ line, output, exitCode });
const ubuntu = imageFixture("u", ["u"], { refs: ["ubuntu:22.04"] });
const alpine = imageFixture("a", ["a"], { refs: ["alpine:latest", "alpine:3.20"] });
const mine = imageFixture("m", ["u", "v"], { refs: ["my/ubuntu-vim:1.0"] });
const host = hostFixture({
  images: [ubuntu, alpine, mine],
  containers: [containerFixture("web", "u"), containerFixture("box", "m")],
});

describe("what is shown", () => {
  test.each([
    [ubuntu.id, "u"],
    [containerFixture("box", "m").id, "m"],
    ["gone", "m"],
    [null, "m"],
  ])("of %s", (wanted, seed) => expect(imageOf(host, wanted)?.id).toBe(digestOf(seed)));

  test("an image's own container, or none", () => {
    expect(containerOf(host, ubuntu, null)?.name).toBe("web");
    expect(containerOf(host, alpine, null)).toBeNull();
    expect(imageOf(hostFixture({}), null)).toBeNull();
  });

  test("names in the order of the books", () => {
    const names = ["srv", "usr", "boot", "etc", "dev"].map((name) => ({ name, layer: null }));
    expect(inCourseOrder(names).map(({ name }) => name)).toEqual(["dev", "etc", "usr", "boot", "srv"]);
  });

  test("layers fold in the middle, and none is lost", () => {
    const layers = ["a", "b", "c", "d", "e"].map((seed) => layerFixture(seed));
    const image = imageFixture("five", ["a", "b", "c", "d", "e"]);
    const sheets = sheetsOf(hostFixture({ layers }), image, 3);
    expect(sheets.map((sheet) => sheet.layers.length)).toEqual([1, 3, 1]);
    expect(sheets.reduce((sum, { size }) => sum + size, 0)).toBe(5000);
    expect(sheetsOf(hostFixture({ layers }), image, 5)).toHaveLength(5);
  });
});

describe("uname -r", () => {
  const said = (...lines: [string, string, number?][]) =>
    Object.fromEntries(
      answersOf(
        host,
        lines.map(([line, output, code]) => run(line, output, code)),
      ),
    );

  test.each([
    ["docker run --rm alpine:3.20 uname -r", "6.8\r\n", { "alpine:3.20": "6.8" }],
    ["docker run alpine uname -r", "6.8\n", { "alpine:latest": "6.8" }],
    ["docker container run -i --rm ubuntu:22.04 uname -r", "Pull complete\nx\n6.8\n", { "ubuntu:22.04": "6.8" }],
    ["docker exec web uname -r", "6.8\n", { "ubuntu:22.04": "6.8" }],
    ["docker exec nobody uname -r", "6.8\n", {}],
    ["docker run --rm alpine:3.20 uname -a", "Linux\n", {}],
    ["echo docker run alpine uname -r", "docker run alpine uname -r\n", {}],
    ["docker run --rm alpine:3.20 uname -r", "", {}],
  ])("%s", (line, output, answers) => expect(said([line, output])).toEqual(answers));

  test("what failed is no answer, and the newest answer counts", () => {
    const line = "docker run --rm alpine:3.20 uname -r";
    expect(said([line, "no such thing\n", 125])).toEqual({});
    expect(said([line, "1\n"], [line, "2\n"])).toEqual({ "alpine:3.20": "2" });
  });

  test("three distributions: those that are here, then those to pull; nobody answers unasked", () => {
    const three = distributionsOf(host, []);
    expect(three.map(({ reference, image }) => [reference, image !== null])).toEqual([
      ["ubuntu:22.04", true],
      ["debian:12-slim", false],
      ["alpine:3.20", true],
    ]);
    expect(three.map(({ answer }) => answer)).toEqual([null, null, null]);
    expect(three[2]?.command).toBe("docker run --rm alpine:3.20 uname -r");
  });

  test("another version that is here takes the place of the one to pull", () => {
    const other = hostFixture({ images: [imageFixture("n", ["n"], { refs: ["ubuntu:24.04"] })] });
    const [first] = distributionsOf(other, [run("docker run --rm ubuntu:24.04 uname -r", "6.8\n")]);
    expect([first?.reference, first?.answer]).toEqual(["ubuntu:24.04", "6.8"]);
  });

  test("an image answers by whichever of its names was run", () => {
    const three = distributionsOf(host, [run("docker run --rm alpine uname -r", "6.8\n")]);
    expect(three.find(({ reference }) => reference === "alpine:3.20")?.answer).toBe("6.8");
  });
});
