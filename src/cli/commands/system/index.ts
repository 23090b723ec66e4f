import type { Verb } from "../../verb.ts";
import { systemDf } from "./df.ts";
import { info } from "./info.ts";
import { inspect } from "./inspect.ts";
import { systemPrune } from "./prune.ts";
import { version } from "./version.ts";

export const systemVerbs: readonly Verb[] = [info, inspect, systemDf, systemPrune, version];
