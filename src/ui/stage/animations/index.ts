import type { EngineEvent, EventType } from "../../../engine/event.ts";
import { buildCached } from "./build.cached.ts";
import { buildConfig } from "./build.config.ts";
import { buildFailed } from "./build.failed.ts";
import { buildFrom } from "./build.from.ts";
import { buildImage } from "./build.image.ts";
import { buildLayer } from "./build.layer.ts";
import { buildStep } from "./build.step.ts";
import { containerCommit } from "./container.commit.ts";
import { containerCopy } from "./container.copy.ts";
import { containerCreate } from "./container.create.ts";
import { containerExec } from "./container.exec.ts";
import { containerExit } from "./container.exit.ts";
import { imageSave } from "./image.save.ts";
import { containerExport } from "./container.export.ts";
import { containerRemove } from "./container.remove.ts";
import { containerStart } from "./container.start.ts";
import { fsAttributes } from "./fs.attributes.ts";
import { fsBurst } from "./fs.burst.ts";
import { fsCopyUp } from "./fs.copy-up.ts";
import { fsCreate } from "./fs.create.ts";
import { fsExdev } from "./fs.exdev.ts";
import { fsLink } from "./fs.link.ts";
import { fsOpaque } from "./fs.opaque.ts";
import { fsRead } from "./fs.read.ts";
import { fsRemove } from "./fs.remove.ts";
import { fsRename } from "./fs.rename.ts";
import { fsWhiteout } from "./fs.whiteout.ts";
import { fsWrite } from "./fs.write.ts";
import { imageDelete } from "./image.delete.ts";
import { imageImport } from "./image.import.ts";
import { imagePulled } from "./image.pulled.ts";
import { imageTag } from "./image.tag.ts";
import { imageUntag } from "./image.untag.ts";
import { layerDelete } from "./layer.delete.ts";
import { layerDownload } from "./layer.download.ts";
import { layerExists } from "./layer.exists.ts";
import { layerExtract } from "./layer.extract.ts";
import {
  type Animation,
  type Change,
  type Motion,
  appear,
  bridgePart,
  containerPart,
  pulse,
  slideIn,
  volumePart,
} from "./motion.ts";
import { pullStart } from "./pull.start.ts";
import { shifts } from "./shift.ts";
import { volumeChange } from "./volume.change.ts";
import { volumeCopy } from "./volume.copy.ts";
import { volumeCreate } from "./volume.create.ts";
import { volumeRemove } from "./volume.remove.ts";

/** Every event has an animation, or the page does not compile. */
export const animations = {
  "pull.start": pullStart,
  "layer.exists": layerExists,
  "layer.download": layerDownload,
  "layer.extract": layerExtract,
  "layer.delete": layerDelete,
  "image.pulled": imagePulled,
  "image.tag": imageTag,
  "image.untag": imageUntag,
  "image.delete": imageDelete,
  "container.create": containerCreate,
  "container.start": containerStart,
  "container.exec": containerExec,
  "container.exit": containerExit,
  "container.remove": containerRemove,
  "container.commit": containerCommit,
  "build.from": buildFrom,
  "build.step": buildStep,
  "build.layer": buildLayer,
  "build.cached": buildCached,
  "build.config": buildConfig,
  "build.failed": buildFailed,
  "build.image": buildImage,
  "container.copy": containerCopy,
  "container.export": containerExport,
  "image.save": imageSave,
  "image.import": imageImport,
  "volume.create": volumeCreate,
  "volume.copy": volumeCopy,
  "volume.change": volumeChange,
  "volume.remove": volumeRemove,
  "fs.copy-up": fsCopyUp,
  "fs.create": fsCreate,
  "fs.write": fsWrite,
  "fs.attributes": fsAttributes,
  "fs.whiteout": fsWhiteout,
  "fs.remove": fsRemove,
  "fs.opaque": fsOpaque,
  "fs.rename": fsRename,
  "fs.link": fsLink,
  "fs.exdev": fsExdev,
  "fs.read": fsRead,
  "fs.burst": fsBurst,
} satisfies { [T in EventType]: Animation<T> };

/** The motions between two moments. Pure: the same moments give the same motions. */
export function motionsOf(change: Change): readonly Motion[] {
  const own = ownMotionsOf(change);
  return [...own, ...shifts(change, new Set(own.map(({ part }) => part)))];
}

/** Without what only makes room. */
function ownMotionsOf(change: Change): readonly Motion[] {
  const animate = animations[change.event.type] as Animation<EventType>;
  return [...animate(change), ...arrivals(change), ...marks(change)].filter(({ part }) => isDrawn(part, change));
}

/** What the event touches of the picture before, or of the one after: the marks of still frames. */
export function touchedBy(change: Change, phase: Motion["phase"]): ReadonlySet<string> {
  const parts = ownMotionsOf(change).filter((motion) => motion.phase === phase);
  return new Set(parts.map(({ part }) => part.replace(/^warmth:/, "row:")));
}

/** What only the host view draws, and what both views do; all else is the stack's. */
const OF_HOST = /^(plate|container|image):/;
const OF_BOTH = /^(pull|volume|warmth)(:|$)/;

function isDrawn(part: string, { after }: Change): boolean {
  return OF_BOTH.test(part) || OF_HOST.test(part) === (after.plates !== null);
}

/** From above one sees of a writable layer only that something happens in it. */
function marks({ event }: Change): Motion[] {
  return isInLayer(event) ? [pulse(containerPart(event.container))] : [];
}

const isInLayer = (event: EngineEvent): event is Extract<EngineEvent, { type: `fs.${string}` }> =>
  event.type.startsWith("fs.");

const MOST_ARRIVALS = 4;

/** What is mounted comes to stand beside the stack, whatever event mounts it, and is joined to it then. */
function arrivals({ before, after }: Change): Motion[] {
  const old = new Set(before.stack?.outside.boxes.map(({ thing }) => thing.key));
  const fresh = after.stack?.outside.bridges.filter(({ key }) => !old.has(key)) ?? [];
  return fresh.slice(0, MOST_ARRIVALS).flatMap(({ key }) => [slideIn(volumePart(key)), appear(bridgePart(key), 420)]);
}
