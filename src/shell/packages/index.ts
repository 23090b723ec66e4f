import type { ShellCommand } from "../command.ts";
import { aptCache, aptMark } from "./apt/apt-cache.ts";
import { aptGet } from "./apt/apt-get.ts";
import { apk } from "./apk/apk.ts";
import { dpkg } from "./dpkg/dpkg.ts";
import { updateAlternatives } from "./dpkg/update-alternatives.ts";
import { rpm } from "./yum/rpm.ts";
import { yum } from "./yum/yum.ts";

/** Package managers of the distributions, each found where its file is in the container. */
export const packageManagers: readonly ShellCommand[] = [
  aptGet,
  aptCache,
  aptMark,
  dpkg,
  updateAlternatives,
  apk,
  yum,
  rpm,
];
