import type { Shown } from "../../state/story.ts";
import { type Scene, nameOf } from "./animations/motion.ts";
import { layoutHost } from "./host-layout.ts";
import { layoutStack } from "./layout.ts";
import { outsideOf } from "./outside.ts";

interface SceneOptions {
  readonly width: number;
  readonly height: number;
  /** All entries of the open directory, also those that would fold. */
  readonly expanded: boolean;
  /** The plates of the whole host too: where somebody looks at them. */
  readonly host: boolean;
}

/** The geometry of a moment, at the size the stage has. */
export function sceneAt(moment: Shown, { width, height, expanded, host }: SceneOptions): Scene {
  const { view } = moment;
  const outside = view && outsideOf(view, moment.host, moment.event);
  return {
    host: moment.host,
    stack: view && outside ? layoutStack(view, { width, height, expanded, spoken: spokenOf(moment) }, outside) : null,
    plates: host ? layoutHost(moment.host, { width, height }) : null,
  };
}

/** What a step is about is in the picture, however many other names there are; the host's own files have no columns. */
const spokenOf = ({ event }: Shown): string | null =>
  event?.type.startsWith("fs.") && "path" in event ? nameOf(event.path) : null;
