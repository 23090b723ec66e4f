import { EngineError } from "../../engine/error.ts";
import { machine } from "../../engine/host-machine.ts";
import type { MountRequest } from "../../engine/operations/mounts.ts";

type TmpfsRequest = Extract<MountRequest, { type: "tmpfs" }>;

/** Options of mount(8) that a tmpfs may have without a value. (moby/sys/mount, flags_unix.go) */
const FLAGS =
  "defaults rw ro suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime nodiratime bind rbind private rprivate shared rshared slave rslave unbindable runbindable relatime norelatime strictatime nostrictatime".split(
    " ",
  );
/** Those with one. (moby/sys/mount, `validFlags`) */
const VALUES = ["size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"];

/** "/run:size=64m,mode=1777". Throws {@link EngineError}. */
export function parseTmpfs(spec: string): TmpfsRequest {
  const [target = "", ...rest] = spec.split(":");
  const options = rest.join(":");
  const given = options === "" ? [] : options.split(",");
  const values = new Map<string, string>();
  for (const option of given) {
    const [name = "", ...value] = option.split("=");
    if (FLAGS.includes(option)) continue;
    if (value.length === 0 || !VALUES.includes(name))
      throw new EngineError("bad-mount", { message: `invalid tmpfs option ${JSON.stringify(name)}` });
    values.set(name, value.join("="));
  }
  const size = values.has("size") ? kernelSize(values.get("size") ?? "") : null;
  const mode = values.has("mode") ? kernelMode(values.get("mode") ?? "") : null;
  if (Number.isNaN(size) || Number.isNaN(mode)) throw refusedByKernel(target, [...values]);
  return {
    type: "tmpfs",
    target,
    readOnly: given.findLast((option) => ["rw", "ro"].includes(option)) === "ro",
    size,
    mode,
    asked: "--tmpfs",
    options,
  };
}

/** "64m", or a part of the memory: "50%". NaN: neither. (mm/shmem.c `shmem_parse_one`, lib/cmdline.c `memparse`) */
function kernelSize(text: string): number {
  const [, digits = "", unit = ""] = /^(0x[0-9a-f]+|\d+)([kmgtpe%]?)$/i.exec(text) ?? [];
  if (digits === "") return Number.NaN;
  if (unit === "%") return Math.trunc((machine.memory * Number(digits)) / 100);
  return Number(digits) * 1024 ** ("kmgtpe".indexOf(unit.toLowerCase()) + (unit === "" ? 0 : 1));
}

function kernelMode(text: string): number {
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) & 0o7777 : Number.NaN;
}

function refusedByKernel(target: string, values: readonly (readonly [string, string])[]): EngineError {
  const data = values.map(([name, value]) => `${name}=${value}`).join(",");
  const flags = "MS_NOSUID|MS_NODEV|MS_NOEXEC";
  return new EngineError("bad-mount", {
    message: `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "tmpfs" to rootfs at "${target}": mount src=tmpfs, dst=${target}, dstFd=/proc/thread-self/fd/11, flags=${flags}, data=${data}: invalid argument`,
  });
}
