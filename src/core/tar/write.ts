import type { Content, ReadStored, Segment } from "../filesystem/content.ts";
import { readSegments, ropeOf } from "../filesystem/content.ts";
import { isAscii } from "../filesystem/name.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { BLOCK, fitsOctal, formatHeader, type Header, NAME_SIZE, PREFIX_SIZE } from "./header.ts";
import { formatRecords, nameValue, XATTR } from "./pax.ts";

/**
 * The tar of a layer: same entries, same bytes, on every machine. It is what Go's archive/tar writes for
 * docker's headers: USTAR when everything fits, PAX otherwise, no user and group names, whole seconds,
 * two zero blocks at the end. (Go archive/tar, Writer.WriteHeader; moby go-archive, FileInfoHeader)
 */
export function writeTar(entries: Iterable<LayerEntry>, read: ReadStored): AsyncGenerator<Uint8Array> {
  return readSegments(tarSegments(entries), read);
}

/** The same tar as a rope: its headers, and between them the files' own segments, which nobody reads. */
export function tarContent(entries: Iterable<LayerEntry>): Content {
  return ropeOf(tarSegments(entries));
}

function* tarSegments(entries: Iterable<LayerEntry>): Generator<Segment> {
  for (const entry of entries) {
    for (const bytes of headerBlocks(entry)) yield { kind: "bytes", bytes };
    if (entry.kind !== "file") continue;
    yield* entry.content.segments;
    const rest = entry.content.size % BLOCK;
    if (rest > 0) yield { kind: "zeros", size: BLOCK - rest };
  }
  yield { kind: "zeros", size: 2 * BLOCK };
}

/** The entry's name in the tar: a directory ends in a slash, a whiteout has its prefix. (image-spec, layer.md "Whiteouts") */
export function tarName(entry: LayerEntry): string {
  const { path } = entry;
  if (entry.kind === "directory") return path === "" ? "./" : `${path}/`;
  if (entry.kind === "opaque") return path === "" ? ".wh..wh..opq" : `${path}/.wh..wh..opq`;
  if (entry.kind !== "whiteout") return path;
  const slash = path.lastIndexOf("/") + 1;
  return `${path.slice(0, slash)}.wh.${path.slice(slash)}`;
}

const TYPE = {
  file: "0",
  whiteout: "0",
  opaque: "0",
  hardlink: "1",
  symlink: "2",
  character: "3",
  block: "4",
  directory: "5",
  fifo: "6",
} as const;

function* headerBlocks(entry: LayerEntry): Generator<Uint8Array> {
  const header: Header = {
    name: tarName(entry),
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    size: entry.kind === "file" ? entry.content.size : 0,
    mtime: Math.floor(entry.mtime),
    type: TYPE[entry.kind],
    linkname: entry.kind === "symlink" || entry.kind === "hardlink" ? entry.target : "",
    rdev: entry.kind === "character" || entry.kind === "block" ? entry.rdev : [0, 0],
    ...(entry.names && { uname: entry.names.user, gname: entry.names.group }),
  };
  const records = new Map<string, string>();
  const split = splitName(header.name);
  if (!isAscii(header.name) || (header.name.length > NAME_SIZE && !split)) records.set("path", nameValue(header.name));
  if (!isAscii(header.linkname) || header.linkname.length > NAME_SIZE) {
    records.set("linkpath", nameValue(header.linkname));
  }
  for (const field of ["uid", "gid", "size", "mtime"] as const) {
    if (!fitsOctal(field, header[field])) records.set(field, String(header[field]));
  }
  // The whole entry is USTAR or PAX: in PAX a long name has its record even where it could be split.
  for (const [key, value] of Object.entries(entry.xattrs ?? {})) records.set(XATTR + key, value);
  if (records.size === 0) {
    yield formatHeader(split ? { ...header, name: split.name } : header, split?.prefix ?? "");
    return;
  }
  if (header.name.length > NAME_SIZE) records.set("path", nameValue(header.name));
  yield* extendedHeader(header.name, formatRecords(records));
  yield formatHeader(header, "");
}

function* extendedHeader(name: string, data: Uint8Array): Generator<Uint8Array> {
  const slash = name.lastIndexOf("/") + 1;
  const path = [...`${name.slice(0, slash)}PaxHeaders.0/${name.slice(slash)}`].filter(isAscii).join("");
  yield formatHeader(
    {
      name: path.slice(0, NAME_SIZE).replace(/\/+$/, ""),
      mode: 0,
      uid: 0,
      gid: 0,
      size: data.length,
      mtime: 0,
      type: "x",
      linkname: "",
      rdev: [0, 0],
    },
    "",
    "v7+ustar",
  );
  yield data;
  const rest = data.length % BLOCK;
  if (rest > 0) yield new Uint8Array(BLOCK - rest);
}

/** USTAR's two fields for a long name, or null when there is no slash at the right place. (archive/tar, splitUSTARPath) */
function splitName(name: string): { prefix: string; name: string } | null {
  let length = name.length;
  if (length <= NAME_SIZE || !isAscii(name)) return null;
  if (length > PREFIX_SIZE + 1) length = PREFIX_SIZE + 1;
  else if (name[length - 1] === "/") length--;
  const slash = name.slice(0, length).lastIndexOf("/");
  const rest = name.length - slash - 1;
  if (slash <= 0 || rest > NAME_SIZE || rest === 0 || slash > PREFIX_SIZE) return null;
  return { prefix: name.slice(0, slash), name: name.slice(slash + 1) };
}
