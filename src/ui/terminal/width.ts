/** Ranges that take two cells, as xterm's own table (Unicode 6) has them: the drawing must agree with it. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3040, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];
const COMBINING = /^[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufeff]$/u;

/** Terminal cells that one character takes: 0, 1 or 2. */
function cellsOf(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** The text without escape sequences: what takes up cells. */
export function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
  return text.replaceAll(/\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]/g, "");
}

/** Where the cursor stands after `text`, begun in the first cell of a row. A full row ends in its last cell plus one. */
export function positionAfter(text: string, columns: number): { readonly row: number; readonly column: number } {
  let row = 0;
  let column = 0;
  for (const character of visible(text)) {
    if (character === "\n") {
      row++;
      column = 0;
      continue;
    }
    const cells = cellsOf(character);
    if (column + cells > columns) {
      row++;
      column = 0;
    }
    column += cells;
  }
  return { row, column };
}
