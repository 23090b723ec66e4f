/**
 * A place in the picture that means the same in a window of another size: within a part of it (`data-part`),
 * else within the stage. Both from 0 to 1.
 */
export interface Anchor {
  readonly part: string | null;
  readonly x: number;
  readonly y: number;
  /** Where that was on the stage: for a window in which the part is not drawn. */
  readonly stage: readonly [x: number, y: number];
}

/** What the presenter does to the picture, beside moving along the story. */
export interface Pointing {
  readonly blank: boolean;
  /** Only the presenter drives. */
  readonly locked: boolean;
  readonly spot: Anchor | null;
  readonly strokes: readonly (readonly Anchor[])[];
  /** The plate that fills the picture. */
  readonly zoom: Anchor | null;
  /** The address at which pupils open the same scene, held out to be scanned. */
  readonly invite: string | null;
}

export const nothingPointed: Pointing = {
  blank: false,
  locked: true,
  spot: null,
  strokes: [],
  zoom: null,
  invite: null,
};
