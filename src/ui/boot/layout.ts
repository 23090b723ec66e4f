import type { Size } from "./frame.ts";
import { layoutKernel } from "./layout-kernel.ts";
import { layoutMachine } from "./layout-machine.ts";
import { layoutSizes } from "./layout-sizes.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stages.ts";
import type { Subject } from "./subject.ts";

/** One stage as a picture, of the host as it is. */
export function layoutBoot(stage: Stage, subject: Subject, size: Size): Scene {
  if (stage === "sizes") return layoutSizes(subject, size);
  if (stage === "kernel") return layoutKernel(subject, size);
  return layoutMachine(stage, subject, size);
}
