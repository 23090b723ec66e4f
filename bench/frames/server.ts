import { createReadStream, existsSync } from "node:fs";
import { type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Bytes a second of each connection, and how many come at once. */
const RATE = 800_000;
const PIECE = 16_000;

/** Serves the built page, and beside it `paced`, by path: as slowly as a registry far away. */
export async function serve(build: string, paced: ReadonlyMap<string, Uint8Array>): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const bytes = paced.get(path.slice(1));
    if (bytes) return void trickle(response, bytes, path.includes("/v2/") ? RATE : Number.POSITIVE_INFINITY);
    const file = join(build, normalize(path === "/" ? "/index.html" : path));
    if (!existsSync(file)) return void response.writeHead(404).end();
    // Manifests have no extension; nobody here looks at their type.
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function trickle(response: ServerResponse, bytes: Uint8Array, rate: number): Promise<void> {
  response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": bytes.length });
  if (!Number.isFinite(rate)) return void response.end(bytes);
  for (let from = 0; from < bytes.length; from += PIECE) {
    response.write(bytes.subarray(from, from + PIECE));
    await new Promise((resolve) => setTimeout(resolve, (PIECE / rate) * 1000));
  }
  response.end();
}
