/** The seven still pictures, in order. */
export const STAGES = ["power", "load", "release", "root", "container", "sizes", "kernel"] as const;

export type Stage = (typeof STAGES)[number];

/** Where a key leads from `stage`, or null when the key is none of the view's. PageUp and PageDown are a clicker's. */
export function stageByKey(stage: number, key: string): number | null {
  const last = STAGES.length - 1;
  switch (key) {
    case "ArrowLeft":
    case "ArrowUp":
    case "PageUp":
      return Math.max(0, stage - 1);
    case "ArrowRight":
    case "ArrowDown":
    case "PageDown":
      return Math.min(last, stage + 1);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
