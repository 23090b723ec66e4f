import type { ImageSource } from "./image.ts";

const built = "2026-04-16T23:53:26.803599608Z";

export const alpine320: ImageSource = {
  repository: "library/alpine",
  tags: ["3.20", "3.20.10", "latest"],
  steps: [
    {
      created: built,
      createdBy: "ADD alpine-minirootfs-3.20.10-x86_64.tar.gz / # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: {
        realSize: 3_628_912,
        date: "2026-04-15T04:51:26Z",
        folder: "alpine-3.20",
        packages: {
          distro: "alpine-3.20",
          manager: "apk",
          names: [
            "alpine-baselayout-data",
            "musl",
            "busybox",
            "busybox-binsh",
            "alpine-baselayout",
            "alpine-keys",
            "ca-certificates-bundle",
            "libcrypto3",
            "libssl3",
            "ssl_client",
            "zlib",
            "apk-tools",
            "scanelf",
            "musl-utils",
          ],
        },
      },
    },
    {
      created: built,
      createdBy: 'CMD ["/bin/sh"]',
      comment: "buildkit.dockerfile.v0",
    },
  ],
  created: built,
  config: {
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    Cmd: ["/bin/sh"],
    WorkingDir: "/",
  },
  realUnpackedSize: 7_810_000,
  source: "docker-library/repo-info, repos/alpine/local/3.20.10.md and repos/alpine/remote/3.20.md",
};

export default alpine320;
