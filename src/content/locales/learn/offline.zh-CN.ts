import type { offline as english } from "./offline.en.ts";

export const offline: typeof english = {
  update: "有新版本了：下次打开时启用。",
  now: "现在启用",
  later: "关闭此提示",
  busy: "有命令正在运行",
  others: "请先关闭其他 Lamina 页面：它们还在使用旧版本。",
};
