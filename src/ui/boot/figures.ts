/**
 * What is modelled: the machine that boots and the virtual machine beside the containers. Nothing of it runs
 * here, so each figure is that of a real package of Debian 12 (bookworm, amd64), and says which.
 */
export interface Figure {
  /** Bytes. */
  readonly size: number;
  /** Package and version, or the set of packages. */
  readonly source: string;
}

const KERNEL_PACKAGE = "linux-image-6.1.0-56-amd64 6.1.192-2";

/** The compressed kernel alone: ./boot/vmlinuz-6.1.0-56-amd64 as `dpkg-deb -c` lists it. */
export const kernelFile: Figure = { size: 8_247_232, source: `vmlinuz, ${KERNEL_PACKAGE}` };

/** GRUB's images and modules for a PC: sum of the files of the package. */
export const bootLoader: Figure = { size: 3_028_334, source: "grub-pc-bin 2.06-13+deb12u2" };

/** What `uname -r` says in a machine that boots this package's kernel. */
export const machineRelease = "6.1.0-56-amd64";

/**
 * The disk of a virtual machine, part by part. Sizes as apt counts them ("After this operation, ... of
 * additional disk space will be used") when the sets are installed into nothing:
 * `apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install ...`.
 */
export const machineDisk: readonly (Figure & { readonly name: "base" | "system" | "kernel" | "boot" })[] = [
  { name: "base", size: 169_000_000, source: "apt + Priority: required" },
  { name: "system", size: 212_000_000, source: "Priority: important, standard" },
  // Installed-Size: 400652 (KiB), of which 397 MB are modules.
  { name: "kernel", size: 410_267_648, source: KERNEL_PACKAGE },
  { name: "boot", size: 26_732_352, source: "grub-pc 2.06-13+deb12u2, initramfs-tools 0.142+deb12u3, systemd-sysv" },
];

/** All of that: apt says 818 MB. */
export const machineSize = machineDisk.reduce((sum, part) => sum + part.size, 0);

/** The same with task-gnome-desktop and what it recommends: 4292 MB, says apt. */
export const desktopSize: Figure = { size: 4_292_000_000, source: "task-gnome-desktop" };
