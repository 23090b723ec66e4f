import type { Program } from "./program.ts";

export const archives: readonly Program[] = [];
