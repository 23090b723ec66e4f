import { type Content, ContentCursor, emptyContent, type ReadStored, readContent } from "../filesystem/content.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { BLOCK, type Header, isZeroBlock, parseHeader, TarError } from "./header.ts";
import { nameOf, parseRecords, type Records, XATTR } from "./pax.ts";

/** Takes the bytes of one file as they come and says in the end where they are kept. */
export interface FileSink {
  /** `chunk` is only lent: copy what you keep. */
  write(chunk: Uint8Array): void | Promise<void>;
  end(): Content | Promise<Content>;
}
/** Called for each regular file with data, before the first byte. */
export type OpenSink = (path: string, size: number) => FileSink;

/**
 * Reads a layer's tar (ustar, GNU long names and base-256, PAX with SCHILY.xattr) to its end. What
 * follows the end blocks is drained, since a diffID covers it too. Throws {@link TarError}.
 * Paths lose "./" and leading slashes; "." is the root. PAX global headers are ignored, as docker does.
 */
export function readTar(stream: AsyncIterable<Uint8Array>, open: OpenSink): Promise<LayerEntry[]> {
  return readEntries(new StreamInput(stream, open), false);
}

export interface ReadOptions {
  /** For a program that lists them: paths stay as they are written, but for a slash at the end, and owners keep their names. */
  readonly asWritten?: boolean;
}

/** The same for a tar that lies there as a rope: only its headers are read, the files are slices of it. */
export function readTarContent(tar: Content, read: ReadStored, options: ReadOptions = {}): Promise<LayerEntry[]> {
  return readEntries(new ContentInput(tar, read), options.asWritten ?? false);
}

