import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { registryHeaders } from "./scripts/registry-headers.ts";

const port = Number(process.env["PORT"] ?? 5173);

export default defineConfig({
  base: "./",
  plugins: [react(), registryHeaders()],
  worker: { format: "es" },
  build: { manifest: true, target: "es2023", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
  server: { port, strictPort: true, host: "127.0.0.1" },
  preview: { port, strictPort: true, host: "127.0.0.1" },
});
