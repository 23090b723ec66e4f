import type { AttributeChange, CopyUpCause } from "../../core/overlay/event.ts";
import type { LookupAnswer } from "../../engine/event.ts";
import type { Captions, Dictionary } from "./en.ts";
import { type Phrase, bytes, code, grouped as n0, instruction, joined, lookupOf, path, place, say } from "./phrase.ts";

/** A name before Chinese words: what ends in Latin letters or digits keeps a space. */
const spaced = (name: string): string => (/[!-~]$/.test(name) ? `${name} ` : name);

const causes: Record<CopyUpCause, string> = {
  write: "以写方式打开",
  truncate: "被清空",
  mode: "要改权限",
  owner: "要改属主",
  time: "要改时间",
  link: "得到另一个名字",
  rename: "被改名",
  entries: "被修改",
};
const attributes: Record<AttributeChange, string> = { mode: "权限", owner: "属主", time: "时间" };

const captions: Captions = {
  "pull.start": (e) =>
    e.missing === 0
      ? say`${code(e.reference)} 共 ${e.layers} 层，本机都已经有了。`
      : say`仓库给出 ${code(e.reference)} 的清单：共 ${e.layers} 层，${e.missing === e.layers ? (e.layers === 1 ? "本机还没有" : "本机都还没有") : `其中 ${e.missing} 层本机还没有`}。`,
  "layer.exists": (e, n) => say`层 ${n.layer(e.layer)} 本机已有，直接共享，不再下载。`,
  "layer.download": (e, n) =>
    say`层 ${n.layer(e.layer, e.digest)} 下载完成：压缩后 ${bytes(e.size)}，sha256 校验通过。`,
  "layer.extract": (e, n) =>
    e.parent
      ? say`层 ${n.layer(e.layer)} 解压并叠放在 ${n.layer(e.parent)} 之上：文件共 ${bytes(e.size)}，此后只读。`
      : say`最底层 ${n.layer(e.layer)} 解压完成：文件共 ${bytes(e.size)}，此后只读。`,
  "image.pulled": (e, n) => say`镜像 ${n.image(e.image)} 已就绪：一个名字，一叠只读层，共 ${bytes(e.size)}。`,
  "image.tag": (e, n) => say`${code(e.reference)} 成为镜像 ${n.image(e.image)} 的名字，没有复制任何层。`,
  "image.untag": (e, n) => say`从镜像 ${n.image(e.image)} 上取下名字 ${code(e.reference)}，各层保留。`,
  "image.delete": () => say`镜像已删除；不再被别处使用的层随之删除。`,
  "layer.delete": (e) => say`一个无人使用的层被删除，释放 ${bytes(e.size)}。`,
  "container.create": (e, n) =>
    say`创建容器 ${n.container(e.container)}：在镜像 ${n.image(e.image)} 之上放一个空的可写层，没有复制任何文件。`,
  "container.start": (e, n) =>
    say`容器 ${n.container(e.container)} 启动 ${code(e.command)}。它看到的是所有层合并后的一个文件系统。`,
  "container.exec": (e, n) =>
    say`在容器 ${n.container(e.container)} 中启动 ${code(e.command)}，看到的是同一个合并视图。`,
  "container.exit": (e, n) =>
    say`容器 ${n.container(e.container)} 已停止，退出码 ${e.code}。它的可写层一直保留到容器被删除。`,
  "container.remove": (e) => say`容器 ${code(e.name)} 被删除，可写层（${bytes(e.size)}）随之消失，镜像不受影响。`,
  "fs.copy-up": (e, n) =>
    e.kind === "directory"
      ? say`目录 ${path(e.path)} 从 ${n.layer(e.layer)} 向上复制（copy-up），只复制目录本身，以便 ${n.container(e.container)} 在其中修改。`
      : [
          ...say`${path(e.path)} ${causes[e.cause]}：${e.cause === "truncate" ? "文件（不含数据）" : `整个文件（${bytes(e.size)}）`}从 ${n.layer(e.layer)} 向上复制（copy-up）到 ${n.container(e.container)} 的可写层。`,
          e.names > 1 ? `它在那里有 ${e.names} 个名字（硬链接），与其余名字的链接就此断开。` : "镜像保持不变。",
        ],
  "fs.create": (e, n) =>
    e.over === "whiteout"
      ? say`${path(e.path)} 在 ${n.container(e.container)} 的可写层中重新创建，取代原来的白障（whiteout）。`
      : say`${path(e.path)} 在 ${n.container(e.container)} 的可写层中创建。`,
  "fs.write": (e, n) =>
    say`${path(e.path)} 在 ${n.container(e.container)} 的可写层中被修改：由 ${bytes(e.before)} 变为 ${bytes(e.size)}。`,
  "fs.attributes": (e, n) =>
    say`${path(e.path)} 的${attributes[e.change]}在 ${n.container(e.container)} 的可写层中被修改，其余都没有变。`,
  "fs.whiteout": (e, n) =>
    say`${path(e.path)} 被删除：${n.container(e.container)} 的可写层中出现一个白障（whiteout），遮住 ${n.layer(e.layer)} 中仍然存在的内容。`,
  "fs.remove": (e, n) => say`${path(e.path)} 只存在于 ${n.container(e.container)} 的可写层：它被真正删除，不需要白障。`,
  "fs.opaque": (e, n) =>
    say`${n.container(e.container)} 的目录 ${path(e.path)} 变为不透明（opaque）：下面各层的内容不再透出。`,
  "fs.rename": (e, n) => say`${path(e.path)} 在 ${n.container(e.container)} 的可写层中改名为 ${path(e.to)}。`,
  "fs.link": (e, n) =>
    say`在 ${n.container(e.container)} 的可写层中，${path(e.to)} 成为 ${path(e.path)} 的另一个名字（硬链接）：同一个文件，字节只存一份。`,
  "fs.exdev": (e, n) =>
    say`${n.container(e.container)} 中把 ${path(e.path)} 改名为 ${path(e.to)} 的 ${code("rename(2)")} 被拒绝（${code("EXDEV")}）：来自镜像层的目录不能移动，只能先复制其中的内容，再删除原来的。`,
  "fs.read": (e, n) => {
    const plate = (layer: LookupAnswer["layer"]): Phrase[] =>
      layer === "writable" ? say`${n.container(e.container)} 的可写层` : ["层 ", n.layer(layer), " "];
    const { passed, settled, below } = lookupOf(e);
    const start = e.asked.startsWith(`${e.path}/`)
      ? say`为找到 ${path(e.asked)}，从最上层向下查找 ${path(e.path)}：`
      : e.asked === e.path
        ? say`从最上层向下查找 ${path(e.path)}：`
        : say`${path(e.asked)} 指向 ${path(e.path)}，从最上层向下查找后者：`;
    const others = below === 0 ? "" : `及其下 ${n0(below)} 层`;
    const not = passed ? [...plate(passed), `${others}中没有${settled ? "，" : "：No such file or directory。"}`] : [];
    if (!settled) return [...start, ...not];
    const last = plate(settled.layer);
    if (settled.answer === "found")
      return [...start, ...not, settled.layer === "writable" ? "在 " : "在", ...last, "中找到。"];
    if (settled.answer === "whiteout")
      return [...start, ...not, ...last, "中的白障（whiteout）使查找到此为止：No such file or directory。"];
    return [...start, ...not, ...last, "中它所在的目录不透明（opaque），不再查找下面各层：No such file or directory。"];
  },
  "fs.burst": (e, n) => {
    const aside = e.copied === 0 && e.created + e.changed + e.deleted > 0;
    const parts = [
      e.created > 0 ? `新建 ${n0(e.created)} 项` : "",
      e.copiedUp > 0 && !aside
        ? `${e.copied > 0 ? "整份" : ""}向上复制 ${n0(e.copiedUp)} 项${e.copied > 0 ? `（${bytes(e.copied)}）` : ""}`
        : "",
      e.changed > 0 ? `修改 ${n0(e.changed)} 项` : "",
      e.deleted > 0 ? `删除 ${n0(e.deleted)} 项${e.whiteouts > 0 ? `（留下 ${n0(e.whiteouts)} 个白障）` : ""}` : "",
    ].filter((part) => part !== "");
    const end =
      e.size === 0 && e.whiteouts > 0
        ? "没有释放任何字节：它们仍在下面的层中。"
        : e.attributesOnly && e.copied > 0
          ? `只改了权限、属主或时间，可写层却增大 ${bytes(e.size)}。`
          : `可写层${e.size < 0 ? "减小" : "增大"} ${bytes(Math.abs(e.size))}。`;
    return say`${n.container(e.container)} 的可写层${e.within === "/" ? "" : " "}${e.within === "/" ? "" : path(e.within)}：${parts.join("、")}。${end}`;
  },
  "volume.create": (e, n) =>
    e.container
      ? e.anonymous
        ? say`为 ${n.container(e.container)} 创建了一个匿名卷，名字 ${n.volume(e.volume)} 由 docker 生成。它位于所有层之外。`
        : say`为 ${n.container(e.container)} 创建了数据卷 ${n.volume(e.volume)}：主机上的一个空目录，位于所有层之外。`
      : say`创建了数据卷 ${n.volume(e.volume)}：主机上的一个空目录，位于所有层之外，一直保留到被删除。`,
  "volume.copy": (e, n) =>
    e.files === 0
      ? say`镜像的 ${path(e.path)} 中没有文件：数据卷 ${n.volume(e.volume)} 仍是空的，只继承该目录的属主和权限。`
      : say`数据卷 ${n.volume(e.volume)} 是空的，于是镜像在 ${path(e.path)} 中的内容被复制进卷：${n0(e.files)} 个文件，${bytes(e.size)}。层中的那一份原样保留。`,
  "volume.change": (e, n) => {
    const where: Phrase[] = e.volume === null ? ["内存（tmpfs）"] : say`数据卷 ${n.volume(e.volume)} `;
    const done = { created: "被创建", written: "被写入", attributes: "被修改", removed: "被删除" }[e.change];
    return [
      ...(e.count > 1
        ? say`${path(e.path)} 之下有 ${n0(e.count)} 处变化，都发生在`
        : say`${path(e.path)} ${e.change === "attributes" ? "的权限、属主或时间" : ""}在`),
      ...where,
      `中${e.count > 1 ? "" : done}，位于所有层之外。`,
      ...(e.volume === null
        ? say`内容随 ${n.container(e.container)} 停止而消失，可写层没有变。`
        : say`${n.container(e.container)} 的可写层没有变。`),
    ];
  },
  "volume.remove": (e) => say`数据卷 ${code(e.volume)} 连同其中的文件被删除，释放 ${bytes(e.size)}。各层都没有变。`,
  "container.copy": (e, n) => {
    const [inside, host] = [path(place(e.path)), code(place(e.host))];
    const much = `${n0(e.files)} 个文件，${bytes(e.size)}`;
    if (e.direction === "in") {
      return e.host === "-"
        ? say`一个 tar 被解包到 ${n.container(e.container)} 的 ${inside}：${much}。`
        : say`主机上的 ${host} 被复制到 ${n.container(e.container)} 的 ${inside}：${much}。`;
    }
    return e.host === "-"
      ? say`${inside} 从 ${n.container(e.container)} 中以 tar 的形式复制出来：${much}。容器没有变。`
      : say`${inside} 从 ${n.container(e.container)} 复制到主机的 ${host}：${much}。容器没有变。`;
  },
  "container.export": (e, n) => {
    const seen = `${bytes(e.size)}。各层已合为一体，不含历史，也不含数据卷。`;
    return e.file === "-"
      ? say`${n.container(e.container)} 的合并视图被写成一个 tar：${seen}`
      : say`${n.container(e.container)} 的合并视图被写成一个 tar 文件 ${code(e.file)}：${seen}`;
  },
  "image.save": (e, n) => {
    const what = e.images === 1 ? n.image(e.image) : `${e.images} 个镜像`;
    const how = `${e.layers} 层连同历史，共 ${bytes(e.size)}。各层的字节原样不变。`;
    return e.file === "-"
      ? say`${what} 被写成一个 tar：${how}`
      : say`${what} 被写成一个 tar 文件 ${code(e.file)}：${how}`;
  },
  "image.import": (e, n) => say`这个 tar 成为一层（${bytes(e.size)}），镜像 ${n.image(e.image)} 只由这一层构成。`,
  "build.from": (e, n) =>
    e.layer
      ? say`构建从 ${code(`FROM ${e.reference}`)} 开始：${n.container(e.container)} 站在它的 ${e.layers} 个只读层上。此后每条写文件的指令再加一层。`
      : say`构建从 ${code("FROM scratch")} 开始：${n.container(e.container)} 下面什么也没有。`,
  "build.step": (e) => say`开始执行 ${instruction(e.instruction)}，它有自己的一个空可写层。`,
  "build.layer": (e, n) =>
    e.size === 0
      ? say`${instruction(e.instruction)} 写下的内容被固化为层 ${n.layer(e.layer)}：只有名字和时间，没有文件数据。`
      : say`${instruction(e.instruction)} 写下的内容被固化为新的只读层（${bytes(e.size)}），下一条指令就站在它上面。`,
  "build.cached": (e) =>
    say`${instruction(e.instruction)} 命中构建缓存：同样的指令在同样的层上已经做过，直接使用那一层（${bytes(e.size)}），什么都不执行。`,
  "build.config": (e) => say`${instruction(e.instruction)} 只改变镜像的描述：历史里多一行，没有新层。`,
  "build.failed": (e) =>
    say`${instruction(e.instruction)} 失败，构建停止。它写下的内容被丢弃，之前的各层留在构建缓存中。`,
  "build.image": (e, n) =>
    say`镜像 ${n.image(e.image)} 构建完成：${e.layers} 层加上描述，共 ${bytes(e.size)}。构建用的容器随之消失。`,
  "container.commit": (e, n) => {
    const volumes = n.volumesOf(e.container);
    const left: Phrase[] =
      volumes.length === 0 ? [] : ["数据卷 ", ...joined(volumes, "、"), " 留在原处：其中的内容不在镜像里。"];
    return e.layer
      ? [
          ...say`${n.container(e.container)} 的可写层被提交为一个新的只读层（${bytes(e.size)}），与下面各层一起组成镜像 ${n.image(e.image)}。`,
          ...left,
        ]
      : [
          ...say`${n.container(e.container)} 的可写层没有任何改动：镜像 ${n.image(e.image)} 只多一条历史记录，没有新层。`,
          ...left,
        ];
  },
};

