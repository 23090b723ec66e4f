import type { PackageSource } from "../shell/command.ts";

/** The package archives as files below `base`. A page that a host answers instead of a missing file is no archive. */
export function packageFiles(base: URL): PackageSource {
  return {
    async text(path, signal) {
      const response = await fetch(new URL(path, base), { signal });
      if (!response.ok || response.headers.get("content-type")?.startsWith("text/html")) {
        throw new Error(`${path}: ${response.status === 200 ? 404 : response.status}`);
      }
      return response.text();
    },
  };
}
