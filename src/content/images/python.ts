import { debian12Slim, slimRules } from "./debian.ts";
import type { ImageSource } from "./image.ts";

const built = "2026-08-25T01:21:02Z";

const image: ImageSource = {
  repository: "library/python",
  tags: ["3.12-slim", "3.12-slim-bookworm", "slim"],
  from: debian12Slim,
  steps: [
    {
      created: "2026-08-25T01:11:46Z",
      createdBy: "ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: "2026-08-25T01:11:46Z",
      createdBy: "ENV LANG=C.UTF-8",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: "2026-08-25T01:11:46Z",
      createdBy:
        "RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\tnetbase \t\ttzdata \t; \trm -rf /var/lib/apt/lists/* # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: {
        realSize: 3_533_361,
        folder: "python-3.12-slim",
        entries: "entries-apt.txt",
        packages: {
          distro: "debian-12",
          manager: "dpkg",
          names: ["netbase", "libssl3", "openssl", "ca-certificates"],
          automatic: ["libssl3", "openssl"],
          rules: slimRules,
        },
      },
    },
    {
      created: "2026-08-25T01:11:46Z",
      createdBy: "ENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: "2026-08-25T01:11:46Z",
      createdBy: "ENV PYTHON_VERSION=3.12.14",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: "2026-08-25T01:11:46Z",
      createdBy: "ENV PYTHON_SHA256=5c8462af5790baf43a321a1559dbe0db06d1be4300fb85fb53c40060668e548a",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy:
        'RUN /bin/sh -c set -eux; \t\tsavedAptMark="$(apt-mark showmanual)"; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tdpkg-dev \t\tgcc \t\tgnupg \t\tlibbluetooth-dev \t\tlibbz2-dev \t\tlibc6-dev \t\tlibdb-dev \t\tlibffi-dev \t\tlibgdbm-dev \t\tliblzma-dev \t\tlibncursesw5-dev \t\tlibreadline-dev \t\tlibsqlite3-dev \t\tlibssl-dev \t\tmake \t\ttk-dev \t\tuuid-dev \t\twget \t\txz-utils \t\tzlib1g-dev \t; \t\twget -O python.tar.xz "https://www.python.org/ftp/python/${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; \techo "$PYTHON_SHA256 *python.tar.xz" | sha256sum -c -; \twget -O python.tar.xz.asc "https://www.python.org/ftp/python/${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz.asc"; \tGNUPGHOME="$(mktemp -d)"; export GNUPGHOME; \tgpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$GPG_KEY"; \tgpg --batch --verify python.tar.xz.asc python.tar.xz; \tgpgconf --kill all; \trm -rf "$GNUPGHOME" python.tar.xz.asc; \tmkdir -p /usr/src/python; \ttar --extract --directory /usr/src/python --strip-components=1 --file python.tar.xz; \trm python.tar.xz; \t\tcd /usr/src/python; \tgnuArch="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)"; \t./configure \t\t--build="$gnuArch" \t\t--enable-loadable-sqlite-extensions \t\t--enable-optimizations \t\t--enable-option-checking=fatal \t\t--enable-shared \t\t$(test "${gnuArch%%-*}" != \'riscv64\' && echo \'--with-lto\') \t\t--with-ensurepip \t; \tnproc="$(nproc)"; \tEXTRA_CFLAGS="$(dpkg-buildflags --get CFLAGS)"; \tLDFLAGS="$(dpkg-buildflags --get LDFLAGS)"; \tLDFLAGS="${LDFLAGS:-} -Wl,--strip-all"; \tarch="$(dpkg --print-architecture)"; arch="${arch##*-}"; \tcase "$arch" in \t\tamd64|arm64) \t\t\tEXTRA_CFLAGS="${EXTRA_CFLAGS:-} -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer"; \t\t\t;; \t\ti386) \t\t\t;; \t\t*) \t\t\tEXTRA_CFLAGS="${EXTRA_CFLAGS:-} -fno-omit-frame-pointer"; \t\t\t;; \tesac; \tmake -j "$nproc" \t\t"EXTRA_CFLAGS=${EXTRA_CFLAGS:-}" \t\t"LDFLAGS=${LDFLAGS:-}" \t; \trm python; \tmake -j "$nproc" \t\t"EXTRA_CFLAGS=${EXTRA_CFLAGS:-}" \t\t"LDFLAGS=${LDFLAGS:-} -Wl,-rpath=\'\\$\\$ORIGIN/../lib\'" \t\tpython \t; \tmake install; \t\tcd /; \trm -rf /usr/src/python; \t\tfind /usr/local -depth \t\t\\( \t\t\t\\( -type d -a \\( -name test -o -name tests -o -name idle_test \\) \\) \t\t\t-o \\( -type f -a \\( -name \'*.pyc\' -o -name \'*.pyo\' -o -name \'libpython*.a\' \\) \\) \t\t\\) -exec rm -rf \'{}\' + \t; \t\tldconfig; \t\tapt-mark auto \'.*\' > /dev/null; \tapt-mark manual $savedAptMark; \tfind /usr/local -type f -executable -not \\( -name \'*tkinter*\' \\) -exec ldd \'{}\' \';\' \t\t| awk \'/=>/ { so = $(NF-1); if (index(so, "/usr/local/") == 1) { next }; gsub("^/(usr/)?", "", so); printf "*%s\\n", so }\' \t\t| sort -u \t\t| xargs -rt dpkg-query --search \t\t| awk \'sub(":$", "", $1) { print $1 }\' \t\t| sort -u \t\t| xargs -r apt-mark manual \t; \tapt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false; \trm -rf /var/lib/apt/lists/*; \t\texport PYTHONDONTWRITEBYTECODE=1; \tpython3 --version; \tpip3 --version # buildkit',
      comment: "buildkit.dockerfile.v0",
      layer: {
        realSize: 13_671_299,
        folder: "python-3.12-slim",
        packages: {
          distro: "debian-12",
          manager: "dpkg",
          names: ["readline-common", "libbluetooth3", "libgdbm6", "libncursesw6", "libreadline8", "libsqlite3-0"],
          automatic: ["readline-common"],
          rules: slimRules,
        },
      },
    },
    {
      created: built,
      createdBy:
        'RUN /bin/sh -c set -eux; \tfor src in idle3 pip3 pydoc3 python3 python3-config; do \t\tdst="$(echo "$src" | tr -d 3)"; \t\t[ -s "/usr/local/bin/$src" ]; \t\t[ ! -e "/usr/local/bin/$dst" ]; \t\tln -svT "$src" "/usr/local/bin/$dst"; \tdone # buildkit',
      comment: "buildkit.dockerfile.v0",
      layer: { realSize: 250, folder: "python-3.12-slim", entries: "entries-links.txt" },
    },
    {
      created: built,
      createdBy: 'CMD ["python3"]',
      comment: "buildkit.dockerfile.v0",
    },
  ],
  created: built,
  config: {
    Env: [
      "PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "LANG=C.UTF-8",
      "GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305",
      "PYTHON_VERSION=3.12.14",
      "PYTHON_SHA256=5c8462af5790baf43a321a1559dbe0db06d1be4300fb85fb53c40060668e548a",
    ],
    Cmd: ["python3"],
  },
  realUnpackedSize: 124_300_000,
  source: "sha256:4427763a1ba36f5aa8f656a03e5d00f3b8d61f5dd950c73df6c14f8c7640f8ab",
};

export default image;
