import { builder } from "./builder.en.ts";
import { classroom } from "./classroom.en.ts";
import { embed } from "./embed.en.ts";
import { goals } from "./goals.en.ts";
import { lessons } from "./lessons.en.ts";
import { offline } from "./offline.en.ts";
import { share } from "./share.en.ts";

/** Every section is a file of its own, `<section>.<tag>.ts`; the other languages are typed by this one. */
export const en = { builder, classroom, embed, goals, lessons, offline, share };

export type LearnDictionary = typeof en;
