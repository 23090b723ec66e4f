import { bytesContent, type Content, readContent, type ReadStored, slice } from "../../core/filesystem/content.ts";
import { TarError } from "../../core/tar/header.ts";

/** Whether it is compressed with gzip. */
export async function isGzip(content: Content, read: ReadStored): Promise<boolean> {
  const [first, second] = await readContent(slice(content, 0, 2), read);
  return first === 0x1f && second === 0x8b;
}

/** A tar without its gzip; a plain one as it is. Throws `TarError` for a damaged one. (moby, archive.DecompressStream) */
export async function unpackedContent(content: Content, read: ReadStored): Promise<Content> {
  if (!(await isGzip(content, read))) return content;
  const packed = (await readContent(content, read)) as Uint8Array<ArrayBuffer>;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return bytesContent(new Uint8Array(await new Response(stream).arrayBuffer()));
  } catch {
    throw new TarError("unexpected EOF");
  }
}

/** Whether it looks like a tar, plain or with gzip. */
export async function isArchive(content: Content, read: ReadStored): Promise<boolean> {
  if (await isGzip(content, read)) return true;
  return new TextDecoder().decode(await readContent(slice(content, 257, 262), read)) === "ustar";
}
