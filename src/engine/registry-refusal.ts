import { familiar, familiarName } from "../core/oci/reference.ts";
import type { Reference } from "../core/oci/reference.ts";
import { EngineError } from "./error.ts";
import { RegistryError } from "./ports.ts";

/** What dockerd says when a registry refuses; other errors stay as they are. */
export function refusal(error: unknown, reference: Reference): unknown {
  if (!(error instanceof RegistryError)) return error;
  const { message } = error;
  switch (error.code) {
    case "MANIFEST_UNKNOWN":
      return new EngineError("manifest-unknown", { reference: familiar(reference) });
    case "DENIED":
      return new EngineError("pull-denied", { repository: familiarName(reference) });
    case "UNREACHABLE":
      return new EngineError("registry-unreachable", { message });
    case "DIGEST_INVALID":
    case "UNSUPPORTED":
      return new EngineError("registry-answer", { message });
  }
}
