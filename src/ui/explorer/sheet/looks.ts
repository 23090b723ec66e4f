import type { FileRead } from "../../../engine/insight/file.ts";

const LETTERS = { directory: "d", file: "-", symlink: "l", character: "c", block: "b", fifo: "p" } as const;

/** As `ls -l` has it: "-rwsr-xr-x". */
export function modeText({ kind, mode }: Pick<FileRead, "kind" | "mode">): string {
  const special = [
    [0o4000, "s", "S"],
    [0o2000, "s", "S"],
    [0o1000, "t", "T"],
  ] as const;
  const triples = special.map(([bit, set, bare], index) => {
    const bits = mode >> (6 - 3 * index);
    const execute = (mode & bit) !== 0 ? (bits & 1 ? set : bare) : bits & 1 ? "x" : "-";
    return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${execute}`;
  });
  return LETTERS[kind] + triples.join("");
}

/** The start of a file as text; null when it is none. `cut`: its last character may be a part of one. */
export function textOfStart(content: Uint8Array, cut: boolean): string | null {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content, { stream: cut });
  } catch {
    return null;
  }
}

export const SVG = "image/svg+xml";

const MAGIC: readonly (readonly [type: string, magic: string, at: number])[] = [
  ["image/png", "89504e47", 0],
  ["image/jpeg", "ffd8ff", 0],
  ["image/gif", "47494638", 0],
  ["image/bmp", "424d", 0],
  ["image/webp", "57454250", 8],
  ["image/x-icon", "00000100", 0],
];

/** The type of what a browser can show as a picture, by its first bytes. */
export function imageType(content: Uint8Array, text: string | null): string | null {
  const hex = [...content.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const found = MAGIC.find(([, magic, at]) => hex.startsWith(magic, at * 2));
  if (found && (found[0] !== "image/bmp" || text === null)) return found[0];
  return text !== null && /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/.test(text)
    ? SVG
    : null;
}

/** As `hexdump -C`; a number stands for so many lines that equal the one before. */
export function hexLines(content: Uint8Array): (string | number)[] {
  const lines: (string | number)[] = [];
  let before = "";
  for (let at = 0; at < content.length; at += 16) {
    const row = content.subarray(at, at + 16);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, "0"));
    const key = hex.join("");
    const last = lines.at(-1);
    if (key === before) {
      if (typeof last === "number") lines[lines.length - 1] = last + 1;
      else lines.push(1);
      continue;
    }
    before = key;
    const columns = `${hex.slice(0, 8).join(" ").padEnd(23)}  ${hex.slice(8).join(" ").padEnd(23)}`;
    const shown = [...row].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${columns}  |${shown}|`);
  }
  return lines;
}
