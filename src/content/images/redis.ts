import { debian12Slim, slimRules } from "./debian.ts";
import type { ImageSource } from "./image.ts";

const built = "2026-09-19T00:38:19Z";

const image: ImageSource = {
  repository: "library/redis",
  tags: ["7", "7.4", "7-bookworm", "latest"],
  from: debian12Slim,
  steps: [
    {
      created: "2026-09-19T00:37:33Z",
      createdBy: "RUN /bin/sh -c set -eux; \tgroupadd -r -g 999 redis; \tuseradd -r -g redis -u 999 redis # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: {
        realSize: 1_101,
        accounts: ["group redis 999", "user redis 999 999 /home/redis /bin/sh"],
      },
    },
    {
      created: "2026-09-19T00:37:35Z",
      createdBy:
        "RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\ttzdata \t; \trm -rf /var/lib/apt/lists/* # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: { realSize: 874, folder: "redis", entries: "entries-apt.txt" },
    },
    {
      created: built,
      createdBy: "ENV REDIS_VERSION=7.4.11",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy: "ARG REDIS_DOWNLOAD_URL=https://github.com/redis/redis/archive/refs/tags/7.4.11.tar.gz",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy: "ARG REDIS_DOWNLOAD_SHA=e973da69febfea096ab94690b44bf976482788a1b5e070df373b4f27697d57d4",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy:
        'RUN |2 REDIS_DOWNLOAD_URL=https://github.com/redis/redis/archive/refs/tags/7.4.11.tar.gz REDIS_DOWNLOAD_SHA=e973da69febfea096ab94690b44bf976482788a1b5e070df373b4f27697d57d4 /bin/sh -c set -eux; \t\tsavedAptMark="$(apt-mark showmanual)"; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\twget \t\tdpkg-dev \t\tgcc \t\tlibc6-dev \t\tlibssl-dev \t\tmake \t; \t\trm -rf /var/lib/apt/lists/*; \t\twget -O redis.tar.gz "$REDIS_DOWNLOAD_URL"; \techo "$REDIS_DOWNLOAD_SHA *redis.tar.gz" | sha256sum -c -; \tmkdir -p /usr/src/redis; \ttar -xzf redis.tar.gz -C /usr/src/redis --strip-components=1; \trm redis.tar.gz; \t\tgrep -E \'^ *createBoolConfig[(]"protected-mode",.*, *1 *,.*[)],$\' /usr/src/redis/src/config.c; \tsed -ri \'s!^( *createBoolConfig[(]"protected-mode",.*, *)1( *,.*[)],)$!\\10\\2!\' /usr/src/redis/src/config.c; \tgrep -E \'^ *createBoolConfig[(]"protected-mode",.*, *0 *,.*[)],$\' /usr/src/redis/src/config.c; \t\tgnuArch="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)"; \textraJemallocConfigureFlags="--build=$gnuArch"; \tdpkgArch="$(dpkg --print-architecture)"; \tcase "${dpkgArch##*-}" in \t\tamd64 | i386 | x32) extraJemallocConfigureFlags="$extraJemallocConfigureFlags --with-lg-page=12" ;; \t\t*) extraJemallocConfigureFlags="$extraJemallocConfigureFlags --with-lg-page=16" ;; \tesac; \textraJemallocConfigureFlags="$extraJemallocConfigureFlags --with-lg-hugepage=21"; \tgrep -F \'cd jemalloc && ./configure \' /usr/src/redis/deps/Makefile; \tsed -ri \'s!cd jemalloc && ./configure !&\'"$extraJemallocConfigureFlags"\' !\' /usr/src/redis/deps/Makefile; \tgrep -F "cd jemalloc && ./configure $extraJemallocConfigureFlags " /usr/src/redis/deps/Makefile; \t\texport BUILD_TLS=yes; \tmake -C /usr/src/redis -j "$(nproc)" all; \tmake -C /usr/src/redis install; \t\trm -r /usr/src/redis; \t\tapt-mark auto \'.*\' > /dev/null; \t[ -z "$savedAptMark" ] || apt-mark manual $savedAptMark > /dev/null; \tfind /usr/local -type f -executable -exec ldd \'{}\' \';\' \t\t| awk \'/=>/ { so = $(NF-1); if (index(so, "/usr/local/") == 1) { next }; gsub("^/(usr/)?", "", so); printf "*%s\\n", so }\' \t\t| sort -u \t\t| xargs -r dpkg-query --search \t\t| cut -d: -f1 \t\t| sort -u \t\t| xargs -r apt-mark manual \t; \tapt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false; \t\tredis-cli --version; \tredis-server --version # buildkit',
      comment: "buildkit.dockerfile.v0",
      layer: {
        realSize: 15_352_934,
        folder: "redis",
        packages: { distro: "debian-12", manager: "dpkg", names: ["libssl3"], rules: slimRules },
      },
    },
    {
      created: built,
      createdBy:
        "RUN |2 REDIS_DOWNLOAD_URL=https://github.com/redis/redis/archive/refs/tags/7.4.11.tar.gz REDIS_DOWNLOAD_SHA=e973da69febfea096ab94690b44bf976482788a1b5e070df373b4f27697d57d4 /bin/sh -c mkdir /data && chown redis:redis /data # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: { realSize: 96, folder: "redis", entries: "entries-data.txt" },
    },
    {
      created: built,
      createdBy: "VOLUME [/data]",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy: "WORKDIR /data",
      comment: "buildkit.dockerfile.v0",
      layer: { realSize: 32 },
    },
    {
      created: built,
      createdBy: "COPY docker-entrypoint.sh /usr/local/bin/ # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: { realSize: 597, folder: "redis", entries: "entries-entrypoint.txt" },
    },
    {
      created: built,
      createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]',
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy: "EXPOSE map[6379/tcp:{}]",
      comment: "buildkit.dockerfile.v0",
    },
    {
      created: built,
      createdBy: 'CMD ["redis-server"]',
      comment: "buildkit.dockerfile.v0",
    },
  ],
  created: built,
  config: {
    ExposedPorts: { "6379/tcp": {} },
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "REDIS_VERSION=7.4.11"],
    Entrypoint: ["docker-entrypoint.sh"],
    Cmd: ["redis-server"],
    Volumes: { "/data": {} },
    WorkingDir: "/data",
  },
  realUnpackedSize: 112_910_000,
  source: "sha256:95acc00495ddacfec75111ba47021f903121a890311d49264c723b4423ac9601",
};

export default image;
