import type { Volume } from "../../../engine/state.ts";
import { parseBool } from "../../flags/bool.ts";
import { type Filters, labelsMatch, readFilters } from "../../filters.ts";
import { flagTable } from "../../flags/table.ts";
import { quote } from "../../format/quote.ts";
import { confirmed, pruneVolumes, report } from "../../prune.ts";
import { CommandError, type Verb } from "../../verb.ts";

/** docker volume prune [OPTIONS] */
export const volumePrune: Verb = {
  names: ["volume prune"],
  usage: "[OPTIONS]",
  summary: "Remove unused local volumes",
  accepts: { kind: "none" },
  flags: flagTable(`
  -a, --all             Remove all unused volumes, not just anonymous ones
      --filter filter   Provide filter values (e.g. "label=<label>")
  -f, --force           Do not prompt for confirmation
`),
  async run({ path, flags }, context) {
    const texts = flags.list("filter");
    const chosen = texts.some((text) => text.startsWith("all="));
    if (flags.bool("all") && chosen)
      throw new CommandError("conflicting options: cannot specify both --all and --filter all=1");
    const kind = flags.bool("all") ? "all local volumes" : "anonymous local volumes";
    const warning = `This will remove ${kind} not used by at least one container.`;
    if (!(await confirmed(flags.bool("force"), warning, flags.bool("all") ? `${path} -a` : path, context))) return 0;
    const filters = readFilters(texts, ["all", "label", "label!"]);
    const all = flags.bool("all") || allOf(filters);
    const pruned = pruneVolumes(context, { all, matches: (volume) => matches(volume, filters) });
    context.stdout(report([{ title: "Deleted Volumes", pruned }]));
    return 0;
  },
};

function allOf(filters: Filters): boolean {
  const value = filters.get("all")?.at(-1) ?? "false";
  const all = parseBool(value);
  if (all !== null) return all;
  const reason = `strconv.ParseBool: parsing ${quote(value)}: invalid syntax`;
  throw new CommandError(`Error response from daemon: invalid filter 'all': ${reason}`);
}

function matches({ labels }: Volume, filters: Filters): boolean {
  const unwanted = filters.get("label!") ?? [];
  return labelsMatch(filters, labels) && !(unwanted.length > 0 && labelsMatch(new Map([["label", unwanted]]), labels));
}
