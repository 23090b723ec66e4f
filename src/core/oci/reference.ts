import type { Digest } from "./digest.ts";

/**
 * A name for an image: `[domain/]path[:tag][@digest]`, normalised as docker does, so that "ubuntu" is
 * `docker.io/library/ubuntu`. (distribution/reference, `normalize.go`)
 */
export interface Reference {
  /** Host of the registry: "docker.io", "127.0.0.1:5000". */
  readonly domain: string;
  /** Repository in it: "library/ubuntu". */
  readonly path: string;
  readonly tag: string | null;
  readonly digest: Digest | null;
}

/** `text` is no reference; the message is docker's. */
export class ReferenceError extends Error {
  override readonly name = "ReferenceError";
}

const DEFAULT_DOMAIN = "docker.io";
const OFFICIAL = "library/";
const DEFAULT_TAG = "latest";
const MAX_NAME = 255;

// distribution/reference, regexp.go
const ALPHANUMERIC = "[a-z0-9]+";
const SEPARATOR = "(?:[._]|__|[-]+)";
const PATH_COMPONENT = `${ALPHANUMERIC}(?:${SEPARATOR}${ALPHANUMERIC})*`;
const PATH = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const DOMAIN_COMPONENT = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";

const REFERENCE = new RegExp(`^(${DOMAIN})/(${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const IDENTIFIER = /^[a-f0-9]{64}$/;

/** The hex digits of an image's whole id, with or without "sha256:"; null for anything else. (`ParseAnyReference`) */
export function identifierOf(text: string): Digest | null {
  if (IDENTIFIER.test(text)) return `sha256:${text}` as Digest;
  return /^sha256:[a-f0-9]{64}$/.test(text) ? (text as Digest) : null;
}

/** Throws {@link ReferenceError} with docker's words. (`ParseNormalizedNamed`) */
export function parseReference(text: string): Reference {
  if (IDENTIFIER.test(text)) {
    throw new ReferenceError(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const [domain, remainder] = splitDomain(text);
  const colon = remainder.indexOf(":");
  const remote = colon < 0 ? remainder : remainder.slice(0, colon);
  if (remote !== remote.toLowerCase()) {
    throw new ReferenceError(`invalid reference format: repository name (${remote}) must be lowercase`);
  }
  const match = REFERENCE.exec(`${domain}/${remainder}`);
  if (match === null) throw new ReferenceError("invalid reference format");
  const [, host = "", path = "", tag = null, digest = null] = match;
  if (path.length > MAX_NAME) {
    throw new ReferenceError(`repository name must not be more than ${MAX_NAME} characters`);
  }
  return { domain: host, path, tag, digest: digest === null ? null : checkedDigest(digest) };
}

function checkedDigest(text: string): Digest {
  const [algorithm = "", hex = ""] = text.split(":");
  if (algorithm !== "sha256") throw new ReferenceError("unsupported digest algorithm");
  if (hex.length !== 64) throw new ReferenceError("invalid checksum digest length");
  if (!IDENTIFIER.test(hex)) throw new ReferenceError("invalid checksum digest format");
  return text as Digest;
}

/** Whether the part before the first slash is a host. (`splitDockerDomain`) */
function splitDomain(name: string): [domain: string, remainder: string] {
  const slash = name.indexOf("/");
  if (slash < 0) return [DEFAULT_DOMAIN, OFFICIAL + name];
  const first = name.slice(0, slash);
  const rest = name.slice(slash + 1);
  let domain = DEFAULT_DOMAIN;
  let remainder = name;
  if (first === "index.docker.io") remainder = rest;
  else if (first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase()) {
    domain = first;
    remainder = rest;
  }
  if (domain === DEFAULT_DOMAIN && !remainder.includes("/")) remainder = OFFICIAL + remainder;
  return [domain, remainder];
}

/** "docker.io/library/ubuntu". */
export function repositoryOf(reference: Reference): string {
  return `${reference.domain}/${reference.path}`;
}

/** With the tag "latest" when it names neither tag nor digest. (`TagNameOnly`) */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === null && reference.digest === null ? { ...reference, tag: DEFAULT_TAG } : reference;
}

/**
 * The key under which a host keeps it: "docker.io/library/ubuntu:22.04", or "docker.io/library/ubuntu@sha256:…"
 * when a digest is named (docker ignores the tag then).
 */
export function normalized(reference: Reference): string {
  const name = repositoryOf(reference);
  return reference.digest === null ? `${name}:${reference.tag ?? DEFAULT_TAG}` : `${name}@${reference.digest}`;
}

/** A repository's name as docker prints it: "ubuntu", "me/app", "127.0.0.1:5000/x". (`FamiliarName`) */
export function familiarName(reference: Reference): string {
  if (reference.domain !== DEFAULT_DOMAIN) return repositoryOf(reference);
  const official = reference.path.startsWith(OFFICIAL) && !reference.path.slice(OFFICIAL.length).includes("/");
  return official ? reference.path.slice(OFFICIAL.length) : reference.path;
}

/** `text` as docker prints it: "docker.io/library/ubuntu:22.04" is "ubuntu:22.04". (`FamiliarString`) */
export function familiar(text: string | Reference): string {
  const reference = typeof text === "string" ? parseReference(text) : text;
  const tag = reference.tag === null ? "" : `:${reference.tag}`;
  const digest = reference.digest === null ? "" : `@${reference.digest}`;
  return familiarName(reference) + tag + digest;
}
