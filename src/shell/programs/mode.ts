/**
 * The mode that `wish` makes of `mode`: octal, or symbolic as "u+x,go-w,a=rX,+t". Null when it is
 * neither. (chmod(1), POSIX "chmod" grammar)
 */
export function changeMode(wish: string, mode: number, directory: boolean, umask: number): number | null {
  if (/^[0-7]{1,4}$/.test(wish)) {
    const bits = Number.parseInt(wish, 8);
    // As GNU does: a directory keeps its set-id bits unless five digits say otherwise.
    return directory && wish.length < 5 ? bits | (mode & 0o6000) : bits;
  }
  if (/^[0-7]{5,}$/.test(wish)) return Number.parseInt(wish, 8) & 0o7777;
  let result = mode;
  for (const clause of wish.split(",")) {
    const parts = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!parts) return null;
    const who = parts[1] === "" || parts[1]?.includes("a") ? "ugo" : (parts[1] ?? "ugo");
    const masked = parts[1] === "" ? ~umask : ~0;
    for (const action of (parts[2] ?? "").match(/[-+=][^-+=]*/g) ?? []) {
      result = apply(result, who, action, directory, masked);
    }
  }
  return result;
}

const SHIFT: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };

function apply(mode: number, who: string, action: string, directory: boolean, masked: number): number {
  const operator = action.charAt(0);
  const permissions = action.slice(1);
  let bits = 0;
  let affected = 0;
  for (const one of who) {
    const shift = SHIFT[one] ?? 0;
    affected |= 0o7 << shift;
    for (const permission of permissions) {
      const copied = SHIFT[permission];
      if (copied !== undefined) bits |= ((mode >> copied) & 0o7) << shift;
      if (permission === "r") bits |= 4 << shift;
      if (permission === "w") bits |= 2 << shift;
      if (permission === "x" || (permission === "X" && (directory || (mode & 0o111) !== 0))) bits |= 1 << shift;
      if (permission === "s" && one === "u") bits |= 0o4000;
      if (permission === "s" && one === "g") bits |= 0o2000;
    }
    if (one === "u") affected |= 0o4000;
    if (one === "g") affected |= 0o2000;
  }
  if (permissions.includes("t")) bits |= 0o1000;
  bits &= masked | 0o7000;
  if (operator === "+") return mode | bits;
  if (operator === "-") return mode & ~bits;
  const kept = directory ? affected & ~0o6000 : affected;
  return (mode & ~kept) | bits;
}

const TYPES: Readonly<Record<string, string>> = {
  file: "-",
  directory: "d",
  symlink: "l",
  character: "c",
  block: "b",
  fifo: "p",
  /** In a listing of tar only. */
  hardlink: "h",
};

/** "drwxr-xr-x", as ls writes it. */
export function modeText(kind: string, mode: number): string {
  const triple = (bits: number, special: boolean, on: string, off: string): string =>
    `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${special ? (bits & 1 ? on : off) : bits & 1 ? "x" : "-"}`;
  return (
    (TYPES[kind] ?? "?") +
    triple(mode >> 6, (mode & 0o4000) !== 0, "s", "S") +
    triple(mode >> 3, (mode & 0o2000) !== 0, "s", "S") +
    triple(mode, (mode & 0o1000) !== 0, "t", "T")
  );
}
