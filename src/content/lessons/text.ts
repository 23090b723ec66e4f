/** A lesson's words in one language. All but the title and the lists are Markdown without HTML. */
export interface LessonText {
  readonly title: string;
  /** One sentence, for the list of lessons. */
  readonly summary: string;
  readonly parts: readonly LessonPart[];
  /** What to do, in a sentence or two; the goals themselves are worded by what they assert. */
  readonly task: string;
  /** Put before the prediction's command; empty when there is none. */
  readonly question: string;
  /** Each helps a little more than the one before. */
  readonly hints: readonly string[];
  /** What to remember. */
  readonly remember: readonly string[];
  /** For whoever teaches. */
  readonly notes: string;
}

export type LessonPart =
  | { readonly kind: "text"; readonly markdown: string }
  | { readonly kind: "demo"; readonly demo: string };

/** A text that is not written as {@link parseLessonText} wants it. */
export class LessonTextError extends Error {}

const BLOCKS = ["task", "question", "hints", "remember", "notes"] as const;
type Block = (typeof BLOCKS)[number];

/**
 * Reads a lesson's text: `# Title`, a paragraph that is the summary, then Markdown in which `:::demo NAME` puts a
 * demonstration and `:::task`, `:::question`, `:::hints`, `:::remember`, `:::notes` open a block that `:::` ends.
 * Hints and what to remember are lists of `- `. Throws {@link LessonTextError} with the line's number.
 */
export function parseLessonText(source: string): LessonText {
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  const fail = (index: number, why: string): never => {
    throw new LessonTextError(`line ${index + 1}: ${why}`);
  };
  const title = /^# (.+)$/.exec(lines[0] ?? "")?.[1] ?? fail(0, "the first line is not a title");
  const blocks = new Map<Block, string>();
  const parts: LessonPart[] = [];
  let text: string[] = [];
  const endText = (): void => {
    const markdown = text.join("\n").trim();
    if (markdown !== "") parts.push({ kind: "text", markdown });
    text = [];
  };
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const opened = /^:::(\w+)(?: (\S+))?$/.exec(line);
    if (!opened) {
      if (line.startsWith(":::")) fail(index, "no block is open, and this opens none");
      text.push(line);
      continue;
    }
    const [, word = "", name = ""] = opened;
    if (word === "demo") {
      endText();
      parts.push({ kind: "demo", demo: name || fail(index, "the demo has no name") });
      continue;
    }
    const block = BLOCKS.find((known) => known === word) ?? fail(index, `there is no block "${word}"`);
    if (blocks.has(block)) fail(index, `there are two blocks "${word}"`);
    const end = lines.indexOf(":::", index);
    if (end < 0) fail(index, `the block "${word}" has no end`);
    blocks.set(
      block,
      lines
        .slice(index + 1, end)
        .join("\n")
        .trim(),
    );
    index = end;
  }
  endText();
  const [first, ...rest] = parts;
  const [summary = "", ...body] = first?.kind === "text" ? first.markdown.split("\n\n") : [];
  if (summary === "") fail(1, "there is no summary");
  const opening: LessonPart[] = body.length > 0 ? [{ kind: "text", markdown: body.join("\n\n") }] : [];
  return {
    title,
    summary,
    parts: [...opening, ...rest],
    task: blocks.get("task") ?? "",
    question: blocks.get("question") ?? "",
    hints: items(blocks.get("hints")),
    remember: items(blocks.get("remember")),
    notes: blocks.get("notes") ?? "",
  };
}

/** The items of a list of `- `; a line that begins otherwise goes on with the item before it. */
function items(block = ""): string[] {
  const found: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("- ")) found.push(line.slice(2).trim());
    else if (line.trim() !== "" && found.length > 0) found.push(`${found.pop()}\n${line.trim()}`);
  }
  return found;
}
