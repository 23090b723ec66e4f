/** A line that is no record; the message is that of Go's encoding/csv. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

/** The fields of one line of comma-separated values. Throws {@link CsvError}. (Go, encoding/csv `readRecord`) */
export function csvFields(text: string): string[] {
  const line = text.split("\n").find((each) => each !== "");
  if (line === undefined) throw new CsvError("EOF");
  const fields: string[] = [];
  for (let at = 0; at <= line.length; at++) {
    const [field, end] = line[at] === '"' ? quoted(line, at) : plain(line, at);
    fields.push(field);
    at = end;
  }
  return fields;
}

/** The field that starts at `at`, and where its comma is. */
function plain(line: string, at: number): [field: string, end: number] {
  const comma = line.indexOf(",", at);
  const end = comma < 0 ? line.length : comma;
  const quote = line.slice(at, end).indexOf('"');
  if (quote >= 0) throw problem(at + quote, 'bare " in non-quoted-field');
  return [line.slice(at, end), end];
}

function quoted(line: string, at: number): [field: string, end: number] {
  let field = "";
  for (let from = at + 1; ; ) {
    const quote = line.indexOf('"', from);
    if (quote < 0) throw problem(line.length, 'extraneous or missing " in quoted-field');
    field += line.slice(from, quote);
    if (quote + 1 === line.length || line[quote + 1] === ",") return [field, quote + 1];
    if (line[quote + 1] !== '"') throw problem(quote, 'extraneous or missing " in quoted-field');
    field += '"';
    from = quote + 2;
  }
}

function problem(index: number, what: string): CsvError {
  return new CsvError(`parse error on line 1, column ${index + 1}: ${what}`);
}
