import { functions } from "../template/functions.ts";
import { Template, type TemplateOptions } from "../template/execute.ts";
import { TemplateError } from "../template/parse.ts";
import type { Method, Value } from "../template/value.ts";
import { CommandError } from "../verb.ts";
import { alignTabs } from "./table.ts";

/** What one line of a list can show, by the names that `--format` uses. A method takes arguments: `{{.Label "x"}}`. */
export type Row = Readonly<Record<string, string | Method>>;

interface Layout {
  /** "table TEMPLATE", "json" or a template, as after `--format`. */
  readonly format: string;
  /** Headings of the columns by field. */
  readonly headers: Readonly<Record<string, string>>;
  /** Go's name of the row, for errors: "*formatter.ContainerContext". */
  readonly type: string;
}

/** In a header the functions of a template leave the heading as it is. (docker/cli, `templates.HeaderFunctions`) */
const headerFunctions: typeof functions = {
  ...functions,
  ...Object.fromEntries(
    ["json", "title", "lower", "upper", "truncate"].map((name) => [name, (heading: Value) => heading]),
  ),
};

/** A column of a label is headed by the last part of its name. (docker/cli, `SubHeaderContext.Label`) */
const labelHeading: Method = (name) => String(name).split(".").at(-1)?.replace(/[-_]/g, " ");

/** Lists and tables as docker prints them. Throws {@link CommandError} when the template is wrong. */
export function formatRows(rows: readonly Row[], layout: Layout): string {
  const table = layout.format.startsWith("table");
  const source = layout.format === "json" ? "{{json .}}" : layout.format.replace(/^table\s*/, "");
  const template = parsedTemplate(source.replaceAll("\\t", "\t").replaceAll("\\n", "\n"));
  const options = { missing: (field: string) => `can't evaluate field ${field} in type ${layout.type}` };
  const lines = rows.map((row) => run(template, sorted(row), options));
  if (!table) return lines.map((line) => `${line}\n`).join("");
  const header = run(
    template,
    { ...layout.headers, Label: labelHeading },
    { missing: () => "", functions: headerFunctions },
  );
  return `${alignTabs([header, ...lines].join("\n"))}\n`;
}

/** A template that a person wrote; docker's words when it cannot be read. */
export function parsedTemplate(source: string, complaint = "template parsing error", exitCode = 1): Template {
  try {
    return new Template(source);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`${complaint}: ${error.message}`, exitCode);
    throw error;
  }
}

export function run(template: Template, data: Value, options: TemplateOptions): string {
  try {
    return template.run(data, options);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`);
    throw error;
  }
}

/** `{{json .}}` prints the fields by name. */
function sorted(row: Row): Row {
  return Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
