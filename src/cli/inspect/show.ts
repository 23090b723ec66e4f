import { EngineError } from "../../engine/error.ts";
import type { CommandContext } from "../command.ts";
import { daemonError } from "../each.ts";
import type { Flags } from "../flags/parse.ts";
import { parsedTemplate } from "../format/rows.ts";
import { TemplateError } from "../template/parse.ts";
import { toJson, type Value } from "../template/value.ts";
import { CommandError } from "../verb.ts";

/** EX_USAGE, which docker answers here only. */
const BAD_TEMPLATE = 64;

/**
 * Prints what `find` answers for each name, as a JSON array or by the template of `-f`; then the
 * refusals. `missing` words one, without it the daemon's words are used. Answers the exit code.
 */
export function showEach(
  names: readonly string[],
  flags: Flags,
  context: CommandContext,
  how: {
    readonly find: (name: string) => Value;
    readonly missing?: (name: string) => string;
    /** Why a template cannot have this field. */
    readonly noField?: (field: string) => string;
  },
): number {
  const format = flags.string("format") ?? "";
  const template = format === "" || format === "json" ? null : parsedTemplate(format, undefined, BAD_TEMPLATE);
  const noField = how.noField ?? ((field: string): string => `map has no entry for key "${field}"`);
  const found: Value[] = [];
  const lines: string[] = [];
  const refusals: string[] = [];
  for (const name of names) {
    try {
      const value = how.find(name);
      found.push(value);
      if (template) lines.push(`${template.run(value, { missing: noField })}\n`);
    } catch (error) {
      if (error instanceof TemplateError) refusals.push(`template parsing error: ${error.message}`);
      else if (error instanceof CommandError) refusals.push(error.message);
      else if (!(error instanceof EngineError)) throw error;
      else if (error.is("ambiguous-id") || error.is("empty-id") || how.missing === undefined)
        refusals.push(daemonError(error));
      else refusals.push(how.missing(name));
    }
  }
  if (template) context.stdout(lines.length > 0 ? lines.join("") : "\n");
  else if (format === "json")
    context.stdout(`${found.length > 0 ? found.map((value) => toJson(value)).join("\n") : "[]"}\n`);
  else context.stdout(found.length > 0 ? `${toJson(found, 4)}\n` : "[]\n");
  if (refusals.length === 0) return 0;
  context.stderr(`${refusals.join("\n")}\n`);
  return 1;
}
