import type { Dictionary } from "../../content/locales/index.ts";
import type { Phrase } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { PageFrame, SessionInfo, TerminalId, TypedCommand } from "../../host/protocol.ts";
import { captionOf, imageName } from "../names.ts";

/** What happened on a host, to be written down. */
export interface WrittenStory {
  readonly commands: readonly TypedCommand[];
  /** What each told, by its index in the log; none for what is not known any more. */
  readonly told: ReadonlyMap<number, readonly PageFrame[]>;
  /** Sessions of this visit, to name their containers. */
  readonly sessions: readonly SessionInfo[];
  /** The host at the end. */
  readonly host: HostState;
}

/** `-it`, `-i`, `--interactive`: the command gives a session in a container. */
const OPENS = /\bdocker\b.*\s(-\w*i\w*|--interactive)\b/;

/**
 * The story as Markdown: each command as it has to be typed on a real docker, and under it the sentences of its
 * steps. At the end what of it is modelled.
 */
export function storyMarkdown(story: WrittenStory, text: Dictionary): string {
  const words = text.transcript;
  const containers = containersOf(story);
  const parts = [`# ${words.title}`, words.follow];
  let place = "";
  for (const { index, terminal, line, handedIn, edits } of story.commands) {
    const here = terminal === "host" ? words.onHost : words.inContainer(codeSpan(containers.get(terminal) ?? "?"));
    if (here !== place) parts.push(`## ${here}`);
    place = here;
    parts.push(handedIn ? words.handedIn(codeSpan(line ?? "")) : fenced("console", console(terminal, line)));
    for (const edit of edits) parts.push(words.edited(codeSpan(edit.path)), fenced("", edit.text.replace(/\n$/, "")));
    const sentences = (story.told.get(index) ?? []).map(
      ({ event, state }) => `- ${markdownOf(captionOf(event, state, text))}`,
    );
    if (sentences.length > 0) parts.push(sentences.join("\n"));
  }
  const modelled = story.host.images.filter((image) => image.modelled).map((image) => codeSpan(imageName(image)));
  const notes = [...(modelled.length > 0 ? [words.modelledImages(modelled)] : []), words.modelledPrograms];
  parts.push(`## ${words.modelled}`, notes.map((note) => `- ${note}`).join("\n"));
  return `${parts.join("\n\n")}\n`;
}

/** A session is in the container that the command before it opened it in. */
function containersOf({ commands, told, sessions }: WrittenStory): ReadonlyMap<TerminalId, string> {
  const names = new Map<TerminalId, string>(sessions.map(({ terminal, containerName }) => [terminal, containerName]));
  let opened: string | null = null;
  for (const { index, terminal, line } of commands) {
    if (terminal !== "host" && !names.has(terminal) && opened !== null) names.set(terminal, opened);
    if (terminal !== "host" || !OPENS.test(line ?? "")) continue;
    for (const { event } of told.get(index) ?? [])
      if (event.type === "container.start" || event.type === "container.exec") opened = event.name;
  }
  return names;
}

/** With the prompts that readers of such blocks know: `$` the user's, `#` root's, `>` for what goes on. */
function console(terminal: TerminalId, line: string | null): string {
  const [first = "", ...more] = (line ?? "^D").split("\n");
  return [`${terminal === "host" ? "$" : "#"} ${first}`, ...more.map((next) => `> ${next}`)].join("\n");
}

function markdownOf(phrases: readonly Phrase[]): string {
  return phrases
    .map((phrase) => {
      if (typeof phrase === "string") return escaped(phrase);
      // The init layer has no name of its own.
      return phrase.kind === "layer" && phrase.layer === null ? escaped(phrase.text) : codeSpan(phrase.text);
    })
    .join("");
}

/** Plain words, with nothing in them that Markdown or HTML would take for its own. (CommonMark 2.4) */
function escaped(words: string): string {
  return words.replaceAll(/[\\`*_[\]<>#|~&]/g, "\\$&").replaceAll("\n", " ");
}

/** A name as code: the ticks around it are more than any in it. (CommonMark 6.1) */
function codeSpan(name: string): string {
  const words = name.replaceAll(/\s+/g, " ");
  const ticks = "`".repeat(longest(words) + 1);
  const space = words.startsWith("`") || words.endsWith("`") ? " " : "";
  return `${ticks}${space}${words}${space}${ticks}`;
}

function fenced(language: string, words: string): string {
  const fence = "`".repeat(Math.max(3, longest(words) + 1));
  return `${fence}${language}\n${words}\n${fence}`;
}

/** The most ticks that stand in a row. */
const longest = (words: string): number => Math.max(0, ...(words.match(/`+/g) ?? []).map((run) => run.length));
