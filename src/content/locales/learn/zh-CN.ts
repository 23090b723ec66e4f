import type { LearnDictionary } from "./en.ts";
import { goals } from "./goals.zh-CN.ts";

export const zhCN: LearnDictionary = { goals };
