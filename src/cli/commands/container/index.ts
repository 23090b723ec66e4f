import type { Verb } from "../../verb.ts";
import { containerCommit } from "./commit.ts";
import { containerCp } from "./cp.ts";
import { containerCreate } from "./create.ts";
import { containerDiff } from "./diff.ts";
import { containerExec } from "./exec.ts";
import { containerExport } from "./export.ts";
import { containerInspect } from "./inspect.ts";
import { containerLogs } from "./logs.ts";
import { containerLs } from "./ls.ts";
import { containerPort, containerTop, containerWait } from "./processes.ts";
import { containerPrune } from "./prune.ts";
import { containerRename } from "./rename.ts";
import { containerRm } from "./rm.ts";
import { containerRun } from "./run.ts";
import { containerStart } from "./start.ts";
import { containerKill, containerRestart, containerStop } from "./stop.ts";

export const containerVerbs: readonly Verb[] = [
  containerCommit,
  containerCp,
  containerCreate,
  containerDiff,
  containerExec,
  containerExport,
  containerInspect,
  containerKill,
  containerLogs,
  containerLs,
  containerPort,
  containerPrune,
  containerRename,
  containerRestart,
  containerRm,
  containerRun,
  containerStart,
  containerStop,
  containerTop,
  containerWait,
];
