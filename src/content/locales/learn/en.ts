import { goals } from "./goals.en.ts";
import { lessons } from "./lessons.en.ts";

/** Every section is a file of its own, `<section>.<tag>.ts`; the other languages are typed by this one. */
export const en = { goals, lessons };

export type LearnDictionary = typeof en;
