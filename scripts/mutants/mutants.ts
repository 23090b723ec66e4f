/** One rule broken on purpose: `find` stands exactly once in `file`; with `replace` for it the tests must fail. */
export interface Mutant {
  readonly rule: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

type Broken = readonly [rule: string, find: string, replace: string];

const broken: Readonly<Record<string, readonly Broken[]>> = {
  "src/core/overlay/dentry.ts": [
    ["an opaque directory of the upper side is ignored", "&& !node.opaque && below?.node", "&& below?.node"],
    [
      "a whiteout of the upper side is ignored",
      "lower: null, whiteout: true, node: null }",
      "lower: below ?? null, whiteout: true, node: below?.node ?? null }",
    ],
    [
      "a whiteout is left where the layers have nothing",
      "return below?.children.get(dentry.name);",
      "return below?.children.get(dentry.name) ?? below ?? undefined;",
    ],
    [
      "two names of a lower inode are one to rename",
      "return pathOf(a) === pathOf(b);",
      "return a.lower?.tree === b.lower?.tree && a.lower?.ino === b.lower?.ino;",
    ],
    ["readdir lists whiteouts", 'if (kind !== "whiteout") listed', 'if (kind !== "whiteout" || lower) listed'],
    [
      "a directory with nothing but whiteouts cannot be removed",
      'if (tree.node(ino).kind !== "whiteout") return false;',
      "return false;",
    ],
    [
      "a merged directory has the link count of its top",
      'node.kind === "directory" && merged ? 1 : node.nlink',
      "node.nlink",
    ],
  ],
  "src/core/overlay/lower.ts": [
    ["an opaque directory of a layer is ignored", " && !upper.node.opaque", ""],
    ["a whiteout of a layer is ignored", "map.delete(name);", ""],
    [
      "a merged directory has the attributes of its bottom",
      "return new LowerNode(layer, tree, ino, node, below.layers + 1, united);",
      "return new LowerNode(layer, tree, ino, below.node, below.layers + 1, united);",
    ],
  ],
  "src/core/overlay/walk.ts": [
    ["41 links are followed", "MAXSYMLINKS = 40", "MAXSYMLINKS = 41"],
    ["a name may have 256 bytes", "NAME_MAX = 255", "NAME_MAX = 256"],
    ["a path may have 4096 bytes", "PATH_MAX = 4096", "PATH_MAX = 4097"],
    ["directories need no search permission", "if (!permits(directory.node, this.who, EXECUTE))", "if (false)"],
    [
      "a slash after a file is ignored",
      'if (last.slash && isFound(found) && found.node.kind !== "directory") throw this.error("ENOTDIR");',
      "",
    ],
  ],
  "src/core/overlay/upper.ts": [
    ["unlink forgets the whiteout", "if (below) this.hide(parent.upper, victim, below);", "if (below) void below;"],
    [
      "a hard link is kept over a copy-up",
      "this.watch.copiedUp(path, ino);",
      `this.watch.copiedUp(path, ino);
      for (const [name, other] of parent.lower?.children ?? []) {
        const same = other.tree === lower.tree && other.ino === lower.ino;
        if (same && this.tree.child(parent.upper, name) === undefined) this.tree = this.tree.bind(parent.upper, name, ino);
      }`,
    ],
    ["a directory made over a whiteout is not opaque", 'created.kind === "directory" && place.whiteout', "false"],
    [
      "a copy-up changes the file's time",
      'if (attributes.kind === "file" && !data) return',
      'if (attributes.kind === "file") return { ...attributes, ...origin, mtime: attributes.mtime + 1 };\n  if (attributes.kind === "file" && !data) return',
    ],
    [
      "a copy-up changes its directory's time",
      "this.watch.copiedUp(path, ino);",
      "this.watch.copiedUp(path, ino);\n    this.touch(parent.upper);",
    ],
    [
      "a new entry does not change its directory's time",
      "this.tree = this.tree.change(directory, { mtime: this.now() });",
      "",
    ],
    ["O_TRUNC copies the data up first", 'const data = cause !== "truncate";', "const data = true;"],
    ["an open file of a layer shows old data after its copy-up", "this.watch.copiedUp(path, ino);", ""],
    [
      "a nameless file of a layer can be copied up",
      'if (node.kind === "file" || !lower || there === undefined)',
      "if (!lower || there === undefined)",
    ],
    [
      "a copied-up directory brings an opaque mark",
      "return { ...directory, ...origin, opaque: false };",
      "return { ...directory, ...origin };",
    ],
  ],
  "src/core/overlay/overlay.ts": [
    ["set-user-id outlives chown", "mode &= ~permission.SET_UID;", ""],
    [
      "chown to the same owner copies nothing up",
      'this.#upper.changeAttributes(found, "owner", change);',
      'if (uid !== -1 || gid !== -1) this.#upper.changeAttributes(found, "owner", change);',
    ],
    ["a process can make a whiteout", "(isWhiteout || !permission.isRoot(who))", "(!permission.isRoot(who))"],
    ["link follows a symbolic link", "const source = from.find(false);", "const source = from.find(true);"],
  ],
  "src/core/overlay/open.ts": [
    ["O_EXCL opens what exists", 'if (flags.create && flags.exclusive) throw walk.error("EEXIST");', ""],
    [
      "O_CREAT does not follow a dangling link",
      "const follows = !flags.noFollow && !flags.exclusive;",
      "const follows = false;",
    ],
    [
      "opening for writing copies nothing up",
      'const copied = upper.copyUp(found, flags.truncate ? "truncate" : "write");',
      'const copied = flags.truncate ? upper.copyUp(found, "truncate") : found;',
    ],
    ["a device without a driver can be opened", "const unserved = isDevice(node) && ", "const unserved = false && "],
    ["a fifo that nobody reads can be opened for writing", "if (unserved || unread)", "if (unserved)"],
  ],
  "src/core/overlay/open-file.ts": [
    ["an open file counts the names it has lost", "object.orphan = { ...node, nlink: 0 };", "object.orphan = node;"],
    ["O_APPEND writes at the file position", "this.flags.append ? node.content.size : this.position", "this.position"],
  ],
  "src/core/overlay/rename.ts": [
    [
      "ENOTEMPTY comes before EXDEV",
      "function replace(source: Found, target: Dentry, upper: Upper): void {",
      `function replace(source: Found, target: Dentry, upper: Upper): void {
  if (isFound(target) && isDirectory(target) && !isEmpty(target, upper.tree)) throw new FileSystemError("ENOTEMPTY", pathOf(target));`,
    ],
    ["rename forgets the whiteout", "if (below) upper.hide(from, source, below);", ""],
    ["a directory moved among merged names is not opaque", "upper.makeOpaque(directory);", ""],
    ["exchange moves the second of two directories into the open", "isolate(two, oneParent, upper);", ""],
    ["exchange moves a directory of the layers", "mustMove(target, source, upper);", ""],
    ["a directory can be moved into itself", 'if (within(newLast, source)) throw from.error("EINVAL");', ""],
  ],
  "src/core/overlay/permission.ts": [
    ["the sticky bit is ignored", "if (sticky && ", "if (false && sticky && "],
    ["protected_hardlinks is ignored", "if (isRoot(who) || node.uid === who.uid) return;", "return;"],
    ["set-user-id outlives a write", "return node.mode & ~SET_UID &", "return node.mode &"],
    ["umask is ignored", "mode & ~who.umask & (", "mode & ("],
    ["set-group-id directories do not hand their group on", "inherits ? directory.node.gid : who.gid", "who.gid"],
    ["the owner is asked as the others are", "node.uid === who.uid ? 6 : inGroup", "inGroup"],
    [
      "root executes what nobody may",
      'return (want & EXECUTE) === 0 || node.kind === "directory" || (node.mode & 0o111) !== 0;',
      "return true;",
    ],
  ],
  "src/core/overlay/merged-size.ts": [
    [
      "each name of an inode counts its bytes",
      "if (node.nlink > 1) sum.linked.set(part.ino, { size, names: 1 });\n    else sum.bytes",
      "sum.bytes",
    ],
  ],
  "src/core/container/diff.ts": [
    [
      "diff lists what was copied up unchanged",
      "old ? statDiffers(old.node, node) : strays.has(name)",
      "old ? true : strays.has(name)",
    ],
    [
      "diff lists the content of a deleted directory",
      "if (old) gone.add(name);",
      "if (old) gone.add(name);\n      for (const inner of old?.children.keys() ?? []) gone.add(`${name}/${inner}`);",
    ],
    ["diff leaves the directories above a change out", 'changes.splice(start, 0, ["C", path]);', "void 0;"],
    ["diff compares the times of directories", 'if (old.kind === "directory") return false;', ""],
    ["diff does not look below an opaque directory", "if (before && !merges) for", "if (false) for"],
  ],
  "src/core/filesystem/changeset.ts": [
    ["a layer's tar has no opaque markers", "      if (node.opaque) {", "      if (false) {"],
    [
      "a hard link is a second file in the tar",
      'if (node.kind !== "directory" && node.nlink > 1) first.set(ino, path);',
      "",
    ],
    [
      "whiteouts stand before all else in the tar",
      'entries.push({ ...common, mode: 0o600, kind: "whiteout" });',
      'entries.unshift({ ...common, mode: 0o600, kind: "whiteout" });',
    ],
    [
      "a whiteout hides what its own layer has",
      "if (!node) draft.insert(parent, name, drafted(entry));",
      "draft.insert(parent, name, drafted(entry));\n      if (!node) return;",
    ],
  ],
  "src/core/filesystem/name.ts": [
    [
      "the length of a name is counted in letters",
      "return isAscii(name) ? name.length : encodeName(name).length;",
      "return name.length;",
    ],
  ],
  "src/core/tar/write.ts": [
    [
      "the prefix of a whiteout stands before its whole path",
      "`${path.slice(0, slash)}.wh.${path.slice(slash)}`",
      "`.wh.${path}`",
    ],
  ],
};

export const mutants: readonly Mutant[] = Object.entries(broken).flatMap(([file, rules]) =>
  rules.map(([rule, find, replace]) => ({ rule, file, find, replace })),
);
