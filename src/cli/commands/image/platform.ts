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
