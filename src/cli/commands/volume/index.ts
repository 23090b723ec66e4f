import type { Verb } from "../../verb.ts";
import { volumeCreate } from "./create.ts";
import { volumeInspect } from "./inspect.ts";
import { volumeLs } from "./ls.ts";
import { volumePrune } from "./prune.ts";
import { volumeRm } from "./rm.ts";

export const volumeVerbs: readonly Verb[] = [volumeCreate, volumeInspect, volumeLs, volumePrune, volumeRm];
