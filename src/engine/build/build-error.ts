/** Lines of a Dockerfile, counted from 1. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A build that cannot go on. The message is BuildKit's, without the "failed to solve: " that docker puts before it. */
export class BuildError extends Error {
  override readonly name = "BuildError";
  constructor(
    message: string,
    /** What in the Dockerfile it is about; null: nothing there. */
    readonly place: Place | null = null,
    /** What the step itself says, where docker says more in the end. */
    readonly step: string = message,
  ) {
    super(message);
  }
}

/** A line that cannot be understood. */
export const parseError = (message: string, place: Place): BuildError =>
  new BuildError(`dockerfile parse error on line ${place.from}: ${message}`, place);

/** The lines an error is about, those around them, and the file's name. (BuildKit, errdefs.Source) */
export function excerpt(file: string, text: string, { from, to }: Place): string {
  const lines = text.split("\n");
  let [start, end] = [from, Math.min(to, lines.length)];
  if (start < 1 || start > lines.length) return "";
  for (let padded = 0, pad = start === end ? 4 : 2; padded < pad; padded += 1) {
    if (start > 1) {
      start -= 1;
      padded += 1;
    }
    if (end < lines.length) {
      end += 1;
      padded += 1;
    }
  }
  const rule = "-".repeat(20);
  const shown = lines.slice(start - 1, end).map((line, at) => {
    const number = start + at;
    return ` ${String(number).padStart(3)} | ${number >= from && number <= to ? ">>>" : "   "} ${line}\n`;
  });
  return `${file}:${from}\n${rule}\n${shown.join("")}${rule}\n`;
}
