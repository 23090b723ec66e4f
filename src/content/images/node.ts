import { alpine320 } from "./alpine.ts";
import type { ImageSource, Step } from "./image.ts";

const built = "2026-04-17T02:15:40Z";

function step(createdBy: string, layer?: Step["layer"]): Step {
  const made = { created: built, createdBy, comment: "buildkit.dockerfile.v0" };
  return layer === undefined ? made : { ...made, layer };
}

const folder = "node-20-alpine";

/** Commands of the history are abridged where "..." stands: downloads, checksums and the branch for other machines. */
const node20Alpine: ImageSource = {
  repository: "library/node",
  tags: ["20-alpine", "20-alpine3.20", "20.18.1-alpine3.20"],
  from: alpine320,
  steps: [
    step("ENV NODE_VERSION=20.18.1"),
    step(
      "RUN /bin/sh -c addgroup -g 1000 node     && adduser -u 1000 -G node -s /bin/sh -D node     " +
        "&& apk add --no-cache         libstdc++     && apk add --no-cache --virtual .build-deps         curl     " +
        "&& ... && apk del .build-deps   && node --version   && npm --version # buildkit",
      {
        realSize: 42_632_569,
        folder,
        entries: "node.txt",
        accounts: ["group node 1000", "user node 1000 1000 /home/node /bin/sh"],
        packages: {
          distro: "alpine-3.20",
          manager: "apk",
          names: ["libgcc", "libstdc++"],
          automatic: ["libgcc"],
        },
      },
    ),
    step("ENV YARN_VERSION=1.22.22"),
    step(
      "RUN /bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar   " +
        "&& ... && apk del .build-deps-yarn   && yarn --version   && rm -rf /tmp/* # buildkit",
      { realSize: 1_387_433, folder, entries: "yarn.txt" },
    ),
    step("COPY docker-entrypoint.sh /usr/local/bin/ # buildkit", { realSize: 447, folder, entries: "entrypoint.txt" }),
    step('ENTRYPOINT ["docker-entrypoint.sh"]'),
    step('CMD ["node"]'),
  ],
  created: built,
  config: {
    Env: [
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "NODE_VERSION=20.18.1",
      "YARN_VERSION=1.22.22",
    ],
    Entrypoint: ["docker-entrypoint.sh"],
    Cmd: ["node"],
    WorkingDir: "/",
  },
  realUnpackedSize: 134_000_000,
  source:
    "docker-library/repo-info, repos/node/{local,remote}/20-alpine3.20.md; npm 10.8.2, corepack 0.29.4, yarn 1.22.22",
};

export default node20Alpine;
