import { textContent } from "../core/filesystem/content.ts";
import { type Credentials, root } from "../core/filesystem/filesystem.ts";
import { FileTree } from "../core/filesystem/tree.ts";
import { emptyLower } from "../core/overlay/lower.ts";
import { OverlayFileSystem } from "../core/overlay/overlay.ts";
import { machine } from "./host-machine.ts";
import type { Transaction } from "./transaction.ts";
import { withFiles } from "./update.ts";

/** Who sits at the host's terminal. In the group docker, as one who may talk to dockerd. */
export const learner: Credentials = { uid: 1000, gid: 1000, groups: [27, 999], umask: 0o022 };
export const LEARNER = "learner";
export const HOME = `/home/${LEARNER}`;

const ACCOUNTS: Readonly<Record<string, string>> = {
  "/etc/passwd": `root:x:0:0:root:/root:/bin/bash\n${LEARNER}:x:1000:1000:,,,:${HOME}:/bin/bash\n`,
  "/etc/group": `root:x:0:\nsudo:x:27:${LEARNER}\ndocker:x:999:${LEARNER}\n${LEARNER}:x:1000:\n`,
  "/etc/hostname": `${machine.name}\n`,
};

/** A machine as it comes: a home for its user, and what tells the programs their names. `seconds`: since 1970. */
export function freshHostFiles(seconds: number): FileTree {
  const fs = new OverlayFileSystem(emptyLower, FileTree.fresh(seconds), { now: () => seconds });
  const open = { ...root, umask: 0 };
  for (const [path, mode] of [
    ["/dev", 0o755],
    ["/etc", 0o755],
    ["/home", 0o755],
    [HOME, 0o750],
    ["/root", 0o700],
    ["/tmp", 0o1777],
    ["/usr", 0o755],
    ["/usr/bin", 0o755],
  ] as const)
    fs.mkdir(path, mode, open);
  fs.symlink("usr/bin", "/bin", root);
  for (const [path, text] of Object.entries(ACCOUNTS)) {
    fs.write(path, textContent(text), { write: true, create: true }, 0o644, root);
  }
  fs.chown(HOME, learner.uid, learner.gid, root);
  fs.utimes(HOME, seconds, root);
  return fs.upper;
}

/** The host's files, for a look or to be changed; what became of them is its `upper`. `now`: ms since 1970. */
export function hostFileSystem(files: FileTree, now: () => number): OverlayFileSystem {
  return new OverlayFileSystem(emptyLower, files, { now: () => now() / 1000 });
}

/** Lets `change` work on the host's files. When it throws, what had been done stays, as on a real filesystem. */
export function changeHostFiles<T>(tx: Transaction, now: number, change: (fs: OverlayFileSystem) => T): T {
  const fs = hostFileSystem(tx.state.files, () => now);
  try {
    return change(fs);
  } finally {
    if (fs.upper !== tx.state.files) tx.update(withFiles(tx.state, fs.upper));
  }
}
