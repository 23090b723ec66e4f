// npm test: from a fresh clone: installs what it needs (a browser too, and says which), runs everything.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { findBrowser } from "./browser.mjs";
import { installDependencies, run } from "./install.mjs";

installDependencies();
const browser = await findBrowser();
run("npm", ["run", "-s", "types"]);
run("npm", ["run", "-s", "lint"]);
run("npm", ["run", "-s", "build"]);

mkdirSync(".cache", { recursive: true });
const unit = spawnSync(
  "npx",
  ["vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json=.cache/unit.json"],
  { stdio: "inherit" },
);
const pages = spawnSync("npx", ["playwright", "test"], {
  stdio: "inherit",
  env: { ...process.env, LAMINA_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: ".cache/e2e.json" },
});

const counts = { passed: 0, failed: 0 };
const units = JSON.parse(readFileSync(".cache/unit.json", "utf8"));
counts.passed += units.numPassedTests;
counts.failed += units.numFailedTests;
const { stats } = JSON.parse(readFileSync(".cache/e2e.json", "utf8"));
counts.passed += stats.expected;
counts.failed += stats.unexpected + stats.flaky;
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(unit.status || pages.status || (counts.failed > 0 ? 1 : 0));
