/** Names side by side, as a shell lists what Tab could mean. */
export function inColumns(names: readonly string[], columns: number): string {
  const shown = names.slice(0, 200);
  const cell = Math.max(...shown.map((name) => name.length)) + 2;
  const across = Math.max(1, Math.floor(columns / cell));
  const rows = Math.ceil(shown.length / across);
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: across }, (_, column) => (shown[column * rows + row] ?? "").padEnd(cell))
      .join("")
      .trimEnd(),
  );
  return lines.join("\r\n") + (names.length > shown.length ? `\r\n… ${names.length - shown.length}` : "");
}
