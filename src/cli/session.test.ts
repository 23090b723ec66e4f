import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PracticeHost } from "./practice-host.ts";
import { alpine, nginx } from "./testdata/images.ts";

const folder = new URL("testdata/sessions/", import.meta.url);

/**
 * A session is a transcript of docker 28.5: `$ command`, then what it printed. Lines that begin with
 * `@` set the scene: `@ +7` lets seconds pass, `@ columns 100` makes the terminal a tty, `@ run ...`
 * types a command whose output is not compared.
 */
interface Step {
  readonly kind: "command" | "scene";
  readonly line: string;
  output: string;
}

function steps(text: string): Step[] {
  const found: Step[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const [, mark, rest] = /^([$@#]) ?(.*)\n$/.exec(line) ?? [];
    if (mark === "$") found.push({ kind: "command", line: rest ?? "", output: "" });
    else if (mark === "@") found.push({ kind: "scene", line: rest ?? "", output: "" });
    else if (mark !== "#") found[found.length - 1]!.output += line;
  }
  return found;
}

/** Ids are other ones here; each becomes a number in the order of its first appearance. */
function normalised(): (text: string) => string {
  const seen: string[] = [];
  const name = (id: string): string => {
    const short = id.replace("sha256:", "").slice(0, 12);
    if (!seen.includes(short)) seen.push(short);
    return `${"#".repeat(id.length - 3)}${String(seen.indexOf(short)).padStart(3, "0")}`;
  };
  return (text) => text.replace(/(?:sha256:)?\b(?:[0-9a-f]{64}\b|[0-9a-f]{12}\b|[0-9a-f]{14}…)/g, name);
}

async function scene(host: PracticeHost, line: string): Promise<void> {
  if (line.startsWith("+")) host.now += Number(line.slice(1)) * 1000;
  else if (line.startsWith("columns ")) host.terminal = { tty: true, columns: Number(line.slice(8)) };
  else if (line.startsWith("run ")) await host.run(line.slice(4));
  else throw new SyntaxError(line);
}

test.for(readdirSync(folder))("%s", async (name) => {
  const host = new PracticeHost();
  await host.serve(["docker.io/library/alpine:latest", "docker.io/library/alpine:3.20"], alpine);
  await host.serve(["docker.io/library/nginx:latest", "docker.io/library/nginx:1.27"], nginx);
  const [recorded, played] = [normalised(), normalised()];
  for (const step of steps(readFileSync(new URL(name, folder), "utf8"))) {
    if (step.kind === "scene") await scene(host, step.line);
    else
      expect(`$ ${step.line}\n${played(await host.run(step.line))}`).toBe(`$ ${step.line}\n${recorded(step.output)}`);
  }
});
