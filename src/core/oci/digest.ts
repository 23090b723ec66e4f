import { sha256 as sha256Bytes } from "@noble/hashes/sha2.js";

declare const brand: unique symbol;
declare const kind: unique symbol;

/** `sha256:` and 64 lower-case hex digits. Only {@link parseDigest} and {@link sha256} make one. (image-spec, descriptor.md "Digests") */
export type Digest = `sha256:${string}` & { readonly [brand]: "Digest" };
/** Digest of a layer's uncompressed tar. (image-spec, config.md "Layer DiffID") */
export type DiffId = Digest & { readonly [kind]: "diffId" };
/** Identity of a layer together with everything below it. (image-spec, config.md "Layer ChainID") */
export type ChainId = Digest & { readonly [kind]: "chainId" };
/** Digest of the config JSON's bytes. (image-spec, config.md "ImageID") */
export type ImageId = Digest & { readonly [kind]: "imageId" };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

/** Throws `RangeError` unless `text` is a sha256 digest in its canonical form. */
export function parseDigest<D extends Digest = Digest>(text: string): D {
  if (!isDigest(text)) throw new RangeError(`invalid digest ${JSON.stringify(text)}`);
  return text as D;
}

/** Digest of small values (configs, manifests, chains); layers are hashed as they stream, by whoever reads them. */
export function sha256<D extends Digest = Digest>(bytes: Uint8Array): D {
  let hex = "";
  for (const byte of sha256Bytes(bytes)) hex += byte.toString(16).padStart(2, "0");
  return `sha256:${hex}` as D;
}

/** The 64 hex digits. */
export function hexOf(digest: Digest): string {
  return digest.slice("sha256:".length);
}

/** ChainID(L0) = DiffID(L0); ChainID(Ln) = sha256(ChainID(Ln-1) + " " + DiffID(Ln)), as ASCII. (image-spec, config.md) */
export function chainId(parent: ChainId | null, diffId: DiffId): ChainId {
  return parent === null
    ? (diffId as Digest as ChainId)
    : sha256<ChainId>(new TextEncoder().encode(`${parent} ${diffId}`));
}

/** Chain IDs of a whole stack, bottom first. */
export function chainIds(diffIds: readonly DiffId[]): ChainId[] {
  const chain: ChainId[] = [];
  for (const diffId of diffIds) chain.push(chainId(chain.at(-1) ?? null, diffId));
  return chain;
}
