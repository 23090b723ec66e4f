import type { ImageSource } from "./image.ts";

const built = "2024-09-26T21:31:42Z";

/** The glibc variant: busybox linked against Debian 13's glibc, which it carries. */
const busybox: ImageSource = {
  repository: "library/busybox",
  tags: ["latest", "1.37.0", "1.37", "1", "stable", "glibc"],
  steps: [
    {
      created: built,
      createdBy: "BusyBox 1.37.0 (glibc), Debian 13",
      layer: { realSize: 2_211_514, folder: "busybox" },
    },
  ],
  created: built,
  config: { Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], Cmd: ["sh"] },
  realUnpackedSize: 4_420_000,
  source:
    "docker-library/repo-info, repos/busybox/{local,remote}/1.37.0-glibc.md; docker-library/busybox, latest-1/glibc",
};

export default busybox;
