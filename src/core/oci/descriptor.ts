import type { Digest } from "./digest.ts";

/** What is where: media type, digest and length of some bytes. (image-spec, descriptor.md) */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: { readonly architecture: string; readonly os: string; readonly variant?: string };
}
