/** Cells that a terminal gives to `text`. */
function width(text: string): number {
  let cells = 0;
  for (const symbol of text) {
    const code = symbol.codePointAt(0) ?? 0;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0x1f300 && code <= 0x1faff);
    cells += wide ? 2 : 1;
  }
  return cells;
}

export interface Cell {
  readonly text: string;
  /** As it is printed, with colours. */
  readonly shown: string;
}

/** Names in as many columns as fit into `columns`, filled from top to bottom; two spaces between. (ls(1) -C) */
export function inColumns(cells: readonly Cell[], columns: number): string {
  const widths = cells.map((cell) => width(cell.text));
  for (let rows = 1; rows <= cells.length; rows++) {
    const count = Math.ceil(cells.length / rows);
    const widest = Array.from({ length: count }, (_, column) =>
      Math.max(...widths.slice(column * rows, (column + 1) * rows)),
    );
    const total = widest.reduce((sum, each) => sum + each, 0) + 2 * (count - 1);
    if (total >= columns && rows < cells.length) continue;
    let text = "";
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < count; column++) {
        const at = column * rows + row;
        const cell = cells[at];
        if (!cell) continue;
        const last = at + rows >= cells.length;
        text += cell.shown + (last ? "" : " ".repeat((widest[column] ?? 0) - (widths[at] ?? 0) + 2));
      }
      text += "\n";
    }
    return text;
  }
  return "";
}

/** Rows as a table: columns as wide as their widest cell; "r" aligns right. */
export function aligned(rows: readonly (readonly string[])[], alignment: string, gap = " "): string {
  const widths = [...alignment].map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const space = " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
          if (alignment.charAt(column) === "r") return space + cell;
          return column === row.length - 1 ? cell : cell + space;
        })
        .join(gap),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** "4.0K", "1.3M": powers of 1024, rounded up, as ls -h, du -h and df -h print. */
export function human(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 6) {
    value /= 1024;
    unit += 1;
  }
  const shown = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return shown + "KMGTPE".charAt(unit - 1);
}
