import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function quietly(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Path of a Chromium to test with: one already there, else Playwright's own, else the distribution's package. Says which. */
export async function findBrowser() {
  const asked = process.env.LAMINA_CHROMIUM;
  if (asked) return say(asked, "named by LAMINA_CHROMIUM");
  const { chromium } = await import("@playwright/test");
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed) return say(installed, "already installed");
  if (existsSync(chromium.executablePath())) return say(chromium.executablePath(), "Playwright's, already installed");
  console.log("No Chromium here; trying Playwright's ...");
  if (quietly("npx", ["playwright", "install", "--with-deps", "chromium"]) && existsSync(chromium.executablePath())) {
    return say(chromium.executablePath(), "installed by Playwright");
  }
  console.log("Playwright's could not be had; trying the distribution's package ...");
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, "apt-get", ...args];
    return quietly(command, rest);
  };
  if (apt("update") && apt("install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk")) {
    return say("/usr/bin/chromium", "installed from the distribution's package");
  }
  throw new Error("No Chromium found and none could be installed: set LAMINA_CHROMIUM to the path of one.");
}

function say(path, how) {
  console.log(`Browser for the tests: ${path} (${how})`);
  return path;
}
