import { builder } from "./builder.zh-CN.ts";
import { classroom } from "./classroom.zh-CN.ts";
import type { LearnDictionary } from "./en.ts";
import { embed } from "./embed.zh-CN.ts";
import { goals } from "./goals.zh-CN.ts";
import { lessons } from "./lessons.zh-CN.ts";
import { offline } from "./offline.zh-CN.ts";
import { share } from "./share.zh-CN.ts";

export const zhCN: LearnDictionary = { builder, classroom, embed, goals, lessons, offline, share };
