import type { Verb } from "../../verb.ts";
import { imageBuild } from "./build.ts";
import { imageHistory } from "./history.ts";
import { imageImport } from "./import.ts";
import { imageInspect } from "./inspect.ts";
import { imageLoad } from "./load.ts";
import { imageLs } from "./ls.ts";
import { imagePrune } from "./prune.ts";
import { imagePull } from "./pull.ts";
import { imageRm } from "./rm.ts";
import { imageSave } from "./save.ts";
import { imageTag } from "./tag.ts";

export const imageVerbs: readonly Verb[] = [
  imageBuild,
  imageHistory,
  imageImport,
  imageInspect,
  imageLoad,
  imageLs,
  imagePrune,
  imagePull,
  imageRm,
  imageSave,
  imageTag,
];
