import { Eraser, Flashlight, Maximize, Pen, QrCode, Square, ZoomIn } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useLearn } from "../lessons/context.ts";
import type { Acts } from "./acts.ts";
import { pointing, presenting } from "./presenting.ts";

/** What is done to the picture: the same in the one window and in the presenter's panel. */
export function Tools({ acts }: { acts: Acts }) {
  const words = useLearn()?.classroom;
  const { tool } = useStore(presenting);
  const { blank, zoom, strokes, spot, invite } = useStore(pointing);
  if (!words) return null;
  return (
    <div className="class-tools" role="group" aria-label={words.tools}>
      <ToolButton label={words.blank} keys="B" pressed={blank} act={() => acts("blank")}>
        <Square size={15} fill="currentColor" aria-hidden />
      </ToolButton>
      <ToolButton label={words.spot} keys="S" pressed={tool === "spot"} act={() => acts("spot")}>
        <Flashlight size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={words.pen} keys="P" pressed={tool === "pen"} act={() => acts("pen")}>
        <Pen size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={words.zoom} keys="Z" pressed={tool === "zoom" || zoom !== null} act={() => acts("zoom")}>
        <ZoomIn size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={words.clear} keys="C" disabled={strokes.length === 0 && !spot} act={() => acts("clear")}>
        <Eraser size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={words.invite} keys="Q" pressed={invite !== null} act={() => acts("invite")}>
        <QrCode size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={words.full} keys="F" act={() => acts("full")}>
        <Maximize size={16} aria-hidden />
      </ToolButton>
    </div>
  );
}

interface ToolButtonProps {
  readonly label: string;
  readonly keys: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly act: () => void;
  readonly children: ReactNode;
}

export function ToolButton({ label, keys, pressed, disabled, act, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      disabled={disabled}
      onClick={act}
    >
      {children}
    </button>
  );
}
