import type { Descriptor } from "../core/oci/descriptor.ts";
import { isDigest, sha256 } from "../core/oci/digest.ts";
import type { Digest } from "../core/oci/digest.ts";
import type { ImageIndex, Manifest } from "../core/oci/manifest.ts";
import { RegistryError } from "../engine/ports.ts";
import type { Registry, ResolvedManifest } from "../engine/ports.ts";

/** The one domain that the catalogue stands for. */
const HUB = "docker.io";
const PLATFORM = { os: "linux", architecture: "amd64" };

export type Fetch = (url: URL, init: { signal: AbortSignal; cache: RequestCache }) => Promise<Response>;

/**
 * A registry of plain files: the GETs of the distribution API below `base` (…/v2/), without its version
 * check and without authorisation. Names of docker.io are found here, other registries are out of reach.
 * (distribution-spec, "Pulling manifests", "Pulling blobs")
 */
export function catalogueRegistry(base: URL, fetch: Fetch = (url, init) => globalThis.fetch(url, init)): Registry {
  const client = new Client(base, fetch);
  return {
    resolve: (repository, reference, signal) => client.resolve(repository, reference, signal),
    blob: (repository, digest, signal) => client.blob(repository, digest, signal),
  };
}

class Client {
  constructor(
    private readonly base: URL,
    private readonly fetch: Fetch,
  ) {}

  async resolve(repository: string, reference: string, signal: AbortSignal): Promise<ResolvedManifest> {
    const name = pathOf(repository);
    const top = await this.#manifest(name, reference, signal);
    const { value } = top;
    const manifest = isIndex(value) ? (await this.#manifest(name, platformOf(value).digest, signal)).value : value;
    if (!isManifest(manifest)) throw new RegistryError("UNSUPPORTED", "unsupported manifest format");
    return { digest: top.digest, manifest, configText: await this.#config(name, manifest.config, signal) };
  }

  async blob(repository: string, digest: Digest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    // A layer is kept once it is here; the browser's cache need not hold it too.
    const response = await this.#get(`${pathOf(repository)}/blobs/${digest}`, signal, "no-store");
    if (response === null || response.body === null) throw unknownBlob();
    return told(response.body, signal);
  }

  /** A manifest or index with the digest of its bytes. */
  async #manifest(name: string, reference: string, signal: AbortSignal): Promise<{ value: unknown; digest: Digest }> {
    const response = await this.#get(`${name}/manifests/${reference}`, signal, "no-cache");
    const bytes = response === null ? null : await bytesOf(response, signal);
    const value = bytes === null ? null : json(bytes);
    if (bytes === null || value === null) throw await this.#missing(name, signal);
    const digest = sha256(bytes);
    if (isDigest(reference) && digest !== reference) {
      throw new RegistryError("DIGEST_INVALID", `manifest verification failed for digest ${reference}`);
    }
    return { value, digest };
  }

  async #config(name: string, descriptor: Descriptor, signal: AbortSignal): Promise<string> {
    const response = await this.#get(`${name}/blobs/${descriptor.digest}`, signal, "no-cache");
    if (response === null) throw unknownBlob();
    const bytes = await bytesOf(response, signal);
    if (sha256(bytes) !== descriptor.digest) {
      throw new RegistryError("DIGEST_INVALID", `image config verification failed for digest ${descriptor.digest}`);
    }
    if (json(bytes) === null) throw new RegistryError("UNSUPPORTED", "invalid image config");
    return new TextDecoder().decode(bytes);
  }

  /** Whether the name is wrong or only the tag: a registry of plain files tells by its list of tags. */
  async #missing(name: string, signal: AbortSignal): Promise<RegistryError> {
    const response = await this.#get(`${name}/tags/list`, signal, "no-cache");
    const list = response === null ? null : json(await bytesOf(response, signal));
    return isObject(list) && Array.isArray(list["tags"])
      ? new RegistryError("MANIFEST_UNKNOWN", "manifest unknown: manifest unknown")
      : new RegistryError("DENIED", "denied: requested access to the resource is denied");
  }

  /** Null when there is no such file: 404, or the page that some hosts answer for whatever they do not have. */
  async #get(path: string, signal: AbortSignal, cache: RequestCache): Promise<Response | null> {
    let response: Response;
    try {
      response = await this.fetch(new URL(path, this.base), { signal, cache });
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable("registry-1.docker.io", "connect: network is unreachable", error);
    }
    if (response.status === 404 || response.headers.get("Content-Type")?.startsWith("text/html")) {
      await response.body?.cancel();
      return null;
    }
    if (!response.ok) {
      await response.body?.cancel();
      const status = `${response.status} ${response.statusText}`.trim();
      throw new RegistryError("UNSUPPORTED", `received unexpected HTTP status: ${status}`);
    }
    return response;
  }
}

/** "docker.io/library/ubuntu" is "library/ubuntu" here. */
function pathOf(repository: string): string {
  const slash = repository.indexOf("/");
  const domain = repository.slice(0, slash);
  if (domain !== HUB) throw unreachable(domain, "no such host");
  return repository.slice(slash + 1);
}

function unreachable(host: string, why: string, cause?: unknown): RegistryError {
  const error = new RegistryError("UNREACHABLE", `Get "https://${host}/v2/": dial tcp: lookup ${host}: ${why}`);
  error.cause = cause;
  return error;
}

const unknownBlob = (): RegistryError => new RegistryError("UNSUPPORTED", "unknown blob");

async function bytesOf(response: Response, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    signal.throwIfAborted();
    throw new RegistryError("UNREACHABLE", "unexpected EOF");
  }
}

/** The same bytes; a connection that breaks is told in docker's words. */
function told(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        signal.throwIfAborted();
        throw new RegistryError("UNREACHABLE", "unexpected EOF");
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDescriptor(value: unknown): value is Descriptor {
  if (!isObject(value) || typeof value["digest"] !== "string" || !isDigest(value["digest"])) return false;
  return Number.isSafeInteger(value["size"]) && typeof value["mediaType"] === "string";
}

function isIndex(value: unknown): value is ImageIndex {
  return isObject(value) && Array.isArray(value["manifests"]) && value["manifests"].every(isDescriptor);
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || value["schemaVersion"] !== 2 || !isDescriptor(value["config"])) return false;
  return Array.isArray(value["layers"]) && value["layers"].every(isDescriptor);
}

function platformOf(index: ImageIndex): Descriptor {
  const { os, architecture } = PLATFORM;
  const found = index.manifests.find(({ platform }) => platform?.os === os && platform.architecture === architecture);
  if (found) return found;
  throw new RegistryError("UNSUPPORTED", `no matching manifest for ${os}/${architecture} in the manifest list entries`);
}
