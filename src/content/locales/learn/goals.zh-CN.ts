import type { Assertion, Missing, Stack, Which, WritableEntry } from "../../../engine/goal/assertion.ts";
import { type Phrase, bytes, code, path, say } from "../phrase.ts";
import type { LearnDictionary } from "./en.ts";

const container = (which: Which): Phrase[] =>
  "name" in which ? say`容器 ${code(which.name)} ` : say`镜像 ${code(which.ofImage)} 的某个容器`;

const stack = (of: Stack): Phrase[] => ("image" in of ? say`镜像 ${code(of.image)} ` : container(of.container));

const entries: Record<WritableEntry, string> = {
  copy: "从下层复制上来的文件",
  new: "新建的文件",
  whiteout: "白障",
  opaque: "不透明目录",
  nothing: "任何东西",
};

function asked(goal: Assertion): Phrase[] {
  switch (goal.type) {
    case "image":
      return say`镜像 ${code(goal.image)} 已在本机。`;
    case "no-image":
      return say`镜像 ${code(goal.image)} 已删除。`;
    case "container":
      return [
        ...container(goal.container),
        goal.running === undefined ? "已存在。" : goal.running ? "正在运行。" : "已停止。",
      ];
    case "no-container":
      return say`容器 ${code(goal.container)} 已删除。`;
    case "seen":
      return [
        ...stack(goal.of),
        ...say`里能看到 ${path(goal.path)}`,
        ...(goal.contains === undefined ? ["。"] : say`，内容含有 ${code(goal.contains)}。`),
      ];
    case "not-seen":
      return [...stack(goal.of), ...say`里看不到 ${path(goal.path)}。`];
    case "writable":
      return goal.has === "nothing"
        ? [...container(goal.container), ...say`的可写层在 ${path(goal.path)} 处没有任何东西。`]
        : [...container(goal.container), ...say`的可写层在 ${path(goal.path)} 处有${entries[goal.has]}。`];
    case "built-on":
      return goal.layers === undefined
        ? say`镜像 ${code(goal.image)} 建立在 ${code(goal.base)} 的各层之上。`
        : say`镜像 ${code(goal.image)} 比 ${code(goal.base)} 正好多 ${goal.layers} 层。`;
    case "shared":
      return say`${code(goal.images[0])} 与 ${code(goal.images[1])} 至少共享 ${goal.layers} 层。`;
    case "layers":
      return say`镜像 ${code(goal.image)} 有 ${goal.layers} 层。`;
    case "larger":
      return say`镜像 ${code(goal.image)} 比 ${code(goal.than)} 至少大 ${bytes(goal.by)}。`;
    case "differ":
      return [...stack(goal.of[0]), "和", ...stack(goal.of[1]), ...say`看到的 ${path(goal.path)} 不同。`];
    case "volume":
      return goal.path === undefined
        ? say`数据卷 ${code(goal.volume)} 已存在。`
        : say`数据卷 ${code(goal.volume)} 里有 ${path(goal.path)}。`;
    case "host-file":
      return say`宿主机上有文件 ${path(goal.path)}。`;
  }
}

function missing(why: Missing): Phrase[] {
  switch (why.why) {
    case "no-image":
      return say`还没有镜像 ${code(why.image)}。`;
    case "image-is-there":
      return say`镜像 ${code(why.image)} 还在。`;
    case "no-container":
      return "name" in why.container
        ? say`还没有容器 ${code(why.container.name)}。`
        : say`还没有镜像 ${code(why.container.ofImage)} 的容器。`;
    case "container-is-there":
      return say`容器 ${code(why.container)} 还在。`;
    case "not-running":
      return say`${code(why.container)} 没有在运行。`;
    case "running":
      return say`${code(why.container)} 还在运行。`;
    case "not-seen":
      return say`${code(why.of)} 看不到 ${path(why.path)}。`;
    case "is-seen":
      return say`${code(why.of)} 仍能看到 ${path(why.path)}。`;
    case "no-text":
      return say`${code(why.of)} 里的 ${path(why.path)} 不含 ${code(why.contains)}。`;
    case "writable-has":
      if (why.has === "nothing") return say`${code(why.container)} 的可写层在 ${path(why.path)} 处还什么都没有。`;
      return why.wanted === "nothing"
        ? say`${code(why.container)} 的可写层在 ${path(why.path)} 处还有${entries[why.has]}。`
        : say`${code(why.container)} 的可写层在 ${path(why.path)} 处是${entries[why.has]}，而不是${entries[why.wanted]}。`;
    case "not-built-on":
      return say`${code(why.image)} 不是建立在 ${code(why.base)} 的各层之上。`;
    case "layers":
      return say`${code(why.image)} 是 ${why.have} 层，而不是 ${why.wanted} 层。`;
    case "not-shared":
      return why.have === 0
        ? say`${code(why.images[0])} 与 ${code(why.images[1])} 没有共享任何层。`
        : say`${code(why.images[0])} 与 ${code(why.images[1])} 只共享 ${why.have} 层。`;
    case "not-larger":
      return why.have <= 0
        ? say`${code(why.image)} 并不比 ${code(why.than)} 大。`
        : say`${code(why.image)} 只比 ${code(why.than)} 大 ${bytes(why.have)}。`;
    case "same":
      return say`${code(why.of[0])} 和 ${code(why.of[1])} 看到的 ${path(why.path)} 一样。`;
    case "no-volume":
      return say`还没有数据卷 ${code(why.volume)}。`;
    case "not-in-volume":
      return say`数据卷 ${code(why.volume)} 里没有 ${path(why.path)}。`;
    case "no-host-file":
      return say`宿主机上还没有文件 ${path(why.path)}。`;
  }
}

export const goals: LearnDictionary["goals"] = {
  title: "目标",
  asked,
  missing,
  reached: "已达成",
  open: "未达成",
  all: "所有目标都已达成。",
  sketch: {
    image: "镜像的各层",
    shared: (n, images) => `${images.join(" 与 ")}共用 ${n} 层`,
    layers: (more, all) => (more !== null ? `再加 ${more} 层` : all !== null ? `${all} 层` : "它的各层"),
    larger: (by, than) => `比 ${than} 至少大 ${by}`,
    looks: {
      seen: "",
      "not-seen": "看不到",
      differs: "不同",
      copy: "复制上来",
      new: "新建",
      whiteout: "白障",
      opaque: "不透明",
      nothing: "没有",
    },
  },
  progress: (reached, of) => `已达成 ${reached}/${of}`,
};
