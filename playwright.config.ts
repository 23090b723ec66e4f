import { defineConfig } from "@playwright/test";

const port = Number(process.env["LAMINA_TEST_PORT"] ?? 4711);
const build = process.env["LAMINA_TEST_BUILD"] ?? "dist";

/** The browser tests run against the production build, as people get it. `npm test` builds it and finds the browser. */
export default defineConfig({
  testDir: "e2e",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: [["list"], ["json", { outputFile: ".cache/e2e.json" }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env["LAMINA_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    trace: "off",
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort --outDir ${build}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
