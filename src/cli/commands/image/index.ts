import type { Verb } from "../../verb.ts";
import { imageBuild } from "./build.ts";
import { imageHistory } from "./history.ts";
import { imageImport } from "./import.ts";
import { imageInspect } from "./inspect.ts";
import { imageLs } from "./ls.ts";
import { imagePrune } from "./prune.ts";
import { imagePull } from "./pull.ts";
import { imageRm } from "./rm.ts";
import { imageTag } from "./tag.ts";

export const imageVerbs: readonly Verb[] = [
  imageBuild,
  imageHistory,
  imageImport,
  imageInspect,
  imageLs,
  imagePrune,
  imagePull,
  imageRm,
  imageTag,
];
