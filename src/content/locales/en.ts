import type { CopyUpCause } from "../../core/overlay/event.ts";
import type { EngineEvent, EventType, LookupAnswer } from "../../engine/event.ts";
import {
  type Names,
  type Phrase,
  bytes,
  code,
  grouped,
  instruction,
  joined,
  lookupOf,
  path,
  place,
  say,
} from "./phrase.ts";

export type Captions = {
  readonly [T in EventType]: (event: Extract<EngineEvent, { type: T }>, names: Names) => Phrase[];
};

const count = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;

const causes: Record<CopyUpCause, string> = {
  write: "is opened for writing",
  truncate: "is emptied",
  mode: "gets another mode",
  owner: "gets another owner",
  time: "gets another time",
  link: "gets another name",
  rename: "is renamed",
  entries: "changes",
};
/** Of an emptied file only what surrounds the data is copied. */
const copies = (cause: CopyUpCause, size: number): string =>
  cause === "truncate" ? "it is copied up without its data" : `the whole file (${bytes(size)}) is copied up`;

const captions: Captions = {
  "pull.start": (e) => {
    const layers = count(e.layers, "layer");
    if (e.missing === 0)
      return say`${code(e.reference)} has ${layers}, and ${e.layers === 1 ? "it is" : "all of them are"} here already.`;
    const missing = e.layers === 1 ? "not" : e.missing === e.layers ? "none of them" : `${e.missing} of them not`;
    return say`The registry describes ${code(e.reference)}: ${layers}, ${missing} here yet.`;
  },
  "layer.exists": (e, n) => say`Layer ${n.layer(e.layer)} is here already. It is shared, not downloaded again.`,
  "layer.download": (e, n) =>
    say`Layer ${n.layer(e.layer, e.digest)} is downloaded: ${bytes(e.size)} compressed, and its sha256 is checked.`,
  "layer.extract": (e, n) =>
    e.parent
      ? say`Layer ${n.layer(e.layer)} is unpacked on top of ${n.layer(e.parent)}: ${bytes(e.size)} of files, read-only from now on.`
      : say`The bottom layer ${n.layer(e.layer)} is unpacked: ${bytes(e.size)} of files, read-only from now on.`,
  "image.pulled": (e, n) =>
    say`${n.image(e.image)} is complete: a name for a stack of read-only layers, ${bytes(e.size)} in all.`,
  "image.tag": (e, n) => say`${code(e.reference)} is now a name of the image ${n.image(e.image)}. No layer was copied.`,
  "image.untag": (e, n) => say`The name ${code(e.reference)} is taken off ${n.image(e.image)}. The layers stay.`,
  "image.delete": () => say`The image is deleted. Layers that nothing else stands on go with it.`,
  "layer.delete": (e) => say`A layer that nobody uses any more is deleted: ${bytes(e.size)} are free again.`,
  "container.create": (e, n) =>
    say`Container ${n.container(e.container)} is created: one empty writable layer on top of ${n.image(e.image)}. Nothing is copied.`,
  "container.start": (e, n) =>
    say`${n.container(e.container)} starts ${code(e.command)}. It sees all the layers merged into one filesystem.`,
  "container.exec": (e, n) =>
    say`${code(e.command)} starts in ${n.container(e.container)}, on the same merged filesystem.`,
  "container.exit": (e, n) =>
    say`${n.container(e.container)} has stopped with exit code ${e.code}. Its writable layer stays until the container is removed.`,
  "container.remove": (e) =>
    say`${code(e.name)} is removed, and its writable layer with it: ${bytes(e.size)} are gone. The image is untouched.`,
  "fs.copy-up": (e, n) =>
    e.kind === "directory"
      ? say`Directory ${path(e.path)} is copied up from ${n.layer(e.layer)}, without what is in it, so that ${n.container(e.container)} can change something there.`
      : [
          ...say`${path(e.path)} ${causes[e.cause]}: ${copies(e.cause, e.size)} from ${n.layer(e.layer)} into the writable layer of ${n.container(e.container)}. `,
          e.names > 1
            ? `It had ${e.names} names there; the link to the ${e.names > 2 ? "others" : "other"} is broken.`
            : "The image does not change.",
        ],
  "fs.create": (e, n) =>
    e.over === "whiteout"
      ? say`${path(e.path)} is created anew in the writable layer of ${n.container(e.container)}, in place of the whiteout.`
      : say`${path(e.path)} is created in the writable layer of ${n.container(e.container)}.`,
  "fs.write": (e, n) =>
    say`${path(e.path)} changes in the writable layer of ${n.container(e.container)}: ${bytes(e.before)} before, ${bytes(e.size)} now.`,
  "fs.attributes": (e, n) =>
    say`The ${e.change} of ${path(e.path)} changes in the writable layer of ${n.container(e.container)}, and nothing else.`,
  "fs.whiteout": (e, n) =>
    say`${path(e.path)} is deleted: a whiteout in the writable layer of ${n.container(e.container)} hides what ${n.layer(e.layer)} still holds.`,
  "fs.remove": (e, n) =>
    say`${path(e.path)} existed only in the writable layer of ${n.container(e.container)}: it is really gone, and needs no whiteout.`,
  "fs.opaque": (e, n) =>
    say`Directory ${path(e.path)} of ${n.container(e.container)} becomes opaque: nothing of the layers below shows through it.`,
  "fs.rename": (e, n) =>
    say`${path(e.path)} is renamed to ${path(e.to)} in the writable layer of ${n.container(e.container)}.`,
  "fs.link": (e, n) =>
    say`${path(e.to)} becomes another name of ${path(e.path)} in the writable layer of ${n.container(e.container)}: one file, its bytes are there once.`,
  "fs.exdev": (e, n) =>
    say`${code("rename(2)")} of ${path(e.path)} to ${path(e.to)} is refused in ${n.container(e.container)} (${code("EXDEV")}): a directory that comes from a layer cannot be moved. What is in it has to be copied, then deleted.`,
  "fs.read": (e, n) => {
    const plate = (layer: LookupAnswer["layer"]): Phrase[] =>
      layer === "writable" ? say`the writable layer of ${n.container(e.container)}` : [n.layer(layer)];
    const { passed, settled, below } = lookupOf(e);
    const start = e.asked.startsWith(`${e.path}/`)
      ? say`For ${path(e.asked)}, ${path(e.path)} is looked up from the top: `
      : e.asked === e.path
        ? say`${path(e.path)} is looked up from the top: `
        : say`${path(e.asked)} leads to ${path(e.path)}, which is looked up from the top: `;
    const nor = below === 0 ? "" : settled ? `, nor in ${count(below, "layer")} below it` : "";
    const not = passed ? ["not in ", ...plate(passed), nor, settled ? ", " : ""] : [];
    if (!settled) {
      const layers = below === 0 ? "" : `, nor in ${below === 1 ? "the layer" : `any of the ${below} layers`} below it`;
      return [...start, ...not, `${layers}: No such file or directory.`];
    }
    const last = plate(settled.layer);
    if (settled.answer === "found") return [...start, ...not, "found in ", ...last, "."];
    if (settled.answer === "whiteout")
      return [...start, ...not, "a whiteout in ", ...last, " stops it: No such file or directory."];
    return [
      ...start,
      ...not,
      "in ",
      ...last,
      " its directory is opaque, so no layer below is asked: No such file or directory.",
    ];
  },
  "fs.burst": (e, n) => {
    // Directories are copied up on the way to what is done in them: that alone is not worth saying.
    const aside = e.copied === 0 && e.created + e.changed + e.deleted > 0;
    const parts = [
      e.created > 0 ? `${count(e.created, "file or directory", "files and directories")} created` : "",
      e.copiedUp > 0 && !aside
        ? `${e.copiedUp.toLocaleString("en")} copied up${e.copied > 0 ? ` whole (${bytes(e.copied)})` : ""}`
        : "",
      e.changed > 0 ? `${e.changed.toLocaleString("en")} changed` : "",
      e.deleted > 0
        ? `${e.deleted.toLocaleString("en")} deleted${e.whiteouts > 0 ? ` (${count(e.whiteouts, "whiteout")})` : ""}`
        : "",
    ].filter((part) => part !== "");
    const end =
      e.size === 0 && e.whiteouts > 0
        ? "No byte is freed: the layers below still hold them."
        : e.attributesOnly && e.copied > 0
          ? `Only mode, owner or time changes, yet it grows by ${bytes(e.size)}.`
          : `It ${e.size < 0 ? "shrinks" : "grows"} by ${bytes(Math.abs(e.size))}.`;
    return say`In the writable layer of ${n.container(e.container)}${e.within === "/" ? "" : ", at "}${e.within === "/" ? "" : path(e.within)}: ${parts.join(", ")}. ${end}`;
  },
  "volume.create": (e, n) =>
    e.container
      ? e.anonymous
        ? say`A volume is made for ${n.container(e.container)}; nobody named it, so docker calls it ${n.volume(e.volume)}. It lies outside all layers.`
        : say`The volume ${n.volume(e.volume)} is made for ${n.container(e.container)}: an empty directory of the host, outside all layers.`
      : say`The volume ${n.volume(e.volume)} is made: an empty directory of the host, outside all layers. It stays until it is removed.`,
  "volume.copy": (e, n) =>
    e.files === 0
      ? say`The image has no files in ${path(e.path)}: the volume ${n.volume(e.volume)} stays empty, and takes over only that directory's owner and mode.`
      : say`The volume ${n.volume(e.volume)} is empty, so what the image has in ${path(e.path)} is copied into it: ${count(e.files, "file")}, ${bytes(e.size)}. The layers keep their own.`,
  "volume.change": (e, n) => {
    const where: Phrase[] = e.volume === null ? ["in memory (tmpfs)"] : say`in the volume ${n.volume(e.volume)}`;
    const done = {
      created: say`${path(e.path)} is created `,
      written: say`${path(e.path)} is written `,
      attributes: say`Mode, owner or time of ${path(e.path)} change `,
      removed: say`${path(e.path)} is deleted `,
    };
    return [
      ...(e.count > 1 ? say`${count(e.count, "change")} below ${path(e.path)} ` : done[e.change]),
      ...where,
      ", outside all layers. ",
      ...(e.volume === null
        ? say`It ends with the run of ${n.container(e.container)}; the writable layer does not change.`
        : say`The writable layer of ${n.container(e.container)} does not change.`),
    ];
  },
  "volume.remove": (e) =>
    say`The volume ${code(e.volume)} is removed with the files in it: ${bytes(e.size)} are free again. No layer changes.`,
  "container.copy": (e, n) => {
    const [inside, host] = [path(place(e.path)), code(place(e.host))];
    const much = `${count(e.files, "file")}, ${bytes(e.size)}`;
    if (e.direction === "in") {
      return e.host === "-"
        ? say`A tar is unpacked into ${n.container(e.container)}, in ${inside}: ${much}.`
        : say`${host} of the host is copied into ${n.container(e.container)}, to ${inside}: ${much}.`;
    }
    return e.host === "-"
      ? say`${inside} is copied out of ${n.container(e.container)} as a tar: ${much}. The container stays as it was.`
      : say`${inside} is copied out of ${n.container(e.container)} to ${host} on the host: ${much}. The container stays as it was.`;
  },
  "container.export": (e, n) => {
    const seen = `${bytes(e.size)}, all layers merged. No history and no volume is in it.`;
    return e.file === "-"
      ? say`What ${n.container(e.container)} sees is written as one tar: ${seen}`
      : say`What ${n.container(e.container)} sees is written as one tar, ${code(e.file)}: ${seen}`;
  },
  "image.save": (e, n) => {
    const what = e.images === 1 ? n.image(e.image) : count(e.images, "image");
    const how = `${count(e.layers, "layer")} with their history, ${bytes(e.size)}. Every byte of a layer is as it was.`;
    return e.file === "-"
      ? say`${what} is written as one tar: ${how}`
      : say`${what} is written as one tar, ${code(e.file)}: ${how}`;
  },
  "image.import": (e, n) =>
    say`The tar becomes one layer (${bytes(e.size)}), and ${n.image(e.image)} an image of this layer alone.`,
  "build.from": (e, n) =>
    e.layer
      ? say`The build starts ${code(`FROM ${e.reference}`)}: ${n.container(e.container)} stands on its ${count(e.layers, "read-only layer")}. Every instruction that writes files adds one more.`
      : say`The build starts ${code("FROM scratch")}: ${n.container(e.container)} stands on nothing at all.`,
  "build.step": (e) => say`${instruction(e.instruction)} begins, with an empty writable layer of its own.`,
  "build.layer": (e, n) =>
    e.size === 0
      ? say`What ${instruction(e.instruction)} wrote is frozen into the layer ${n.layer(e.layer)}: names and times, no bytes of files.`
      : say`What ${instruction(e.instruction)} wrote is frozen into a new read-only layer (${bytes(e.size)}). The next instruction stands on it.`,
  "build.cached": (e) =>
    say`${instruction(e.instruction)} is in the build cache: the same instruction on the same layers was done before. Its layer (${bytes(e.size)}) is used again, and nothing runs.`,
  "build.config": (e) =>
    say`${instruction(e.instruction)} only changes how the image is described: a line in its history, and no layer.`,
  "build.failed": (e) =>
    say`${instruction(e.instruction)} has failed, and the build stops. What it wrote is thrown away; the layers before it stay in the build cache.`,
  "build.image": (e, n) =>
    say`The image ${n.image(e.image)} is complete: ${count(e.layers, "layer")} and their description, ${bytes(e.size)} in all. The container it was built in is gone.`,
  "container.commit": (e, n) => {
    const volumes = n.volumesOf(e.container);
    const left: Phrase[] =
      volumes.length === 0
        ? []
        : [
            volumes.length === 1 ? " The volume " : " The volumes ",
            ...joined(volumes, ", "),
            volumes.length === 1
              ? " stays where it is: what is in it is not in the image."
              : " stay where they are: what is in them is not in the image.",
          ];
    return e.layer
      ? [
          ...say`The writable layer of ${n.container(e.container)} is frozen into a new read-only layer (${bytes(e.size)}). With the layers below it is the image ${n.image(e.image)}.`,
          ...left,
        ]
      : [
          ...say`${n.container(e.container)} had changed nothing in its writable layer: the image ${n.image(e.image)} gets a line in its history, and no layer.`,
          ...left,
        ];
  },
};

