import { goals } from "./goals.en.ts";
import { lessons } from "./lessons.en.ts";
import { share } from "./share.en.ts";

/** Every section is a file of its own, `<section>.<tag>.ts`; the other languages are typed by this one. */
export const en = { goals, lessons, share };

export type LearnDictionary = typeof en;
