const NAMED: Readonly<Record<string, string>> = {
  ease: ".25,.1,.25,1",
  "ease-in": ".42,0,1,1",
  "ease-out": "0,0,.58,1",
  "ease-in-out": ".42,0,.58,1",
};

/** A CSS easing as a function of the time that has passed, 0 to 1. */
export function easingOf(easing: string): (time: number) => number {
  if (easing === "linear") return (time) => time;
  const points = (NAMED[easing] ?? /^cubic-bezier\((.*)\)$/.exec(easing)?.[1] ?? "").split(",").map(Number);
  const [x1, y1, x2, y2] = points;
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined)
    throw new RangeError(`no easing: ${easing}`);
  return (time) => {
    if (time <= 0 || time >= 1) return Math.min(1, Math.max(0, time));
    // x grows with the curve's own parameter: halving finds where it is `time`.
    let [low, high] = [0, 1];
    for (let turn = 0; turn < 40; turn++) {
      const middle = (low + high) / 2;
      if (bezier(x1, x2, middle) < time) low = middle;
      else high = middle;
    }
    return bezier(y1, y2, low);
  };
}

const bezier = (a: number, b: number, t: number): number => 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t * t * b + t ** 3;
