import { expect, it } from "vitest";
import { decodeLink } from "./link.ts";
import { PracticePage } from "./practice.ts";

/** Types a line that opens an editor, and saves each text in it. */
async function edit(page: PracticePage, line: string, texts: (text: string) => readonly string[]): Promise<void> {
  const { terminal } = page;
  const asked = page.messages.length;
  const done = page.type(line);
  const request = await new Promise<string | null>((resolve) => {
    const look = (): void => {
      const found = page.messages.slice(asked).find((message) => message.type === "editor");
      if (found?.type === "editor") resolve(found.request.text);
      else setImmediate(look);
    };
    look();
  });
  for (const text of texts(request ?? "")) page.host.save(terminal, text);
  page.host.closeEditor(terminal);
  await done;
}

it("an edit travels as what it changed, and a link makes the same file of it", async () => {
  const page = await PracticePage.open();
  await page.type("docker run -it --name web debian:12 bash");
  await page.type("apt-get update");
  await page.type("apt-get install -y nano");
  await edit(page, "nano /etc/debconf.conf", (text) => {
    const once = text.replace("Config", "Setup");
    return [once, `${once}# the end\n`];
  });
  await edit(page, "nano /new", () => ["one\ntwo\n"]);
  await edit(page, "nano /new", (text) => [text.replace("two", "2")]);
  const { scenario } = decodeLink(page.host.link().fragment);
  const edits = scenario.entries.flatMap((entry) => entry.edits ?? []);
  expect(edits.map((one) => ("text" in one ? one.text : one.changes.map(({ put }) => put)))).toEqual([
    ["Setup"],
    ["# the end\n"],
    "one\ntwo\n",
    "one\n2\n",
  ]);
  const visitor = await PracticePage.open({ seed: scenario.seed });
  expect(await visitor.host.replay(scenario.entries, 80)).toBe(0);
  const file = "docker exec web cat /etc/debconf.conf /new";
  const upper = (one: PracticePage) => one.host.state(null).containers[0]?.upper;
  expect(upper(visitor)).toEqual(upper(page));
  page.terminal = "host";
  const shown = await page.says(file);
  expect(shown).toContain("# the end\none\n2");
  expect(await visitor.says(file)).toBe(shown);
}, 60_000);
