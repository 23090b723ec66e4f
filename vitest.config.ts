import { defineConfig } from "vitest/config";
import { mutate } from "./scripts/mutants/mutate.ts";

export default defineConfig({
  plugins: mutate(process.env["LAMINA_MUTANT"]),
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx", "scripts/**/*.test.ts"], testTimeout: 60_000 },
});
