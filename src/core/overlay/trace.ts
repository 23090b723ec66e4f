/**
 * Recorded system calls on a real kernel's overlayfs, format "ovl-trace/1". Content is latin1, one
 * char a byte; modes are decimal. A `mt` of "now" is a time the kernel's clock set.
 */
export interface TraceFile {
  readonly format: "ovl-trace/1";
  readonly kernel: string;
  readonly kind: string;
  readonly traces: readonly Trace[];
}

export interface Trace {
  readonly id: string;
  /** Bottom first. */
  readonly layers: readonly (readonly TraceEntry[])[];
  readonly ops: readonly Operation[];
  /** Parallel to `ops`: an errno, or what the call gave. */
  readonly res: readonly unknown[];
  readonly merged: Dump;
  readonly upper: Dump;
  readonly diff: readonly (readonly [string, string])[];
  readonly tar: readonly (readonly string[])[];
  /** After each operation the upper entries that changed; null: gone. */
  readonly steps?: readonly Readonly<Record<string, Dumped | null>>[];
}

export type Operation = readonly [name: string, ...args: readonly (string | number | null)[]];

export interface TraceEntry {
  readonly p: string;
  /** d directory, f file, l symlink, h hard link, w whiteout, p fifo. */
  readonly t: "d" | "f" | "l" | "h" | "w" | "p";
  readonly m?: number;
  readonly u?: number;
  readonly g?: number;
  readonly mt?: number;
  readonly c?: string;
  readonly to?: string;
  /** Opaque. */
  readonly o?: 1;
}

/** One dumped object; `hl` numbers the groups of names that share an inode. */
export interface Dumped {
  readonly t: string;
  readonly m?: number;
  readonly u?: number;
  readonly g?: number;
  readonly mt?: number | "now";
  readonly n?: number;
  readonly c?: string;
  readonly to?: string;
  readonly rdev?: readonly [number, number];
  readonly o?: 1;
  readonly hl?: number;
}
export type Dump = Readonly<Record<string, Dumped>>;
