import type { ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Connect, Plugin } from "vite";

/**
 * Serves `public/v2/` as a registry would: manifests go out with their own media type, and `/v2/`
 * answers the version check. Static hosts do the same with the `_headers` file of the build.
 * (distribution-spec, "Pulling manifests")
 */
export function registryHeaders(): Plugin {
  const attach = (middlewares: Connect.Server, directory: string): void => {
    middlewares.use("/v2/", (request: Connect.IncomingMessage, response: ServerResponse) => {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
      response.setHeader("Docker-Distribution-Api-Version", "registry/2.0");
      if (path === "/") {
        response.setHeader("Content-Type", "application/json");
        response.end("{}");
        return;
      }
      let bytes: Buffer;
      try {
        // An encoded "../" must not lead out of the registry.
        if (path.split("/").includes("..")) throw new RangeError(path);
        bytes = readFileSync(join(directory, "v2", path));
      } catch {
        response.statusCode = 404;
        response.setHeader("Content-Type", "application/json");
        const code = path.includes("/manifests/") ? "MANIFEST_UNKNOWN" : "BLOB_UNKNOWN";
        response.end(JSON.stringify({ errors: [{ code, message: code.toLowerCase().replace("_", " ") }] }));
        return;
      }
      if (path.includes("/manifests/")) {
        const { mediaType } = JSON.parse(bytes.toString("utf8")) as { mediaType: string };
        response.setHeader("Content-Type", mediaType);
      } else {
        response.setHeader("Content-Type", "application/octet-stream");
      }
      response.setHeader("Content-Length", bytes.length);
      response.end(request.method === "HEAD" ? undefined : bytes);
    });
  };
  return {
    name: "lamina:registry-headers",
    configureServer: (server) => attach(server.middlewares, "public"),
    configurePreviewServer: (server) => attach(server.middlewares, server.config.build.outDir),
  };
}
