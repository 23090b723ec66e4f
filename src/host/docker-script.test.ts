import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { dockerScript } from "./docker-script.ts";
import { scenarioOf, stories } from "./links/stories.ts";
import type { LogEntry } from "./scenario.ts";

const script = (entries: readonly LogEntry[]): string =>
  dockerScript({ seed: "a", catalogue: "c", entries }, "en").split("\n").slice(5).join("\n");
const host = (line: string): LogEntry => ({ terminal: "host", line, at: 0 });
const inside = (line: string, more: Partial<LogEntry> = {}): LogEntry => ({
  terminal: "session-1",
  line,
  at: 0,
  ...more,
});

/** What a docker that only tells how it was called is told, its input behind `<`. */
function told(text: string): string {
  const fake = `docker() { echo "docker $*"; case "$*" in *" -i "*) sed 's/^/< /';; esac; }\n`;
  const { stdout, stderr, status } = spawnSync("sh", ["-s"], { input: fake + text, encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
  return stdout;
}

describe("a script for a real docker", () => {
  it("has what was typed in a container as its input", () => {
    const text = script([
      host("docker run -it --name web ubuntu:22.04 bash"),
      inside("cd /srv"),
      inside("echo '$x' > a"),
      inside("exit"),
      host("docker diff web"),
    ]);
    expect(told(text)).toBe(
      "docker run -i --name web ubuntu:22.04 bash\n< cd /srv\n< echo '$x' > a\n< exit\ndocker diff web\n",
    );
  });

  it("keeps a container going when something was typed elsewhere in between", () => {
    const text = script([
      host("docker run -it ubuntu:22.04 bash"),
      inside("touch /a"),
      host("docker ps"),
      inside("touch /b"),
      inside("exit"),
    ]);
    expect(told(text)).toBe(
      "docker run --name lamina-1 -dit ubuntu:22.04 bash\n" +
        "docker exec -i lamina-1 bash\n< touch /a\ndocker ps\n" +
        "docker exec -i lamina-1 bash\n< touch /b\n< exit\ndocker stop -t 0 lamina-1\n",
    );
  });

  it("has what an editor saved, whole or as a change, and explains what it leaves out", () => {
    const text = script([
      host("docker exec -it web sh"),
      inside("vim /a b", { edits: [{ path: "/tmp/lamina-no such", text: "one\nEND\n" }] }),
      inside("vim /x", { edits: [{ path: "/x", size: 5, changes: [{ keep: 2, drop: 1, put: "it's" }] }] }),
      inside("vim"),
      inside("sleep 100", { interruptedAfter: 0 }),
      { ...host("docker load"), imported: ["mine:1"] },
      host(""),
      host("docker run -it --rm alpine sh"),
    ]);
    expect(text).toContain("cat > '/tmp/lamina-no such' <<'END_'\none\nEND\nEND_\n");
    expect(text).toContain(`{ tail -c +1 /x | head -c 2; printf %s 'it'\\''s'; tail -c +4 /x; } > /tmp/edited`);
    expect(text).toContain("# vim   (an editor, and nothing was saved)\n# sleep 100   (stopped with Ctrl-C)\n");
    expect(text).toContain("# Handed in here, and not in the script: mine:1\n");
    expect(text).toContain("docker run -i --rm alpine sh </dev/null\n");
  });

  it("tells an author's words as comments, whatever is in them", () => {
    const entries = [{ ...host("docker ps"), title: { en: "Look\nrm -rf /" }, note: { en: "$(date) `date`" } }];
    expect(told(script(entries))).toBe("docker ps\n");
  });

  it.each(stories)("$name is a script that a shell reads to its end", (story) => {
    const text = dockerScript(scenarioOf(story), "en");
    const { stderr, status } = spawnSync("sh", ["-n"], { input: text, encoding: "utf8" });
    expect([stderr, status]).toEqual(["", 0]);
    for (const line of story.lines) {
      if (line.startsWith("0 docker") && !line.includes("-it")) expect(text).toContain(line.slice(2));
    }
  });
});
