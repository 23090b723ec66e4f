import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** A server that knows nothing of Lamina: it gives out the files of a folder below some path, and no header but the type. */
export class PlainServer {
  readonly #server: Server;
  /** What stands after the newest sw.js: with other words in it, a browser takes it for a newer version. */
  version = "";

  constructor(folder: string, under: string) {
    this.#server = createServer(async (request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
      const file = normalize(path.slice(under.length));
      try {
        if (!path.startsWith(under) || file.startsWith("..")) throw new RangeError(path);
        const name = file === "." || file.endsWith("/") ? join(file, "index.html") : file;
        const bytes = await readFile(join(folder, name));
        response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
        response.end(name === "sw.js" ? `${bytes.toString()}\n// ${this.version}` : bytes);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    });
  }

  /** Answers the address of the server, without a path. */
  async start(): Promise<string> {
    await new Promise<void>((started) => this.#server.listen(0, "127.0.0.1", started));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((stopped) => this.#server.close(stopped));
  }
}