const list = (layers: readonly Phrase[]): Phrase[] => joined(layers, "、");

export const zhCN: Dictionary = {
  tag: "zh-CN",
  captions,
  app: {
    title: "Lamina · 看得见的容器镜像分层",
    skip: "跳到终端",
    what: "动手玩转容器镜像的分层",
    opening: "正在打开主机…",
    failed: "主机无法打开",
    missing: "页面的这一部分没有加载成功，是不是断网了？",
    again: "再试一次",
    failedHelp: "没有改动任何内容。可以打开另一台主机，或者清空这一台：",
    reload: "重新加载页面",
    views: "视图",
    stack: "分层",
    host: "主机",
    boot: "引导",
    viewKey: (key) => `按键 ${key}`,
    lessons: "课程",
    share: "分享",
    language: "语言",
    theme: "主题",
    themes: { system: "跟随系统", light: "浅色", dark: "深色" },
    motion: "动画",
    motions: { system: "跟随系统", full: "动态画面", still: "静态画面" },
    offline: "断网也能使用",
    online: "目前需要联网",
    settings: "设置",
    where: "当前位置",
    close: "关闭",
    cancel: "取消",
    more: "更多",
    resetHost: "清空主机，重新开始…",
    resetSure: "删除这台主机上的所有镜像、容器和文件？此操作无法撤销。",
    resetYes: "全部删除",
  },
  stack: {
    name: "层的堆叠",
    merged: "合并视图",
    mergedWhat: "容器看到的文件系统",
    mergedImage: "容器将会看到的文件系统",
    next: "下一个容器写在这里",
    nextEmpty: "空",
    writable: "可写层",
    init: "init 层",
    theInit: "init 层",
    initWhat: "由 dockerd 放置",
    readOnly: "只读",
    whiteout: "白障",
    lookup: { nothing: "没有", found: "找到", whiteout: "到此为止", opaque: "到此为止" },
    copyUp: "向上复制",
    ghost: (name) => `${name}：已删除，被白障遮住`,
    entries: (n) => `${n0(n)} 项`,
    opaque: "不透明：遮住下面的一切",
    opaqueLid: "不透明",
    mergedFrom: (n) => `由 ${n} 层合并`,
    foldedRows: (n) => `${n} 层在此目录没有内容`,
    foldedColumns: (n, from) => `还有 ${n0(n)} 项来自 ${from}`,
    more: (n) => `还有 ${n.toLocaleString("zh-CN")} 项`,
    hiddenShort: "被遮住",
    foldedHidden: (n) => `还有 ${n0(n)} 项被遮住`,
    showMore: "显示更多",
    up: "上级目录",
    open: (name) => `打开 ${name}`,
    hidden: "被上面的层遮住",
    from: (layer) => `来自 ${layer}`,
    counts: { added: "新增", changed: "修改", deleted: "删除" },
    sizes: {
      atRest: "本层自身大小",
      seen: "其中在合并视图中可见",
      total: "到本层为止的合并视图",
      nothing: "尚无改动",
      hidden: (size) => `${size} 被遮住`,
    },
    empty: "此目录是空的。",
    root: "文件系统的根",
    loading: "下载中",
    downloading: "已下载",
    waiting: "等待",
    exists: "本机已有",
    extracted: "已解压",
    outside: "在所有层之外",
    volume: "数据卷",
    anonymous: "匿名卷",
    inMemory: "在内存中",
    tmpfs: "tmpfs",
    files: (n) => `${n0(n)} 个文件`,
    closed: "以只读方式挂载",
    staysBehind: "不在镜像里",
    mountPoint: "挂载点",
    mountBelow: (path) => `其下有挂载点：${path}`,
    mountedAt: (path) => `挂载于 ${path}`,
    mountNote: (volume, hides) =>
      `这里看到的是${volume === null ? "内存中的内容" : `数据卷 ${volume} 的内容`}，不是各层的。${hides === 0 ? "各层在此没有内容。" : `各层在此的 ${n0(hides)} 项被遮住。`}`,
    cover: (volume, hides) =>
      `${volume === null ? "内存" : `数据卷 ${volume}`} 在这里盖住各层${hides === 0 ? "" : `：遮住其中 ${n0(hides)} 项`}`,
    emptyVolume: "其中还没有内容。",
    memoryContent: "其中的内容在内存里，只有容器能看到。",
    ofVolume: (volume) => (volume === null ? "在内存中，不属于任何层" : `在数据卷 ${volume} 中，不属于任何层`),
    underMount: "被挂载遮住",
  },
  hostView: {
    name: "所有镜像与容器",
    registry: "镜像仓库",
    pulling: (reference) => `docker pull ${reference}`,
    pulled: "拉取完成",
    pullingNow: (reference, here, of) =>
      of === 0
        ? say`正在向仓库询问 ${code(reference)} 由哪些层组成。`
        : say`${code(reference)} 一层层到来：${of} 层中已有 ${here} 层。`,
    idle: "当前没有拉取任务。",
    writable: "可写层，每个容器一个",
    readOnly: "只读层，各存一份",
    usedBy: (n) => `被 ${n} 个镜像使用`,
    layers: (n) => `${n} 层`,
    summary: (images, containers) => `${images} 个镜像 · ${containers} 个容器`,
    dangling: "<none>",
    running: "运行中",
    stopped: "已停止",
    buildCache: "构建缓存",
    buildCacheWhat: "构建留下、没有镜像使用的层：下次构建可能再用",
    volumes: "数据卷，在所有层之外",
    unused: "未使用",
    moreUnused: (n) => `另有 ${n} 个未使用`,
    mountedBy: (names) => (names.length === 0 ? "没有容器使用" : `被 ${names.join("、")} 使用`),
  },
  sharing: {
    ledger: "账本",
    memory: "内存（页缓存）",
    mappedBy: (name, n) => `${name}，被 ${n} 个容器映射`,
    inMemory: "在内存中",
    withoutSharing: "若不共享",
    memoryNote: "共享层中的文件，无论多少容器在运行，内存里只有一份。此处为模拟：程序并未真正运行，按整个文件计算。",
    noneRuns: "没有容器在运行。",
    more: (n) => `另有 ${n0(n)} 个文件`,
    ifYou: "如果执行",
    allGo: (n, freed) =>
      n === 1
        ? say`它的层会被删除：${freed}。没有别的镜像或容器用到它。`
        : say`它的 ${n} 层全部删除：${freed}。没有别的镜像或容器用到它们。`,
    someGo: (n, freed, stay, others) => [
      ...say`只删除它独有的 ${n} 层：${freed}。`,
      ...joined(stay, "、"),
      stay.length === 0
        ? `其余 ${others} 层保留：还有别的镜像或容器在用。`
        : others > 0
          ? ` 以及另外 ${others} 层保留：还有别的在用。`
          : " 保留：还有别的在用。",
    ],
    noneGoes: "只删除镜像本身：它的每一层都还有别的在用。",
    nameGoes: "只去掉这个名字：镜像还有别的名字，所有层都保留。",
    refused: "Docker 会拒绝：",
    goes: "删除",
    stays: "保留",
    from: (name) => `基于 ${name}`,
    beside: "同一镜像的其他容器，并排在旁",
    alsoOn: "同在这些层上：",
    nothingHere: "此处没有改动",
    below: (n) => `另有 ${n0(n)} 项来自下层`,
    notThere: "不存在：已在此容器中删除",
    inMount: "此处被挂载遮住",
    moreBeside: (n) => `旁边还有 ${n} 个容器`,
    sees: (name) => `${name} 看到的`,
  },
  boot: {
    name: "机器怎样引导，容器为什么不需要引导",
    steps: "本视图的七个步骤",
    titles: {
      power: "接通电源",
      load: "内核载入内存",
      release: "卸载 bootfs",
      root: "挂载 rootfs",
      container: "一个可写层",
      sizes: "镜像里没有内核",
      kernel: "共用一个内核",
    },
    captions: {
      power: () => say`接通电源：固件找到 ${code("bootfs")}（引导文件系统），里面只有两样东西：引导加载程序和内核。`,
      load: (size) => say`引导加载程序把内核（${size}）从 ${code("bootfs")} 读入内存，并启动它。`,
      release: () => say`整个内核已在内存中，可以自己运行：${code("bootfs")} 完成使命，被卸载。`,
      root: (image) =>
        image === null
          ? say`内核以只读方式挂载 ${code("rootfs")}（根文件系统）：${path("/dev")}、${path("/proc")}、${path("/bin")}、${path("/etc")} 等。传统的机器检查之后，再把它重新挂载为可读写。`
          : say`内核以只读方式挂载 ${code("rootfs")}（根文件系统）；这里画的是 ${image} 真实的根目录。传统的机器检查之后，再把它重新挂载为可读写。`,
      container: (image, container) =>
        image === null
          ? say`对容器来说，${code("rootfs")} 一直只读：联合挂载在最上面加一个可写层，要修改的内容先向上复制到这一层（写时复制）。`
          : say`对${container ? "容器 " : "容器"}${container ?? ""}${container ? " " : ""}来说，${image} 的各层一直只读：联合挂载在最上面加一个可写层，要修改的内容先向上复制到这一层（写时复制）。`,
      sizes: (image, size, machine) =>
        image === null
          ? say`镜像不需要引导加载程序和内核，只要一个根文件系统；虚拟机的磁盘（${machine}）却样样都要。`
          : say`镜像不需要引导加载程序和内核，只要一个根文件系统：${image} 只有 ${size}，一台小虚拟机的磁盘要 ${machine}。`,
      kernel: (answers, of, same) =>
        same !== null && answers === of
          ? say`${of} 个发行版，${of} 个根文件系统，同一个内核：${code("uname -r")} 的回答都是 ${code(same)}。只有虚拟机有自己的内核。`
          : say`三个发行版就是三个根文件系统，共用主机的同一个内核。分别问问它们：${code("uname -r")}。`,
    },
    words: {
      bootfs: "引导文件系统",
      memory: "内存",
      root: "根文件系统",
      writable: "可写层，每个容器一个",
      readOnly: "只读",
      merged: "从上往下看",
    },
    bootfs: "bootfs",
    bootfsWhat: "在磁盘上",
    unmounted: "已卸载",
    loader: "引导加载程序",
    kernel: "内核",
    kernelOnDisk: "内核（文件）",
    flow: "读入内存",
    memory: "内存：还没有内核在运行",
    place: "/ 还没有挂载任何内容",
    rootfs: "rootfs",
    rootfsOf: (image) => `${image} 的根文件系统`,
    rootfsWhat: "一个 Linux 的根文件系统",
    remount: "传统的机器接着执行：",
    moreEntries: (n) => `另有 ${n} 项`,
    sheets: (n) => `${n} 层`,
    writable: "可写层",
    writableOf: (name) => `属于 ${name}`,
    noContainer: (image) => `docker run 会在 ${image} 上新建`,
    noContainerHere: "由 docker run 新建",
    merged: "合并视图",
    mergedWhat: "容器的 /",
    pull: "还没有拉取镜像，这里没有真实的内容可画。",
    pullButton: "拉取 Ubuntu 22.04",
    machine: "虚拟机",
    machineWhat: "Debian 12 服务器",
    desktop: (size) => `带桌面 ${size}`,
    image: "镜像",
    layers: (n) => `${n} 层`,
    disk: {
      base: "根文件系统",
      system: "标准系统",
      kernel: "内核及其模块",
      boot: "引导加载程序、initramfs、init",
    },
    times: (n) => `虚拟机的 ${n}`,
    others: (n) => `另有 ${n} 个更小的镜像`,
    groupMachine: "虚拟机",
    groupContainers: "容器",
    hostKernel: "主机的内核",
    hostKernelWhat: "内存中只有一份，不在任何镜像里",
    ownKernel: "自己的内核",
    machineRoot: "根文件系统",
    hypervisor: "虚拟机管理程序、虚拟硬件",
    absent: "本机没有：docker run 会先拉取",
    ask: "问一问",
    askOf: (reference) => `向 ${reference} 询问 uname -r`,
    asking: "正在询问…",
    answered: "回答",
    wouldSay: "会回答",
    modelled: "模型",
    modelledNote: (sources) => `模型：这里没有机器真的启动；大小取自 Debian 12 的软件包（${sources}）`,
    changed: "这一步的变化",
    previous: "本视图的上一步",
    next: "本视图的下一步",
    play: "播放七个步骤",
    pause: "暂停",
    step: (step, of, title) => `第 ${step} 步，共 ${of} 步：${title}`,
  },
  panel: {
    ledger: (images, stored, saved) => `镜像合计 ${images} · 实际 ${stored} · 共享节省 ${saved}`,
    name: "详情",
    files: "文件",
    layers: "层",
    inspect: "检查",
    disk: "磁盘",
    imagesTogether: "镜像大小合计",
    stored: "实际占用",
    saved: "共享节省",
    writable: "可写层",
    reclaimable: "可回收",
    volumes: "数据卷",
    inVolumes: "数据卷",
    mounts: "挂载",
    xray: "X 光",
    nothing: "还没有选中任何东西。点击图中的文件或层。",
    noFiles: "还没有镜像或容器。",
    more: (n) => `还有 ${n0(n)} 项`,
    marks: { A: "新增", C: "修改", D: "删除" },
    digest: "blob 摘要",
    diffId: "diffID",
    chainId: "chain ID",
    size: "文件大小",
    madeBy: "由何产生",
    usedBy: "使用者",
    imageId: "镜像 ID",
    containerId: "容器 ID",
    created: "创建时间",
    author: "作者",
    comment: "说明",
    status: "状态",
    command: "命令",
    image: "镜像",
    changes: "改动",
    modelled: "模型",
    modelledWhat:
      "这个镜像的文件名、权限、属主和大小与真实镜像一致；其中的二进制文件以零填充，文本由 Lamina 编写。层、摘要和大小都由这里真实存在的字节计算得出。",
    mountPointOf: (name, volume, hides) =>
      say`${path(name)} 是一个挂载点：在这里看到的是${volume}的内容，不是各层的。${hides === 0 ? "各层在此没有内容。" : `各层在此的 ${n0(hides)} 项被遮住。`}`,
    insideOf: (name, volume) => say`${path(name)} 在${volume}中，不属于任何一层：提交时会留在原处。`,
    coveredOf: (name, volume, layers) => [
      ...say`${path(name)} 在这里看不到：${volume}挂载在它上面。它在 `,
      ...list(layers),
      " 中。",
    ],
    theVolume: (name) => `数据卷 ${name} `,
    memory: "内存（tmpfs）",
    writableOf: (name) => `${name} 的可写层`,
  },
  timeline: {
    name: "时间线",
    previous: "上一步",
    next: "下一步",
    play: "播放",
    pause: "暂停",
    speed: "速度",
    step: (step, of) => `第 ${step} 步，共 ${of} 步`,
    stepShort: (step, of) => `${step} / ${of}`,
    now: "回到现在",
  },
  time: {
    previousCommand: "上一条命令",
    nextCommand: "下一条命令",
    space: "空格键",
    undo: (command) => `撤销：${command}`,
    redo: (command) => `重做：${command}`,
    nothingToUndo: "没有可撤销的操作",
    nothingToRedo: "没有可重做的操作",
    undone: (command) => `已撤销：${command}`,
    redone: (command) => `已重做：${command}`,
    moved: (command) => (command === null ? "主机已回到最初的状态" : `主机已回到执行这条命令之后的状态：${command}`),
    looking: (step, of) =>
      step === 0 ? `正在查看最初的状态（共 ${of} 步，尚未开始）` : `正在查看第 ${step} 步，共 ${of} 步`,
    onlyLooking: "正在查看过去的某一刻，主机不会因此改变。按 End 键回到现在。",
    goOn: "从这里继续",
    goOnHint: "让主机回到这条命令刚执行完的时候。之后的操作不会丢失：可以重做；若输入新命令，则另开一条时间线。",
    lines: (lines) => `另有 ${n0(lines)} 条时间线`,
    linesTitle: "其他时间线",
    lineOf: (commands, after, last) =>
      `${after === null ? "从一开始就" : `在“${after}”之后`}分出，共 ${n0(commands)} 条命令，止于“${last}”`,
    lost: {
      bytes: (command) => `主机无法退回到“${command}”那一刻或更早：当时导入的数据已不再保留。`,
      differs: (command) => `主机无法退回：重新执行“${command}”的结果与当时不同。请检查网络是否正常。`,
    },
  },
  terminal: {
    name: "终端",
    host: "主机",
    container: "容器",
    of: (name) => `${name} 的终端`,
    hostTitle: "主机终端",
    running: (name) => `容器 ${name} 在它自己的终端中运行`,
    waiting: "正在等待另一个终端里的程序结束",
    ended: "会话已结束。",
    dockerInside: "docker 是主机上的命令，这个容器里没有。",
    runThere: "在主机上执行",
    leave: "先按 Esc，再按 Tab：离开终端",
    printed: "上一条命令的输出",
    log: "纯文本",
    logOf: (name) => `终端 ${name} 的文本`,
    backToTerminal: "返回终端",
    tooLarge: (size) => `粘贴的内容有 ${size}，一次最多接受 256 kB。没有输入任何内容。`,
    loading: "正在加载终端…",
    interrupted: "已中断",
    resize: "终端高度",
  },
  editor: {
    name: (file) => `编辑器：${file}`,
    loading: "正在加载编辑器…",
    written: (file, lines, size) => `"${file}" ${lines}L, ${size}B written`,
    opened: (file, lines, size) => `"${file}" ${lines}L, ${size}B`,
    fresh: (file) => `"${file}" [New]`,
    readOnly: "[readonly]",
    changed: "E37: No write since last change (add ! to override)",
    readOnlyWrite: "E45: 'readonly' option is set (add ! to override)",
    failed: (message) => `Error: ${message}`,
    nanoSave: "Write Out",
    nanoExit: "Exit",
    nanoCut: "Cut",
    nanoWrote: (lines) => `[ Wrote ${lines} lines ]`,
    nanoAsk: "Save modified buffer?  Y Yes  N No  ^C Cancel",
    vimHelp: "i 开始输入，Esc 结束，:wq 保存并退出，:q! 不保存退出",
  },
  start: {
    title: "这台主机是空的。",
    text: "拉取一个镜像，看它的层一层层到来。",
    caption: "每一步都会在这里用一句话说明。",
    pull: "拉取 Ubuntu 22.04",
    others: "其他开始方式",
    cards: {
      shared: { title: "两个镜像，一个底座", what: "redis 和 nginx：共同的底层只存一份" },
      small: { title: "8 MB 的完整系统", what: "在 Alpine Linux 里打开 shell" },
      changes: { title: "改动去了哪里？", what: "新建一个文件，删除一个文件，看看" },
    },
    next: "下一步",
    steps: {
      pull: "拉取 Ubuntu 22.04",
      run: "启动一个容器",
      enter: "进去打开 shell",
      create: "新建一个文件",
      vim: "试试 vim（还没有）",
      update: "更新软件包列表",
      install: "安装 vim",
      edit: "用 vim 写一个文件",
      write: "修改镜像里的文件",
      remove: "删除镜像里的文件",
      exit: "退出容器",
      diff: "改了什么？",
      commit: "提交为新镜像",
      history: "查看它的历史",
      again: "现在有 vim 吗？",
      old: "原来的镜像呢？",
      legal: "/etc/legal 还在吗？",
      keep: "往数据卷里写文件",
      same: "另一个容器看得到吗？",
      behind: "提交：数据卷留在外面",
      missing: "镜像里有这些文件吗？",
    },
  },
  actions: {
    image: (name) => `镜像 ${name} 的操作`,
    container: (name) => `容器 ${name} 的操作`,
    volume: (name) => `数据卷 ${name} 的操作`,
    inspect: "检查",
    prune: "删除未使用的卷",
    run: "运行",
    history: "历史",
    remove: "删除",
    tag: "打标签…",
    shell: "打开 shell",
    diff: "差异",
    commit: "提交…",
    stop: "停止",
    start: "启动",
    show: "查看它的层",
    tagTitle: (name) => `给 ${name} 再起一个名字`,
    commitTitle: (name) => `把 ${name} 提交为镜像`,
    newName: "名称与标签",
    message: "说明（-m）",
    author: "作者（-a）",
    types: "将会输入：",
    type: "输入命令",
  },
  share: {
    title: "分享这台主机",
    what: (commands) =>
      `链接里装着这里输入过的 ${commands} 条命令。打开它的人会看到同样的层、同样的摘要。没有上传任何东西：一切都在 # 之后。`,
    link: "链接",
    copy: "复制",
    copied: "已复制",
    making: "正在生成链接…",
    failed: "无法生成链接",
  },
  scene: {
    banner: "你正在看链接里的场景，你自己的主机没有改动。",
    keep: "保留一份",
    back: "回到我的主机",
    broken: "这个链接无法打开",
    problems: {
      foreign: "它不是 Lamina 的链接。你自己的主机没有改动。",
      newer: "它由更新版本的 Lamina 生成。重新加载页面即可得到新版本。",
      damaged: "它在传递途中被截断或改动了。请再要一次，或继续使用你自己的主机。",
      empty: "它里面没有命令。",
      catalogue: "它用另一版本的镜像制作：摘要可能与发送者看到的不同。",
    },
    damage: {
      cut: (read, of) => `链接在传递途中被截断：共 ${n0(of)} 条命令，这里有前 ${n0(read)} 条。想看全部，请再要一次。`,
      altered: (read, of) =>
        `链接在传递途中被改动：共 ${n0(of)} 条命令，读出了 ${n0(read)} 条，它们做的未必是发送者的原意。`,
    },
    skipped: (lines) => `有 ${n0(lines)} 行无法执行，已跳过。`,
    drop: "把场景文件或图片放到这里即可打开",
    replaying: (line, of) => `正在打开场景：第 ${n0(line)} 条命令，共 ${n0(of)} 条…`,
    keepTitle: "保留这个场景",
    keepText: "它将以这个名字成为你自己的主机，保存在此浏览器中。",
    keepName: "名称",
    keepProposal: "场景",
  },
  hosts: {
    name: "主机",
    own: "此浏览器中的主机",
    first: "我的主机",
    scene: "链接里的场景",
    scenario: "场景的主机",
    another: "再开一台空主机…",
    anotherTitle: "再开一台主机",
    anotherText: "它从空白开始，与已有的主机并存，各自保存自己的镜像和容器。",
    openFile: "打开场景文件…",
    proposal: "主机",
    open: "打开",
    taken: "已经有同名的主机。",
  },
  insight: {
    open: "浏览…",
    title: "文件浏览",
    views: { tree: "文件", dead: "无用字节", compare: "比较" },
    stack: "镜像或容器",
    images: "镜像",
    containers: "容器",
    layer: "层",
    merged: "所有层合并后的视图",
    writable: "可写层",
    loading: "正在读取各层…",
    failed: "无法读取",
    gone: "它已不在这台主机上，或者那个时刻早于页面的加载。",
    none: "还没有镜像或容器。",
    retry: "重试",
    name: "名称",
    size: "大小",
    mark: "变化",
    from: "所在层",
    outside: "挂载",
    marks: { A: "新增", C: "修改", D: "删除" },
    allMarks: "全部",
    find: "名称或模式，如 *.so",
    minimum: "至少",
    anySize: "任意大小",
    sort: "按大小排序",
    closeAll: "全部折叠",
    openAll: "全部展开",
    opaque: "不透明",
    mount: "挂载点",
    entries: (shown, all) => (shown === all ? `${n0(all)} 项` : `${n0(shown)} 项，共 ${n0(all)} 项`),
    noMatch: "没有符合这些名称、标记和大小的内容。",
    emptyLayer: "这一层是空的。",
    emptyWritable: "可写层是空的：容器还没有做任何改动。",
    lift: "如果去掉这一层",
    liftTold: (lost, bytesLost, older, back) =>
      [
        lost > 0 ? `${n0(lost)} 个文件（${bytesLost}）会消失` : "没有文件会消失",
        ...(older > 0 ? [`${n0(older)} 个会露出旧版本`] : []),
        ...(back > 0 ? [`${n0(back)} 个会重新出现`] : []),
      ].join("；"),
    lifted: { A: "重新出现", C: "旧版本", D: "消失" },
    as: "显示方式",
    text: "文本",
    hex: "十六进制",
    image: "图片",
    brokenImage: "浏览器无法把这些字节显示为图片。",
    copyPath: "复制路径",
    copied: "已复制",
    save: "保存文件",
    cut: (shown, all) => `共 ${all}，这里是前 ${shown}。`,
    emptyFile: "这是一个空文件。",
    linkTo: (to) => say`指向 ${path(to)} 的符号链接。`,
    special: "设备或管道，没有字节。",
    directory: "目录。",
    whiteout: "白障（whiteout）：遮住下面各层中的同名内容。",
    same: (rows) => `* 另有 ${n0(rows)} 行与此相同`,
    kinds: {
      file: "文件",
      directory: "目录",
      symlink: "链接",
      character: "设备",
      block: "设备",
      fifo: "管道",
      whiteout: "白障",
    },
    suppliedBy: (name, layer, made) => [...say`${path(name)} 由 ${layer}`, made ? `（${made}）提供` : " 提供"],
    mergedOf: (name, n, layer) => say`${path(name)} 是由 ${n} 层合并成的一个目录，权限和属主取自 ${layer}`,
    nothingBelow: "，下面各层都没有它。",
    hides: (hidden) => ["，遮住了 ", ...hidden.flatMap((one, i) => [i > 0 ? "、" : "", ...one]), "。"],
    end: "。",
    hiddenOne: (kind, layer, why) => [layer, ` 中的${kind}`, ...(why.length > 0 ? ["（", ...why, "）"] : [])],
    unseen: (kind, layer, why) => ["看不到：", layer, ` 中的${kind}`, "，", ...why, "。"],
    overwritten: (by) => (by ? ["在 ", by, " 中被覆盖"] : ["已被覆盖"]),
    metadata: (what) => [what ? `只因${what}改变而向上复制` : "整份向上复制，但没有改变"],
    deletedAt: (at, by) => (at ? say`${path(at)} 在 ${by} 中被删除` : ["在 ", by, " 中被删除"]),
    opaqueAt: (at, by) => say`${path(at)} 在 ${by} 中是不透明目录`,
    replacedAt: (at, by) => (at ? say`${path(at)} 在 ${by} 中被替换` : ["在 ", by, " 中被替换"]),
    aspects: {
      type: "类型",
      content: "内容",
      target: "链接目标",
      device: "设备号",
      mode: "权限",
      owner: "属主",
      time: "时间",
    },
    and: (words) => words.join("和"),
    ghostOf: (name, by) => say`${path(name)} 在这里不存在：${by} 中的白障遮住了它`,
    notSeen: (name) => say`${path(name)} 在这里不存在`,
    stillThere: (hidden) => [
      "；看不到但仍然存在的有：",
      ...hidden.flatMap((one, i) => [i > 0 ? "、" : "", ...one]),
      "。",
    ],
    dead: "无用字节",
    deadWhat: "还保存在某一层里、却已没有任何路径能到达的字节。它们照样占用存储，照样随镜像拉取和推送。",
    deadTold: (dead, total, files) => `${total} 中有 ${dead} 是无用字节，共 ${n0(files)} 个文件。`,
    noneDead: "没有：这些层中的每个字节都还能到达。",
    whole: "整个目录",
    deadFiles: (n) => `${n0(n)} 个文件`,
    deadIn: (layer, why) => ["位于 ", layer, "，", ...why],
    between: "、",
    reasons: {
      overwritten: (by) => ["在 ", by, " 中被覆盖"],
      metadata: (by) => ["在 ", by, " 中只因元数据改变而向上复制"],
      deleted: (by) => ["在 ", by, " 中被删除"],
      opaque: (by) => ["被 ", by, " 中的不透明目录遮住"],
      replaced: (by) => ["在 ", by, " 中被替换为其他类型"],
    },
    moreFiles: (n) => `还有 ${n0(n)} 个`,
    before: "之前",
    after: "之后",
    plates: "层的范围",
    to: "至",
    lowest: "最低的一层",
    highest: "最高的一层",
    plateAt: (place, name) => `${place} · ${name}`,
    moment: "时刻",
    now: "现在",
    afterCommand: (step, command) => `${step} · ${command}`,
    swap: "交换两边",
    equal: "两边完全相同。",
    total: (mark, files, size) => `${{ A: "新增", C: "修改", D: "删除" }[mark]} ${n0(files)} 个文件，${size}`,
    result: "差异",
    noText: "不是文本，只能比较大小和属性。",
    tooLarge: "文件太大（超过 1 MB），不按文本比较。",
    skippedLines: (n) => `${n0(n)} 行相同`,
    textOf: (name) => `${name} 前后的文本`,
    pickDifference: "选择一个文件，查看两边的文本。",
    more: (n) => `还有 ${n0(n)} 项未列出`,
  },
  transcript: {
    name: "文字版",
    what: "每条命令，以及它做了什么：可以在真正的 Docker 上照着做，也可以作为讲义发给学生。",
    copy: "复制为 Markdown",
    save: "另存为 Markdown",
    file: "lamina.md",
    title: "一步一步看容器镜像的层",
    follow:
      "每条命令都可以在真正的 Docker 上输入。`$` 是主机的提示符，`#` 是容器中 shell 的提示符。命令下面说明它做了什么。",
    onHost: "在主机上",
    inContainer: (name) => `在容器 ${name} 中`,
    handedIn: (name) => `以文件形式导入，不包含在这份文字中：${name}`,
    edited: (file) => `在编辑器中把 ${file} 保存为以下内容：`,
    modelled: "哪些是模型",
    modelledImages: (names) =>
      `${names.join("、")}：文件名、权限、属主和大小与真实镜像一致；二进制文件以零填充，文本由 Lamina 编写。真正的 Docker 显示的摘要会不同。`,
    modelledPrograms:
      "容器里的程序并没有真的运行，它们对文件的改动是模拟的。层、写时复制、白障、摘要和大小都由真实的字节计算得出。",
  },
  outline: {
    name: "画面的文字说明",
    ofContainer: (name, image, at) => `容器 ${name}（镜像 ${image}），目录 ${at}`,
    ofImage: (name, at) => `镜像 ${name}，目录 ${at}`,
    merged: (what, size, layers) => `合并视图（${what}）：${size}，由 ${layers} 层合并`,
    layer: (place, of, words) => `第 ${place} 层，共 ${of} 层：${words}`,
    sizes: (atRest, seen, total) => `自身 ${atRest}${seen === null ? "" : `（其中可见 ${seen}）`}，合并到此层 ${total}`,
    kinds: { file: "文件", directory: "目录", symlink: "链接", character: "设备", block: "设备", fifo: "管道" },
    facts: (facts) => facts.join("，"),
    counted: { added: (n) => `新增 ${n} 项`, changed: (n) => `修改 ${n} 项`, deleted: (n) => `删除 ${n} 项` },
    fresh: "新增",
    ghost: (name, layer) => `${name}：已删除，被 ${spaced(layer)}中的白障遮住`,
    copiedUp: (from) => `从 ${spaced(from)}向上复制而来`,
    hides: (from) => `遮住 ${spaced(from)}中的同名内容`,
    mergedWith: (from) => `与 ${spaced(from)}中的同名目录合并`,
    hiddenBy: (layer, whiteout) => `被 ${spaced(layer)}${whiteout ? "中的白障" : ""}遮住`,
    images: "镜像",
    names: (names) => names.join(" = "),
    container: (name) => `容器 ${name}`,
    writable: (size) => `可写层 ${size}`,
    standsOn: (layer) => `建立在 ${layer} 之上`,
    usedBy: (images) => `被 ${images.join("、")} 使用`,
    more: (n) => `还有 ${n0(n)} 项`,
  },
  storage: {
    memory: "未保存",
    memoryWhat: (reason) => `这台主机只在内存中，关闭页面即丢失：${reason}`,
  },
};
