import { decodeLink, encodeLink } from "../src/host/link.ts";
import type { TerminalId } from "../src/host/protocol.ts";
import type { LogEntry } from "../src/host/scenario.ts";
import { digits } from "./timing.ts";

type Typed = readonly [terminal: TerminalId, line: string, seconds: number, edit?: { path: string; text: string }];

/** The vim story as one types it. */
const story: readonly Typed[] = [
  ["host", "docker pull ubuntu:22.04", 0],
  ["host", "docker run -it --name web ubuntu:22.04 bash", 7.3],
  ["session-1", "vim", 4.1],
  ["session-1", "apt-get update", 6.8],
  ["session-1", "apt-get install -y vim", 9.2],
  ["session-1", "vim /root/hello.txt", 14.6, { path: "/root/hello.txt", text: "Hello from my own layer.\n" }],
  ["session-1", "rm /etc/legal", 21.4],
  ["session-1", "echo x >> /etc/bash.bashrc", 8.7],
  ["session-1", "exit", 3.2],
  ["host", "docker diff web", 5.5],
  ["host", 'docker commit -m "add vim" -a "me" web my/ubuntu-vim:1.0', 11.9],
  ["host", "docker history my/ubuntu-vim:1.0", 6.3],
  ["host", "docker run -it --rm my/ubuntu-vim:1.0 bash", 8.8],
  ["session-2", "vim --version", 5.1],
  ["session-2", "ls /etc/legal", 4.4],
  ["session-2", "exit", 2.9],
  ["host", "docker run -it --rm ubuntu:22.04 bash", 7.7],
  ["session-3", "vim", 3.6],
  ["session-3", "ls /etc/legal", 4.2],
  ["session-3", "exit", 2.1],
];

/** How long the story's link is, and how much shorter than its log as plain JSON. */
export function link(): object {
  let at = Date.UTC(2026, 10, 23, 17, 49, 25, 100);
  const entries = story.map(([terminal, line, seconds, edit]): LogEntry => {
    at += seconds * 1000;
    return { terminal, line, at: Math.round(at / 100) * 100, ...(edit ? { edits: [edit] } : {}) };
  });
  const scenario = { seed: "0123456789ab", catalogue: "0badcafe", entries };
  const fragment = encodeLink(scenario);
  if (JSON.stringify(decodeLink(fragment)) !== JSON.stringify(scenario))
    throw new Error("the link says something else");
  const plain = JSON.stringify(scenario).length;
  return {
    what: "characters of the vim story's fragment; toPlainJson: fragment / its log as JSON",
    commands: entries.length,
    fragment: fragment.length,
    perCommand: digits(fragment.length / entries.length),
    plainJson: plain,
    toPlainJson: digits(fragment.length / plain),
  };
}
