import * as v from "valibot";
import type { Goal } from "./assertion.ts";

const text = v.pipe(v.string(), v.maxLength(4096));
const name = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const which = v.union([v.object({ name: text }), v.object({ ofImage: text })]);
const stack = v.union([v.object({ container: which }), v.object({ image: text })]);
const has = v.picklist(["copy", "new", "whiteout", "opaque", "nothing"]);

const goal = v.variant("type", [
  v.object({ name, type: v.literal("image"), image: text }),
  v.object({ name, type: v.literal("no-image"), image: text }),
  v.object({ name, type: v.literal("container"), container: which, running: v.exactOptional(v.boolean()) }),
  v.object({ name, type: v.literal("no-container"), container: text }),
  v.object({ name, type: v.literal("seen"), of: stack, path: text, contains: v.exactOptional(text) }),
  v.object({ name, type: v.literal("not-seen"), of: stack, path: text }),
  v.object({ name, type: v.literal("writable"), container: which, path: text, has }),
  v.object({ name, type: v.literal("built-on"), image: text, base: text, layers: v.exactOptional(count) }),
  v.object({ name, type: v.literal("shared"), images: v.tuple([text, text]), layers: count }),
  v.object({ name, type: v.literal("layers"), image: text, layers: count }),
  v.object({ name, type: v.literal("larger"), image: text, than: text, by: count }),
  v.object({ name, type: v.literal("differ"), of: v.tuple([stack, stack]), path: text }),
  v.object({ name, type: v.literal("volume"), volume: text, path: v.exactOptional(text) }),
  v.object({ name, type: v.literal("host-file"), path: text }),
]);

/** Goals that came from elsewhere: of the shape of {@link Goal}, and each name once. */
export const goalsShape: v.GenericSchema<unknown, readonly Goal[]> = v.pipe(
  v.array(goal),
  v.maxLength(60),
  v.check((goals) => new Set(goals.map((one) => one.name)).size === goals.length),
);