/** A tar cut to measure. */
interface Input {
  /** Exactly `size` bytes; null when the tar ends right here. */
  take(size: number): Promise<Uint8Array | null>;
  /** Leaves out `size` bytes. */
  skip(size: number): Promise<void>;
  /** The content of a file. */
  file(path: string, size: number): Promise<Content>;
  /** Reads on to the end. */
  drain(): Promise<void>;
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

async function readEntries(input: Input, asWritten: boolean): Promise<LayerEntry[]> {
  const entries: LayerEntry[] = [];
  let records: Records = new Map();
  let longName: string | null = null;
  let longLink: string | null = null;
  for (;;) {
    const block = await input.take(BLOCK);
    if (block === null || isZeroBlock(block)) break;
    const header = parseHeader(block);
    if (header.type === "x" || header.type === "g" || header.type === "L" || header.type === "K") {
      if (header.size > MAX_META) throw new TarError("tar header too large");
      const data = header.size === 0 ? new Uint8Array(0) : await input.take(header.size);
      if (data === null) throw new TarError("unexpected EOF");
      await input.skip(padding(header.size));
      if (header.type === "x") records = parseRecords(data);
      else if (header.type === "L") longName = cString(data);
      else if (header.type === "K") longLink = cString(data);
      continue;
    }
    const name = records.has("path") ? nameOf(records.get("path") ?? "") : (longName ?? header.name);
    const linkname = records.has("linkpath") ? nameOf(records.get("linkpath") ?? "") : (longLink ?? header.linkname);
    const size = numeric(records, "size") ?? header.size;
    if ([...records.keys()].some((key) => key.startsWith("GNU.sparse.")))
      throw new TarError("sparse files are not supported");
    const entry = toEntry(header, name, linkname, records, asWritten);
    const data = header.type === "0" || header.type === "7" ? size : 0;
    if (entry.kind === "file" && !AUFS.test(name)) {
      entries.push({ ...entry, content: data === 0 ? emptyContent : await input.file(entry.path, data) });
      await input.skip(padding(data));
    } else {
      if (!AUFS.test(name)) entries.push(entry);
      await input.skip(data + padding(data));
    }
    records = new Map();
    longName = null;
    longLink = null;
  }
  await input.drain();
  return entries;
}

const MAX_META = 1 << 20;
/** What aufs kept for itself at the root of a layer; not part of the files. (image-spec, layer.md; moby go-archive, UnpackLayer) */
const AUFS = /^(?:\.\/)?\.wh\.\.wh\.(?!\.opq$)/;

function toEntry(header: Header, fullName: string, linkname: string, records: Records, asWritten: boolean): LayerEntry {
  const pathOf = asWritten ? written : path;
  const { uname: user = "", gname: group = "" } = header;
  const xattrs = [...records]
    .filter(([key]) => key.startsWith(XATTR))
    .map(([key, value]) => [key.slice(XATTR.length), value]);
  const name = pathOf(fullName);
  const common = {
    path: name,
    mode: header.mode & 0o7777,
    uid: numeric(records, "uid") ?? header.uid,
    gid: numeric(records, "gid") ?? header.gid,
    mtime: numeric(records, "mtime") ?? header.mtime,
    ...(asWritten && user !== "" && { names: { user, group } }),
    ...(xattrs.length > 0 && { xattrs: Object.fromEntries(xattrs) as Record<string, string> }),
  };
  const slash = name.lastIndexOf("/") + 1;
  const last = name.slice(slash);
  const directory = name.slice(0, Math.max(0, slash - 1));
  if (last === ".wh..wh..opq") return { ...common, path: directory, kind: "opaque" };
  if (last.startsWith(".wh.") && !last.startsWith(".wh..wh.")) {
    const hidden = last.slice(".wh.".length);
    if (hidden === "" || hidden === "." || hidden === "..") throw new TarError(`invalid whiteout ${name}`);
    return { ...common, path: directory === "" ? hidden : `${directory}/${hidden}`, kind: "whiteout" };
  }
  switch (header.type) {
    case "0":
    case "7":
      // Before ustar a directory was a file whose name ends in a slash.
      if (fullName.endsWith("/")) return { ...common, kind: "directory" };
      return { ...common, kind: "file", content: emptyContent };
    case "1":
      return { ...common, kind: "hardlink", target: pathOf(linkname) };
    case "2":
      return { ...common, kind: "symlink", target: linkname };
    case "3":
      if (header.rdev[0] === 0 && header.rdev[1] === 0) return { ...common, kind: "whiteout" };
      return { ...common, kind: "character", rdev: header.rdev };
    case "4":
      return { ...common, kind: "block", rdev: header.rdev };
    case "5":
      return { ...common, kind: "directory" };
    case "6":
      return { ...common, kind: "fifo" };
    default:
      throw new TarError(`unhandled tar header type ${header.type.charCodeAt(0)}`);
  }
}

const written = (name: string): string => name.replace(/(.)\/+$/, "$1");

function path(name: string): string {
  return name
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

function numeric(records: Records, key: string): number | undefined {
  const text = records.get(key);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw new TarError(`invalid PAX ${key}`);
  return value;
}

function cString(data: Uint8Array): string {
  const end = data.indexOf(0);
  const bytes = end < 0 ? data : data.subarray(0, end);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return nameOf(text);
}

class ContentInput implements Input {
  private readonly cursor: ContentCursor;

  constructor(
    tar: Content,
    private readonly read: ReadStored,
  ) {
    this.cursor = new ContentCursor(tar);
  }

  async take(size: number): Promise<Uint8Array | null> {
    return this.cursor.left === 0 ? null : readContent(this.cut(size), this.read);
  }

  async skip(size: number): Promise<void> {
    this.cut(size);
  }

  async file(_path: string, size: number): Promise<Content> {
    return this.cut(size);
  }

  async drain(): Promise<void> {
    this.cut(this.cursor.left);
  }

  private cut(size: number): Content {
    if (size > this.cursor.left) throw new TarError("unexpected EOF");
    return this.cursor.take(size);
  }
}

class StreamInput implements Input {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private chunk: Uint8Array = new Uint8Array(0);

  constructor(
    stream: AsyncIterable<Uint8Array>,
    private readonly open: OpenSink,
  ) {
    this.iterator = stream[Symbol.asyncIterator]();
  }

  async take(size: number): Promise<Uint8Array | null> {
    if (!(await this.fill())) return null;
    if (this.chunk.length >= size) return this.cut(size);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const part = await this.some(size - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  async skip(size: number): Promise<void> {
    for (let left = size; left > 0; ) left -= (await this.some(left)).length;
  }

  async file(path: string, size: number): Promise<Content> {
    const sink = this.open(path, size);
    for (let left = size; left > 0; ) {
      const chunk = await this.some(left);
      await sink.write(chunk);
      left -= chunk.length;
    }
    return sink.end();
  }

  async drain(): Promise<void> {
    while (await this.fill()) this.chunk = new Uint8Array(0);
  }

  /** At least one byte and at most `limit`. */
  private async some(limit: number): Promise<Uint8Array> {
    if (!(await this.fill())) throw new TarError("unexpected EOF");
    return this.cut(Math.min(limit, this.chunk.length));
  }

  private cut(size: number): Uint8Array {
    const part = this.chunk.subarray(0, size);
    this.chunk = this.chunk.subarray(size);
    return part;
  }

  private async fill(): Promise<boolean> {
    while (this.chunk.length === 0) {
      const next = await this.iterator.next();
      if (next.done) return false;
      this.chunk = next.value;
    }
    return true;
  }
}
