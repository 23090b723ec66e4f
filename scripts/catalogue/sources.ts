import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ImageSource } from "../../src/content/images/image.ts";
import { contentRoot } from "./facts.ts";

/** Every image of `src/content/images/*.ts`: a new one is found, not listed. */
export async function imageSources(): Promise<ImageSource[]> {
  const folder = join(contentRoot, "images");
  const files = readdirSync(folder).filter(
    (file) => file.endsWith(".ts") && file !== "image.ts" && !file.endsWith(".test.ts"),
  );
  const sources: ImageSource[] = [];
  for (const file of files.sort()) {
    const module = (await import(join(folder, file))) as { default?: ImageSource | ImageSource[] };
    if (module.default === undefined) throw new Error(`${file}: no default export`);
    sources.push(...[module.default].flat());
  }
  return sources;
}