/** English: the shape every other language has to fill. */
export const en = {
  tag: "en",
  captions,
  app: {
    title: "Lamina · container image layers, live",
    skip: "Skip to the terminal",
    what: "A playground for container image layers",
    opening: "Opening the host…",
    failed: "The host could not be opened",
    missing: "This part of the page did not come: no network?",
    again: "Try again",
    failedHelp: "Nothing was changed. You can open another host, or empty this one:",
    reload: "Reload the page",
    views: "View",
    stack: "Stack",
    host: "Host",
    boot: "Boot",
    viewKey: (key: number) => `Key ${key}`,
    lessons: "Lessons",
    share: "Share",
    language: "Language",
    theme: "Theme",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    motion: "Motion",
    motions: { system: "As the system", full: "Moving picture", still: "Still frames" },
    offline: "Works without a network",
    online: "Needs the network",
    settings: "Settings",
    where: "Where you are",
    close: "Close",
    cancel: "Cancel",
    more: "More",
    resetHost: "Start over with an empty host…",
    resetSure: "Delete all images, containers and files of this host? This cannot be undone.",
    resetYes: "Delete everything",
  },
  stack: {
    name: "The stack of layers",
    merged: "merged",
    mergedWhat: "what the container sees",
    mergedImage: "what a container would see",
    next: "the next container writes here",
    nextEmpty: "empty",
    writable: "writable layer",
    init: "init layer",
    /** In a sentence. */
    theInit: "the init layer",
    initWhat: "put there by dockerd",
    readOnly: "read-only",
    whiteout: "whiteout",
    lookup: { nothing: "not here", found: "found", whiteout: "stops here", opaque: "stops here" },
    copyUp: "copy-up",
    ghost: (name: string) => `${name}: deleted, hidden by a whiteout`,
    entries: (n: number) => count(n, "entry", "entries"),
    opaque: "opaque: hides all below",
    opaqueLid: "opaque",
    mergedFrom: (n: number) => `merged from ${n} layers`,
    foldedRows: (n: number) => `${count(n, "layer")} without entries here`,
    foldedColumns: (n: number, from: string) => `${n.toLocaleString("en")} more from ${from}`,
    more: (n: number) => `${n.toLocaleString("en")} more`,
    hiddenShort: "hidden",
    foldedHidden: (n: number) => `${n.toLocaleString("en")} more hidden`,
    showMore: "Show more entries",
    up: "Parent directory",
    open: (name: string) => `Open ${name}`,
    hidden: "hidden by a layer above",
    from: (layer: string) => `from ${layer}`,
    counts: { added: "added", changed: "changed", deleted: "deleted" },
    sizes: {
      atRest: "at rest, in this layer",
      seen: "of it, seen in the merged view",
      total: "merged view up to here",
      nothing: "no change yet",
      hidden: (size: string) => `${size} hidden`,
    },
    empty: "This directory is empty.",
    root: "root of the filesystem",
    loading: "downloading",
    downloading: "downloaded",
    waiting: "waiting",
    exists: "already here",
    extracted: "unpacked",
    outside: "outside the layers",
    volume: "volume",
    anonymous: "anonymous",
    inMemory: "in memory",
    tmpfs: "tmpfs",
    files: (n: number) => count(n, "file"),
    closed: "mounted read-only",
    staysBehind: "not in the image",
    mountPoint: "mount point",
    mountBelow: (path: string) => `mount point below: ${path}`,
    mountedAt: (path: string) => `mounted at ${path}`,
    /** At a mount point of the merged view. */
    mountNote: (volume: string | null, hides: number) =>
      `What is seen here is ${volume === null ? "in memory" : `the volume ${volume}`}, not the layers. ${hides === 0 ? "They have nothing here." : `${count(hides, "entry", "entries")} that they have here ${hides === 1 ? "is" : "are"} hidden.`}`,
    /** On what lies over the layers in an open mount point. */
    cover: (volume: string | null, hides: number) =>
      `${volume === null ? "memory" : `volume ${volume}`} lies over the layers here${hides === 0 ? "" : `: ${count(hides, "entry", "entries")} of theirs hidden`}`,
    emptyVolume: "Nothing is in it yet.",
    memoryContent: "What is in it is in memory: only the container sees it.",
    ofVolume: (volume: string | null) =>
      volume === null ? "in memory, in no layer" : `in volume ${volume}, in no layer`,
    underMount: "hidden by the mount",
  },
  hostView: {
    name: "All images and containers",
    registry: "Registry",
    pulling: (reference: string) => `docker pull ${reference}`,
    pulled: "Pull complete",
    pullingNow: (reference: string, here: number, of: number): Phrase[] =>
      of === 0
        ? say`The registry is asked what ${code(reference)} is made of.`
        : say`${code(reference)} comes layer by layer: ${here} of ${of} are here.`,
    idle: "Nothing is being pulled.",
    writable: "writable layers, one per container",
    readOnly: "read-only layers, each stored once",
    usedBy: (n: number) => (n === 1 ? "used by 1 image" : `used by ${n} images`),
    layers: (n: number) => count(n, "layer"),
    summary: (images: number, containers: number) => `${count(images, "image")} · ${count(containers, "container")}`,
    dangling: "<none>",
    running: "running",
    stopped: "stopped",
    buildCache: "build cache",
    buildCacheWhat: "Layers of builds that no image has: the next build may use them again",
    volumes: "volumes, outside the layers",
    unused: "unused",
    moreUnused: (n: number) => `${n} more unused`,
    mountedBy: (names: readonly string[]) =>
      names.length === 0 ? "used by no container" : `used by ${names.join(", ")}`,
  },
  sharing: {
    ledger: "Ledger",
    memory: "Memory (page cache)",
    mappedBy: (name: string, n: number): string => `${name}, by ${count(n, "container")}`,
    inMemory: "in memory",
    withoutSharing: "without sharing",
    memoryNote:
      "What running containers map. A file of a shared layer is in memory once, whoever runs it. Modelled: programs do not really run here; whole files are counted.",
    noneRuns: "No container is running.",
    more: (n: number): string => `${count(n, "more file", "more files")}`,
    ifYou: "If you",
    allGo: (n: number, freed: string): Phrase[] =>
      n === 1
        ? say`Its plate goes: ${freed}. Nobody else stands on it.`
        : say`All its ${n} plates go: ${freed}. Nobody else stands on them.`,
    someGo: (n: number, freed: string, stay: readonly Phrase[], others: number): Phrase[] => [
      ...(n === 1 ? say`Only its own plate goes: ${freed}. ` : say`Only its own ${n} plates go: ${freed}. `),
      ...joined(stay, ", "),
      stay.length === 0
        ? `${count(others, "plate")} ${others === 1 ? "stays: another stands on it." : "stay: others stand on them."}`
        : stay.length + others === 1
          ? " stays, others stand on it."
          : others > 0
            ? ` and ${count(others, "more plate")} stay, others stand on them.`
            : " stay, others stand on them.",
    ],
    noneGoes: "Only the image goes: others stand on all its plates.",
    nameGoes: "Only this name goes: the image has another one, and every plate stays.",
    refused: "Docker refuses:",
    goes: "goes",
    stays: "stays",
    from: (name: string): string => `on ${name}`,
    beside: "Other containers of this image, beside it",
    alsoOn: "Also on these layers:",
    nothingHere: "nothing changed here",
    below: (n: number): string => `+ ${n.toLocaleString("en")} from below`,
    notThere: "not there: deleted in this container",
    inMount: "a mount is in front here",
    moreBeside: (n: number): string => `${count(n, "more container")} beside`,
    sees: (name: string): string => `${name} sees`,
  },
  boot: {
    name: "How a machine boots, and why a container does not",
    steps: "The seven steps of this view",
    titles: {
      power: "Power on",
      load: "Kernel into memory",
      release: "bootfs let go",
      root: "rootfs mounted",
      container: "One writable layer",
      sizes: "No kernel inside",
      kernel: "One kernel for all",
    },
    captions: {
      power: (): Phrase[] =>
        say`The power comes on: the firmware finds ${code("bootfs")}, the boot file system, and all that is in it is a boot loader and a kernel.`,
      load: (size: string): Phrase[] =>
        say`The boot loader reads the kernel (${size}) out of ${code("bootfs")} into memory and starts it.`,
      release: (): Phrase[] =>
        say`The whole kernel is in memory now and runs by itself: ${code("bootfs")} has done its work, and is unmounted.`,
      root: (image: Phrase | null): Phrase[] =>
        image === null
          ? say`The kernel mounts ${code("rootfs")} read-only: ${path("/dev")}, ${path("/proc")}, ${path("/bin")}, ${path("/etc")} and the rest. A classical machine checks it, then remounts it read-write.`
          : say`The kernel mounts ${code("rootfs")} read-only; here it is that of ${image}, name by name. A classical machine checks it, then remounts it read-write.`,
      container: (image: Phrase | null, container: Phrase | null): Phrase[] =>
        image === null
          ? say`For a container ${code("rootfs")} stays read-only: a union mount lays one writable layer on top, and what is changed is first copied up into it (copy-on-write).`
          : say`For ${container ?? "a container"} the layers of ${image} stay read-only: a union mount lays one writable layer on top, and what is changed is first copied up into it (copy-on-write).`,
      sizes: (image: Phrase | null, size: string, machine: string): Phrase[] =>
        image === null
          ? say`An image needs no boot loader and no kernel, only a root file system; the disk of a virtual machine (${machine}) needs all of it.`
          : say`An image needs no boot loader and no kernel, only a root file system: ${image} has ${size}, the disk of a small virtual machine ${machine}.`,
      kernel: (answers: number, of: number, same: string | null): Phrase[] =>
        same !== null && answers === of
          ? say`${of} distributions, ${of} root file systems, one kernel: ${code("uname -r")} says ${code(same)} in all of them. Only the virtual machine has a kernel of its own.`
          : say`Three distributions are three root file systems over the one kernel of the host. Ask each of them: ${code("uname -r")}.`,
    },
    words: {
      bootfs: "boot file system",
      memory: "memory",
      root: "root file system",
      writable: "writable, one per container",
      readOnly: "read-only",
      merged: "seen from above",
    },
    bootfs: "bootfs",
    bootfsWhat: "on the disk",
    unmounted: "unmounted",
    loader: "boot loader",
    kernel: "kernel",
    kernelOnDisk: "kernel, a file",
    flow: "read into memory",
    memory: "Memory: no kernel is running",
    place: "Nothing is mounted at / yet",
    rootfs: "rootfs",
    rootfsOf: (image: string) => `the root file system of ${image}`,
    rootfsWhat: "the root file system of a Linux",
    remount: "a classical machine then:",
    moreEntries: (n: number) => `+${n} more`,
    sheets: (n: number) => count(n, "layer"),
    writable: "writable layer",
    writableOf: (name: string) => `of ${name}`,
    noContainer: (image: string) => `docker run makes one over ${image}`,
    noContainerHere: "docker run makes one",
    merged: "merged view",
    mergedWhat: "/ of the container",
    pull: "Nothing is pulled yet, so nothing real can be shown here.",
    pullButton: "Pull Ubuntu 22.04",
    machine: "virtual machine",
    machineWhat: "Debian 12, server",
    desktop: (size: string) => `with a desktop ${size}`,
    image: "image",
    layers: (n: number) => count(n, "layer"),
    disk: {
      base: "root file system",
      system: "standard system",
      kernel: "kernel and its modules",
      boot: "boot loader, initramfs, init",
    },
    times: (n: string) => `${n} of the machine`,
    others: (n: number) => `and ${count(n, "smaller image")}`,
    groupMachine: "Virtual machine",
    groupContainers: "Containers",
    hostKernel: "kernel of the host",
    hostKernelWhat: "in memory once, in no image",
    ownKernel: "a kernel of its own",
    machineRoot: "root file system",
    hypervisor: "hypervisor, virtual hardware",
    absent: "not here: docker run pulls it first",
    ask: "Ask",
    askOf: (reference: string) => `Ask ${reference}: uname -r`,
    asking: "asking…",
    answered: "answered",
    wouldSay: "would answer",
    modelled: "modelled",
    modelledNote: (sources: string) =>
      `modelled: no machine boots here; sizes are those of Debian 12 packages (${sources})`,
    changed: "changed in this step",
    previous: "Previous step of this view",
    next: "Next step of this view",
    play: "Play the seven steps",
    pause: "Pause",
    step: (step: number, of: number, title: string) => `Step ${step} of ${of}: ${title}`,
  },
  panel: {
    ledger: (images: string, stored: string, saved: string) =>
      `images together ${images} · really stored ${stored} · sharing saves ${saved}`,
    name: "Details",
    files: "Files",
    layers: "Layers",
    inspect: "Inspect",
    disk: "Disk",
    imagesTogether: "sum of image sizes",
    stored: "really stored",
    saved: "saved by sharing",
    writable: "writable layers",
    reclaimable: "reclaimable",
    volumes: "Volumes",
    inVolumes: "volumes",
    mounts: "Mounts",
    xray: "X-ray",
    nothing: "Nothing is selected. Click a file or a layer in the picture.",
    noFiles: "No image or container yet.",
    more: (n: number) => `${n.toLocaleString("en")} more entries`,
    marks: { A: "added", C: "changed", D: "deleted" },
    digest: "digest of the blob",
    diffId: "diffID",
    chainId: "chain ID",
    size: "size of its files",
    madeBy: "made by",
    usedBy: "used by",
    imageId: "image ID",
    containerId: "container ID",
    created: "created",
    author: "author",
    comment: "comment",
    status: "status",
    command: "command",
    image: "image",
    changes: "changes",
    modelled: "modelled",
    modelledWhat:
      "The names, modes, owners and sizes of this image are those of the real one; its binaries are filled with zeros, its texts are written for Lamina. Layers, digests and sizes are computed from the bytes that are really here.",
    mountPointOf: (name: string, volume: Phrase, hides: number): Phrase[] =>
      say`${path(name)} is a mount point: what is seen there is ${volume}, not the layers. ${hides === 0 ? "They have nothing there." : `${count(hides, "entry", "entries")} that they have there ${hides === 1 ? "is" : "are"} hidden.`}`,
    insideOf: (name: string, volume: Phrase): Phrase[] =>
      say`${path(name)} is in ${volume}, and in no layer: a commit leaves it behind.`,
    coveredOf: (name: string, volume: Phrase, layers: readonly Phrase[]): Phrase[] => [
      ...say`${path(name)} is not seen here: ${volume} is mounted over it. It is in `,
      ...joined(layers, ", "),
      ".",
    ],
    theVolume: (name: string) => `the volume ${name}`,
    memory: "memory (tmpfs)",
    writableOf: (name: string): string => `the writable layer of ${name}`,
  },
  timeline: {
    name: "Timeline",
    previous: "Previous step",
    next: "Next step",
    play: "Play",
    pause: "Pause",
    speed: "Speed",
    step: (step: number, of: number) => `step ${step} of ${of}`,
    stepShort: (step: number, of: number) => `${step} / ${of}`,
    now: "Back to now",
  },
  time: {
    previousCommand: "Previous command",
    nextCommand: "Next command",
    space: "Space",
    undo: (command: string) => `Undo: ${command}`,
    redo: (command: string) => `Redo: ${command}`,
    nothingToUndo: "Nothing to undo",
    nothingToRedo: "Nothing to redo",
    undone: (command: string) => `undone: ${command}`,
    redone: (command: string) => `done again: ${command}`,
    moved: (command: string | null) =>
      command === null ? "the host is as it was at the beginning" : `the host is as it was after: ${command}`,
    looking: (step: number, of: number) =>
      step === 0
        ? `You are looking at the beginning, before step 1 of ${of}`
        : `You are looking at step ${step} of ${of}`,
    onlyLooking: "You are looking at a past moment. The host does not change. Press End to come back to now.",
    goOn: "Go on from here",
    goOnHint:
      "Moves the host to the end of this command. What came after it is not lost: redo brings it back, and a new command begins another line.",
    lines: (lines: number) => count(lines, "other line"),
    linesTitle: "Other lines",
    lineOf: (commands: number, after: string | null, last: string) =>
      `${count(commands, "command")} after ${after === null ? "the beginning" : `“${after}”`}, up to “${last}”`,
    lost: {
      bytes: (command: string) =>
        `The host cannot go back across “${command}”: the bytes that came in there are not kept any more.`,
      differs: (command: string) =>
        `The host cannot go back across “${command}”: run again, it does not do what it did then. Is the network there?`,
    },
  },
  terminal: {
    name: "Terminals",
    host: "host",
    container: "container",
    of: (name: string) => `Terminal of ${name}`,
    hostTitle: "Terminal of the host",
    running: (name: string) => `container ${name} is running in its own terminal`,
    waiting: "this waits for the program in the other terminal to end",
    ended: "This session has ended.",
    dockerInside: "docker is a command of the host, not of this container.",
    runThere: "Run it on the host",
    leave: "Esc, then Tab: out of the terminal",
    printed: "Output of the last command",
    log: "Plain text",
    logOf: (name: string) => `Text of the terminal ${name}`,
    backToTerminal: "Back to the terminal",
    tooLarge: (size: string) => `That paste has ${size}; at most 256 kB are taken at once. Nothing was typed.`,
    loading: "Loading the terminal…",
    interrupted: "interrupted",
    resize: "Height of the terminals",
  },
  editor: {
    name: (file: string) => `Editor: ${file}`,
    loading: "Loading the editor…",
    written: (file: string, lines: number, size: number) => `"${file}" ${lines}L, ${size}B written`,
    opened: (file: string, lines: number, size: number) => `"${file}" ${lines}L, ${size}B`,
    fresh: (file: string) => `"${file}" [New]`,
    readOnly: "[readonly]",
    changed: "E37: No write since last change (add ! to override)",
    readOnlyWrite: "E45: 'readonly' option is set (add ! to override)",
    failed: (message: string) => `Error: ${message}`,
    nanoSave: "Write Out",
    nanoExit: "Exit",
    nanoCut: "Cut",
    nanoWrote: (lines: number) => `[ Wrote ${lines} lines ]`,
    nanoAsk: "Save modified buffer?  Y Yes  N No  ^C Cancel",
    vimHelp: "i to type, Esc to stop, :wq to save and leave, :q! to leave without saving",
  },
  start: {
    title: "This host is empty.",
    text: "Pull an image and watch its layers arrive.",
    caption: "Every step is told here, in one sentence.",
    pull: "Pull Ubuntu 22.04",
    others: "Other ways to begin",
    cards: {
      shared: { title: "Two images, one base", what: "redis and nginx: what both stand on is stored once" },
      small: { title: "A whole system in 8 MB", what: "a shell in Alpine Linux" },
      changes: { title: "Where do my changes go?", what: "make a file, delete one, and look" },
    },
    next: "Next",
    steps: {
      pull: "Pull Ubuntu 22.04",
      run: "Start a container",
      enter: "Open a shell in it",
      create: "Make a new file",
      vim: "Try vim (it is not there)",
      update: "Fetch the package lists",
      install: "Install vim",
      edit: "Write a file in vim",
      write: "Change a file of the image",
      remove: "Delete a file of the image",
      exit: "Leave the container",
      diff: "What changed?",
      commit: "Freeze it into an image",
      history: "Look at its history",
      again: "Is vim there now?",
      old: "And in the old image?",
      legal: "Is /etc/legal there?",
      keep: "Write into the volume",
      same: "Another container, same files?",
      behind: "Freeze it: the volume stays out",
      missing: "Are they in the image?",
    },
  },
  actions: {
    image: (name: string) => `Actions for image ${name}`,
    container: (name: string) => `Actions for container ${name}`,
    volume: (name: string) => `Actions for volume ${name}`,
    inspect: "Inspect",
    prune: "Remove unused volumes",
    run: "Run",
    history: "History",
    remove: "Remove",
    tag: "Tag…",
    shell: "Open a shell",
    diff: "Diff",
    commit: "Commit…",
    stop: "Stop",
    start: "Start",
    show: "Show its layers",
    tagTitle: (name: string) => `Another name for ${name}`,
    commitTitle: (name: string) => `Make an image of ${name}`,
    newName: "Name and tag",
    message: "Message (-m)",
    author: "Author (-a)",
    types: "This types:",
    type: "Type it",
  },
  share: {
    title: "Share this host",
    what: (commands: number) =>
      `The link holds the ${count(commands, "command")} typed here. Whoever opens it sees the same layers with the same digests. Nothing is uploaded: everything is in the part after the #.`,
    link: "Link",
    copy: "Copy",
    copied: "Copied",
    making: "Making the link…",
    failed: "The link could not be made",
  },
  scene: {
    banner: "You are looking at a scene from a link. Your own host is untouched.",
    keep: "Keep a copy",
    back: "Back to my host",
    broken: "This link cannot be opened",
    problems: {
      foreign: "It is not a link of Lamina's. Your own host is untouched.",
      newer: "It was made by a newer version of Lamina. Reload the page to get that version.",
      damaged: "It was cut or changed on its way. Ask for it again, or go on with your own host.",
      empty: "It holds no commands.",
      catalogue: "It was made with another version of the images: digests may differ from the sender's.",
    },
    damage: {
      cut: (read: number, of: number) =>
        `The link was cut off on its way: the first ${read.toLocaleString("en")} of ${count(of, "command")} are here. Ask for it again to see all.`,
      altered: (read: number, of: number) =>
        `The link was changed on its way: ${read.toLocaleString("en")} of ${count(of, "command")} could be read, and what they do may not be what was sent.`,
    },
    skipped: (lines: number) =>
      `${count(lines, "line")} could not be run and ${lines === 1 ? "was" : "were"} left out.`,
    drop: "Drop a scene's file or picture here to open it",
    replaying: (line: number, of: number) =>
      `Opening the scene: command ${line.toLocaleString("en")} of ${of.toLocaleString("en")}…`,
    keepTitle: "Keep a copy of this scene",
    keepText: "It becomes a host of your own under this name, kept in this browser.",
    keepName: "Name",
    keepProposal: "scene",
  },
  hosts: {
    name: "Host",
    own: "Hosts in this browser",
    first: "My host",
    scene: "Scene from a link",
    scenario: "A scenario’s host",
    another: "Another empty host…",
    anotherTitle: "Another host",
    anotherText: "It starts empty, beside the hosts you have. Each keeps its own images and containers.",
    openFile: "Open a scene's file…",
    proposal: "host",
    open: "Open",
    taken: "A host of that name is there already.",
  },
  insight: {
    open: "Explore…",
    title: "Explorer",
    views: { tree: "Files", dead: "Dead bytes", compare: "Compare" },
    stack: "Image or container",
    images: "Images",
    containers: "Containers",
    layer: "Layer",
    merged: "all layers merged",
    writable: "writable layer",
    loading: "Reading the layers…",
    failed: "This could not be read",
    gone: "It is not on this host any more, or the moment is from before the page was loaded.",
    none: "No image or container yet.",
    retry: "Try again",
    name: "Name",
    size: "Size",
    mark: "Change",
    from: "Layer",
    outside: "a mount",
    marks: { A: "added", C: "changed", D: "deleted" },
    allMarks: "all",
    find: "Name or pattern, *.so",
    minimum: "At least",
    anySize: "any size",
    sort: "Sort by size",
    closeAll: "Close all",
    openAll: "Open all",
    opaque: "opaque",
    mount: "mount",
    entries: (shown: number, all: number): string =>
      shown === all
        ? count(all, "entry", "entries")
        : `${shown.toLocaleString("en")} of ${count(all, "entry", "entries")}`,
    noMatch: "Nothing here has that name, mark and size.",
    emptyLayer: "This layer is empty.",
    emptyWritable: "The writable layer is empty: the container has changed nothing yet.",
    lift: "Without this layer",
    liftTold: (lost: number, bytesLost: string, older: number, back: number): string =>
      [
        lost > 0 ? `${count(lost, "file")} (${bytesLost}) would be gone` : "no file would be gone",
        ...(older > 0 ? [`${older.toLocaleString("en")} would show an older version`] : []),
        ...(back > 0 ? [`${back.toLocaleString("en")} would come back`] : []),
      ].join("; "),
    lifted: { A: "comes back", C: "older version", D: "gone" },
    as: "Show as",
    text: "Text",
    hex: "Hex",
    image: "Image",
    brokenImage: "The browser cannot show these bytes as an image.",
    copyPath: "Copy path",
    copied: "Copied",
    save: "Save file",
    cut: (shown: string, all: string): string => `The first ${shown} of ${all}.`,
    emptyFile: "This file is empty.",
    linkTo: (to: string): Phrase[] => say`A symbolic link to ${path(to)}.`,
    special: "A device or pipe: it has no bytes.",
    directory: "A directory.",
    whiteout: "A whiteout: it hides what has this name in the layers below.",
    same: (rows: number): string => `* ${rows.toLocaleString("en")} more lines like this`,
    kinds: {
      file: "the file",
      directory: "the directory",
      symlink: "the link",
      character: "the device",
      block: "the device",
      fifo: "the pipe",
      whiteout: "the whiteout",
    },
    suppliedBy: (name: string, layer: Phrase, made: string): Phrase[] => [
      ...say`${path(name)} comes from ${layer}`,
      ...(made ? [` (${made})`] : []),
    ],
    mergedOf: (name: string, n: number, layer: Phrase): Phrase[] =>
      say`${path(name)} is one directory merged from ${n} layers; its mode and owner come from ${layer}`,
    nothingBelow: "; nothing below has it.",
    hides: (hidden: readonly Phrase[][]): Phrase[] => [
      " and hides ",
      ...hidden.flatMap((one, i) => [i > 0 ? ", " : "", ...one]),
      ".",
    ],
    end: ".",
    hiddenOne: (kind: string, layer: Phrase, why: readonly Phrase[]): Phrase[] => [
      `${kind} of `,
      layer,
      ...(why.length > 0 ? [" (", ...why, ")"] : []),
    ],
    unseen: (kind: string, layer: Phrase, why: readonly Phrase[]): Phrase[] => [
      `Not seen: ${kind} of `,
      layer,
      ", ",
      ...why,
      ".",
    ],
    overwritten: (by: Phrase | null): Phrase[] => (by ? ["overwritten in ", by] : ["overwritten"]),
    metadata: (what: string): Phrase[] => [
      what ? `copied up for its ${what} only` : "copied up whole, and not changed",
    ],
    deletedAt: (at: string | null, by: Phrase): Phrase[] =>
      at ? say`${path(at)} was deleted in ${by}` : ["deleted in ", by],
    opaqueAt: (at: string, by: Phrase): Phrase[] => say`${path(at)} is opaque in ${by}`,
    replacedAt: (at: string | null, by: Phrase): Phrase[] =>
      at ? say`${path(at)} was replaced in ${by}` : ["replaced in ", by],
    aspects: {
      type: "type",
      content: "content",
      target: "target",
      device: "device number",
      mode: "mode",
      owner: "owner",
      time: "time",
    },
    and: (words: readonly string[]): string => words.join(" and "),
    ghostOf: (name: string, by: Phrase): Phrase[] =>
      say`${path(name)} does not exist here: a whiteout in ${by} hides it`,
    notSeen: (name: string): Phrase[] => say`${path(name)} does not exist here`,
    stillThere: (hidden: readonly Phrase[][]): Phrase[] => [
      "; still there, unseen: ",
      ...hidden.flatMap((one, i) => [i > 0 ? ", " : "", ...one]),
      ".",
    ],
    dead: "Dead bytes",
    deadWhat:
      "Bytes that are in a layer although no path leads to them any more. They are stored, pulled and pushed all the same.",
    deadTold: (dead: string, total: string, files: number): string =>
      `${dead} of ${total} are dead: ${count(files, "file")}.`,
    noneDead: "None: every byte in these layers can still be reached.",
    whole: "whole directory",
    deadFiles: (n: number): string => count(n, "file"),
    deadIn: (layer: Phrase, why: readonly Phrase[]): Phrase[] => ["in ", layer, ", ", ...why],
    between: ", ",
    reasons: {
      overwritten: (by: Phrase): Phrase[] => ["overwritten in ", by],
      metadata: (by: Phrase): Phrase[] => ["copied up for metadata only in ", by],
      deleted: (by: Phrase): Phrase[] => ["deleted in ", by],
      opaque: (by: Phrase): Phrase[] => ["hidden by an opaque directory in ", by],
      replaced: (by: Phrase): Phrase[] => ["replaced by another type in ", by],
    },
    moreFiles: (n: number): string => `${n.toLocaleString("en")} more`,
    before: "Before",
    after: "After",
    plates: "Layers",
    to: "to",
    lowest: "Lowest layer",
    highest: "Highest layer",
    plateAt: (place: number, name: string): string => `${place} · ${name}`,
    moment: "Moment",
    now: "now",
    afterCommand: (step: number, command: string): string => `${step} · ${command}`,
    swap: "Swap the two sides",
    equal: "The two are equal.",
    total: (mark: "A" | "C" | "D", files: number, size: string): string =>
      `${count(files, "file")} ${{ A: "added", C: "changed", D: "deleted" }[mark]}, ${size}`,
    result: "Differences",
    noText: "No text: only sizes and attributes can be compared.",
    tooLarge: "Too large to be compared as text (over 1 MB).",
    skippedLines: (n: number): string => `${count(n, "equal line")}`,
    textOf: (name: string): string => `Text of ${name}, before and after`,
    pickDifference: "Choose a file to see its text on both sides.",
    more: (n: number): string => `${n.toLocaleString("en")} more are not listed`,
  },
  transcript: {
    name: "The story as text",
    what: "Every command, and under it what it did: to follow on a real Docker, or to hand out.",
    copy: "Copy as Markdown",
    save: "Save as Markdown",
    file: "lamina.md",
    title: "Container image layers, step by step",
    follow:
      "Each command can be typed on a real Docker. `$` is the prompt of the host, `#` that of the shell in a container. Under a command stands what it did.",
    onHost: "On the host",
    inContainer: (name: string) => `In the container ${name}`,
    handedIn: (name: string) => `Handed in as a file, and not part of this text: ${name}`,
    edited: (file: string) => `In the editor, ${file} was saved with this text:`,
    modelled: "What is modelled",
    modelledImages: (names: readonly string[]) =>
      `${names.join(", ")}: names, modes, owners and sizes are those of the real images; binaries are filled with zeros, texts are written for Lamina. A real Docker shows other digests.`,
    modelledPrograms:
      "Programs in containers do not really run: what they do to files is simulated. Layers, copy-up, whiteouts, digests and sizes are computed from real bytes.",
  },
  outline: {
    name: "The picture in words",
    ofContainer: (name: string, image: string, at: string) => `Container ${name} of ${image}, directory ${at}`,
    ofImage: (name: string, at: string) => `Image ${name}, directory ${at}`,
    merged: (what: string, size: string, layers: number) =>
      `Merged view, ${what}: ${size} from ${count(layers, "layer")}`,
    layer: (place: number, of: number, words: string) => `Layer ${place} of ${of}: ${words}`,
    sizes: (atRest: string, seen: string | null, total: string) =>
      `${atRest} at rest${seen === null ? "" : ` (${seen} of it seen)`}, ${total} merged up to here`,
    kinds: {
      file: "file",
      directory: "directory",
      symlink: "link",
      character: "device",
      block: "device",
      fifo: "pipe",
    },
    /** Facts about one thing, one after the other. */
    facts: (facts: readonly string[]) => facts.join(", "),
    counted: {
      added: (n: string) => `${n} added`,
      changed: (n: string) => `${n} changed`,
      deleted: (n: string) => `${n} deleted`,
    },
    fresh: "new",
    ghost: (name: string, layer: string) => `${name}: deleted, hidden by a whiteout in ${layer}`,
    copiedUp: (from: string) => `copied up from ${from}`,
    hides: (from: string) => `hides that of ${from}`,
    mergedWith: (from: string) => `merged with that of ${from}`,
    hiddenBy: (layer: string, whiteout: boolean) => `hidden by ${whiteout ? "the whiteout in " : ""}${layer}`,
    images: "Images",
    names: (names: readonly string[]) => names.join(" = "),
    container: (name: string) => `container ${name}`,
    writable: (size: string) => `its writable layer has ${size}`,
    standsOn: (layer: string) => `stands on ${layer}`,
    usedBy: (images: readonly string[]) => `used by ${images.join(" and ")}`,
    more: (n: number) => `${n.toLocaleString("en")} more`,
  },
  storage: {
    memory: "Not kept",
    memoryWhat: (reason: string) => `This host lives in memory only and is lost when the page closes: ${reason}`,
  },
};

export type Dictionary = typeof en;
