import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { catalogueList } from "./scripts/catalogue-list.ts";
import { firstFrame } from "./scripts/first-frame.ts";
import { registryHeaders } from "./scripts/registry-headers.ts";
import { sceneElement } from "./scripts/scene-element.ts";

const port = Number(process.env["PORT"] ?? 5173);

export default defineConfig({
  base: "./",
  plugins: [
    react(),
    registryHeaders(),
    catalogueList(),
    firstFrame(),
    sceneElement(),
    VitePWA({
      // A new version waits until the last tab of the old one has closed: nothing changes under a lesson.
      registerType: "prompt",
      injectRegister: false,
      manifest: false,
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,webmanifest}", "icon-*.png", "assets/*-latin-wght-*.woff2"],
        globIgnores: ["v2/**", "packages/**"],
        maximumFileSizeToCacheInBytes: 4_000_000,
        // The query says which lesson: the page is the same.
        ignoreURLParametersMatching: [/./],
        // Verified by digest after it came, so the newest answer is asked for first; the last one serves offline.
        // `src/ui/update/` puts the whole catalogue there in the background.
        runtimeCaching: [
          {
            urlPattern: /\/(v2|packages)\//,
            handler: "NetworkFirst",
            options: { cacheName: "catalogue", cacheableResponse: { statuses: [200] } },
          },
        ],
      },
    }),
  ],
  worker: { format: "es" },
  build: {
    manifest: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: { index: "index.html", embed: "embed.html" } },
  },
  server: { port, strictPort: true, host: "127.0.0.1" },
  preview: { port, strictPort: true, host: "127.0.0.1" },
});
