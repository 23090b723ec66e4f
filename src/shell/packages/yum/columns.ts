/** How often each width occurs in a column, ascending. */
function widths(texts: readonly string[]): [width: number, count: number][] {
  const counts = new Map<number, number>();
  for (const { length } of texts) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

/** How many cells of the column fit when it may grow by `left`. */
function helped(current: number, data: readonly [number, number][], left: number): number {
  let count = 0;
  for (const [width, number] of data) {
    if (left < width - current) break;
    count += number;
  }
  return count;
}

/**
 * Shares the screen among the columns as yum does: the space goes where it helps most cells, the last column
 * last; what is left over is spread, the rest to `remainder`. (yum output.py, calcColumns)
 */
export function shareColumns(
  cells: readonly (readonly string[])[],
  least: readonly number[],
  remainder: number,
  total: number,
): number[] {
  const data = cells.map(widths);
  const columns = [...least];
  const last = columns.length - 1;
  let left = total - columns.reduce((sum, width) => sum + width, 0) - last;
  if (columns[last] === 0) left += 1;
  while (left > 0) {
    let helps = 0;
    let chosen = 0;
    for (const [index, column] of data.entries()) {
      let help = helped(columns[index] ?? 0, column, left);
      if (help === 0) continue;
      if (helps > 0 && index === last) help = Math.floor(help / 2);
      if (help < helps) continue;
      helps = help;
      chosen = index;
    }
    if (helps > 0) {
      const [width = 0] = data[chosen]?.shift() ?? [];
      const grown = width - (columns[chosen] ?? 0);
      if (columns[chosen] === 0 && chosen === last) left -= 1;
      columns[chosen] = width;
      left -= grown;
      continue;
    }
    const overflowing = data.flatMap((column, index) => (column.length > 0 ? [index] : []));
    if (overflowing.length > 0) {
      const share = Math.floor(left / overflowing.length);
      for (const index of overflowing) {
        columns[index] = (columns[index] ?? 0) + share;
        left -= share;
      }
    }
    const share = Math.floor(left / last);
    for (let index = 0; index < last; index += 1) columns[index] = (columns[index] ?? 0) + share;
    columns[remainder] = (columns[remainder] ?? 0) + left - last * share;
    left = 0;
  }
  return columns;
}

/** One row; a cell that is too long pushes the rest to the next line. A negative width means aligned to the right. */
export function row(cells: readonly (readonly [text: string, width: number])[], start = " "): string {
  let line = "";
  let used = start.length;
  for (const [index, [text, width]] of cells.entries()) {
    const isLast = index === cells.length - 1;
    const size = Math.abs(width);
    if (text.length <= size) line += width < 0 ? text.padStart(size) : text.padEnd(size);
    else line += isLast ? text : `${text}\n${" ".repeat(used + size)}`;
    used += size + 1;
    if (!isLast) line += " ";
  }
  return `${start}${line}\n`;
}

/** Names in as many columns as fit, at most eight. (yum output.py, _fits_in_cols) */
export function inColumns(names: readonly string[], total: number): string {
  let columns: number[] = [];
  for (let number = 8; number >= 2 && columns.length === 0; number -= 1) columns = fitting(names, number, total);
  if (columns.length === 0) columns = [total - 2];
  let text = "";
  for (let at = 0; at < names.length; at += columns.length) {
    const cells = names.slice(at, at + columns.length).map((name, index) => [name, columns[index] ?? 0] as const);
    text += row(cells, "  ");
  }
  return text;
}

function fitting(names: readonly string[], number: number, total: number): number[] {
  if (names.length < number) return [];
  let left = total - (number - 1 + 2);
  const columns = new Array<number>(number).fill(0);
  for (const [index, { length }] of names.entries()) {
    const grown = length - (columns[index % number] ?? 0);
    if (grown <= 0) continue;
    if (left <= grown) return [];
    left -= grown;
    columns[index % number] = length;
  }
  return columns.map((width) => width + Math.floor(left / number));
}

/** yum's sizes: "32 k", "1.1 M". Powers of 1024. (yum output.py, format_number) */
export function numberText(bytes: number): string {
  let number = bytes;
  for (const unit of [" ", "k", "M", "G"]) {
    if (number <= 999 || unit === "G") {
      if (unit === " ") return `${Math.round(number)}  `;
      return `${number < 9.95 ? number.toFixed(1) : number.toFixed(0)} ${unit}`;
    }
    number /= 1024;
  }
  return "";
}
