import type { Verb } from "../../verb.ts";
import { builderPrune } from "./prune.ts";

export const builderVerbs: readonly Verb[] = [builderPrune];
