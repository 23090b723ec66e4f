const MIN_WIDTH = 10;
const PADDING = 3;

/**
 * Lines with tab-terminated cells, lined up as Go's text/tabwriter does for docker (min width 10,
 * padding 3): a column is a run of consecutive lines that have a cell there; the last cell of a line,
 * which no tab ends, belongs to no column. Widths count characters, not screen cells.
 */
export function alignTabs(text: string, minWidth = MIN_WIDTH): string {
  const lines = text.split("\n").map((line) => line.split("\t"));
  align(lines, 0, lines.length, 0, minWidth);
  return lines.map((cells) => cells.join("")).join("\n");
}

/** Lines up column `column` in lines [from, to), then what is right of it, block by block. */
function align(lines: string[][], from: number, to: number, column: number, minWidth: number): void {
  const hasCell = (line: number): boolean => (lines[line]?.length ?? 0) - 1 > column;
  for (let start = from; start < to; start++) {
    if (!hasCell(start)) continue;
    let end = start;
    let width = minWidth;
    while (end < to && hasCell(end)) {
      width = Math.max(width, length(lines[end]?.[column]) + PADDING);
      end++;
    }
    for (const cells of lines.slice(start, end)) cells[column] += " ".repeat(width - length(cells[column]));
    align(lines, start, end, column + 1, minWidth);
    start = end - 1;
  }
}

function length(cell: string | undefined): number {
  return [...(cell ?? "")].length;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Cut to `width` screen cells, the last one "…" when something was cut. (docker/cli, `formatter.Ellipsis`) */
export function ellipsis(text: string, width: number): string {
  const characters = [...text];
  const widths = characters.map((character) => (WIDE.test(character) ? 2 : 1));
  if (widths.reduce((sum, each) => sum + each, 0) <= width) return text;
  let kept = 0;
  for (let used = 0; kept < characters.length; kept++) {
    used += widths[kept] ?? 1;
    if (used > width - 1) break;
  }
  return `${characters.slice(0, kept).join("")}…`;
}
