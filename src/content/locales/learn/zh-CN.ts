import type { LearnDictionary } from "./en.ts";
import { goals } from "./goals.zh-CN.ts";
import { lessons } from "./lessons.zh-CN.ts";
import { share } from "./share.zh-CN.ts";

export const zhCN: LearnDictionary = { goals, lessons, share };
