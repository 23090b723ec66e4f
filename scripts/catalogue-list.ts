import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/**
 * Writes `catalogue.json` into the build: which files the catalogue has, so that a page can keep all of them for
 * the time without a network, and the stamp that changes with any of them (`src/ui/update/keep-catalogue.ts`).
 */
export function catalogueList(): Plugin {
  let root = "";
  return {
    name: "lamina:catalogue-list",
    apply: "build",
    configResolved(config) {
      root = config.publicDir;
    },
    generateBundle() {
      const stamp = join(root, "v2", ".stamp");
      if (!existsSync(stamp)) throw new Error("no catalogue: npm run catalogue");
      const files = ["v2", "packages"].flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
      );
      const source = JSON.stringify({ stamp: readFileSync(stamp, "utf8"), files: files.toSorted() });
      this.emitFile({ type: "asset", fileName: "catalogue.json", source });
    },
  };
}
