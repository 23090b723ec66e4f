import type { HostState } from "../../engine/host-state.ts";
import { useText } from "../context.ts";
import { bootLoader, desktopSize, kernelFile, machineDisk } from "./figures.ts";
import { Face, tintOfPart } from "./part.tsx";
import type { Part, Scene } from "./scene.ts";
import type { Stage } from "./stages.ts";

/** Where a stage's modelled figures come from. */
const SOURCES: Readonly<Record<Stage, readonly string[]>> = {
  power: [bootLoader.source, kernelFile.source],
  load: [bootLoader.source, kernelFile.source],
  release: [kernelFile.source],
  root: [kernelFile.source],
  container: [kernelFile.source],
  sizes: [...machineDisk.map(({ source }) => source), desktopSize.source],
  kernel: machineDisk.map(({ source }) => source),
};

/** Decoration that says nothing a reader would miss. */
const SILENT = new Set(["words", "tick", "line", "disk"]);

interface PictureProps {
  readonly scene: Scene;
  readonly stage: Stage;
  readonly host: HostState;
  readonly marks: ReadonlySet<string>;
  /** Nothing moves: all parts are where they belong. */
  readonly settled: boolean;
}

/** The parts of a scene, read from the top down. */
export function BootPicture({ scene, stage, host, marks, settled }: PictureProps) {
  const text = useText();
  return (
    <div className="boot-picture" data-stage={stage} data-settled={settled}>
      <ol style={{ width: scene.width, height: scene.height }}>
        {scene.parts
          .filter(({ opacity }) => opacity > 0)
          .map((part) => (
            <BootPart key={part.id} part={part} host={host} marked={marks.has(part.id)} />
          ))}
      </ol>
      <p className="boot-sources">{text.boot.modelledNote(SOURCES[stage].join(" · "))}</p>
    </div>
  );
}

function BootPart({ part, host, marked }: { part: Part; host: HostState; marked: boolean }) {
  const text = useText();
  const { what, x, y, width, height, opacity } = part;
  const tint = tintOfPart(what, host);
  return (
    <li
      className={`boot-part boot-${what.kind} ${tint.className}`}
      style={{ ...tint.style, left: x, top: y, width, height, opacity }}
      data-part={part.id}
      data-form={"form" in what ? what.form : undefined}
      data-height={height < 48 ? "thin" : height < 72 ? "open" : "tall"}
      data-of={"of" in what ? what.of : "part" in what ? what.part : undefined}
      data-mounted={what.kind === "bootfs" ? what.mounted : undefined}
      data-absent={what.kind === "writable" ? what.container === null : undefined}
      data-touched={marked}
      aria-hidden={SILENT.has(what.kind) || undefined}
    >
      <Face what={what} host={host} />
      {marked && !SILENT.has(what.kind) && <span className="visually-hidden">{text.boot.changed}</span>}
    </li>
  );
}
