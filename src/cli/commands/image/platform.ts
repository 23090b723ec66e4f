import { CommandError } from "../../verb.ts";

/** Refuses a `--platform` other than the simulated host's, in the daemon's words. `reference`: familiar, with its tag. */
export function checkPlatform(platform: string | undefined, reference: string): void {
  if (platform === undefined || platform === "") return;
  const [os = "", architecture = "amd64", variant] = platform.split("/");
  const known = { x86_64: "amd64", aarch64: "arm64" }[architecture] ?? architecture;
  if (os === "linux" && known === "amd64" && variant === undefined) return;
  const wanted = [os, known, ...(variant === undefined ? [] : [variant])].join("/");
  throw new CommandError(
    `Error response from daemon: image with reference ${reference} was found but does not provide the specified platform (${wanted})`,
  );
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: "amd64", "x86-64": "amd64", aarch64: "arm64" };
const KNOWN = new Set("386 amd64 arm arm64 loong64 mips64le ppc64le riscv64 s390x".split(" "));

/** "linux/arm64", or one half of it; "" is the host's own. Refuses in the daemon's words. (containerd/platforms, Parse) */
export function parsePlatform(text: string): { os: string; architecture: string; variant?: string } {
  if (text === "") return { os: "linux", architecture: "amd64" };
  const [first = "", second, variant] = text.toLowerCase().split("/");
  const alone = ARCHITECTURES[first] ?? first;
  const [os, architecture] =
    second !== undefined
      ? [first, ARCHITECTURES[second] ?? second]
      : KNOWN.has(alone)
        ? ["linux", alone]
        : [first, "amd64"];
  if (os !== "linux") {
    throw new CommandError(
      `Error response from daemon: "${text}": unknown operating system or architecture: invalid argument`,
    );
  }
  const common = architecture === "arm" ? "v7" : undefined;
  const kept = architecture === "arm64" && variant === "v8" ? undefined : (variant ?? common);
  return { os, architecture, ...(kept ? { variant: kept } : {}) };
}
