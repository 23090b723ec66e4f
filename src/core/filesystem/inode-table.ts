/** Each level takes 5 bits of a number to choose among 32. */
const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** 32 chunks of the level below, or at the lowest level 32 values; undefined where there is nothing. */
type Chunk<T> = readonly (Chunk<T> | T | undefined)[];

/**
 * Values by number, as a value itself: a radix tree of arrays of 32. Inode numbers are dense, so a
 * lookup among 100,000 takes four array reads, and a change copies four arrays; two tables of which one
 * came from the other are compared by the arrays they do not share. A number that is not used any more
 * leaves an empty place of one word.
 */
export class InodeTable<T extends object> {
  private constructor(
    private readonly top: Chunk<T>,
    /** How many bits of a number the levels below `top` take. */
    private readonly shift: number,
    /** How many values. */
    readonly size: number,
  ) {}

  /** Values at their indexes. */
  static from<T extends object>(values: readonly (T | undefined)[]): InodeTable<T> {
    let chunks = chunked<T>(values);
    let shift = 0;
    for (; chunks.length > 1; shift += BITS) chunks = chunked<T>(chunks);
    let size = 0;
    for (const value of values) if (value !== undefined) size++;
    return new InodeTable(chunks[0] ?? chunk([]), shift, size);
  }

  get(ino: number): T | undefined {
    if (ino >>> (this.shift + BITS) !== 0) return undefined;
    let chunk = this.top;
    for (let shift = this.shift; shift > 0; shift -= BITS) {
      const below = chunk[(ino >>> shift) & MASK];
      if (below === undefined) return undefined;
      chunk = below as Chunk<T>;
    }
    return chunk[ino & MASK] as T | undefined;
  }

  /** The table with another value, or with none, at a number from 0 to 2 ** 30 - 1. */
  set(ino: number, value: T | undefined): InodeTable<T> {
    let shift = this.shift;
    while (ino >>> (shift + BITS) !== 0) shift += BITS;
    const size = this.size + (value === undefined ? 0 : 1) - (this.get(ino) === undefined ? 0 : 1);
    return new InodeTable(replaced(this.raised(shift), shift, ino, value), shift, size);
  }

  /** The numbers whose values are not the same object in both, ascending. */
  differences(other: InodeTable<T>): number[] {
    const found: number[] = [];
    const shift = Math.max(this.shift, other.shift);
    compare(this.raised(shift), other.raised(shift), shift, 0);
    return found;

    function compare(one: Chunk<T> | undefined, two: Chunk<T> | undefined, level: number, from: number): void {
      for (let at = 0; at < WIDTH; at++) {
        const a = one?.[at];
        const b = two?.[at];
        if (a === b) continue;
        const ino = from + (at << level);
        if (level === 0) found.push(ino);
        else compare(a as Chunk<T> | undefined, b as Chunk<T> | undefined, level - BITS, ino);
      }
    }
  }

  /** The same values, seen from a higher level. */
  private raised(shift: number): Chunk<T> {
    let { top } = this;
    for (let level = this.shift; level < shift; level += BITS) top = chunk<T>([top]);
    return top;
  }
}

function replaced<T>(old: Chunk<T> | undefined, shift: number, ino: number, value: T | undefined): Chunk<T> {
  const copy = old ? old.slice() : chunk<T>([]);
  const at = (ino >>> shift) & MASK;
  copy[at] = shift === 0 ? value : replaced(copy[at] as Chunk<T> | undefined, shift - BITS, ino, value);
  return copy;
}

function chunked<T>(values: Chunk<T>): Chunk<T>[] {
  const chunks: Chunk<T>[] = [];
  for (let from = 0; from < values.length; from += WIDTH) chunks.push(chunk(values, from));
  return chunks;
}

/** Always of full width: an array that has to grow reserves more than it needs. */
function chunk<T>(values: Chunk<T>, from = 0): (Chunk<T> | T | undefined)[] {
  return Array.from({ length: WIDTH }, (_, at) => values[from + at]);
}
