import { expect, test } from "vitest";
import { shortInstruction } from "./instruction.ts";

test.each([
  ["debian.sh --arch 'amd64' out/ 'bookworm' '@1785715200'", "debian.sh bookworm"],
  ["RUN set -eux; \tgroupadd -r -g 999 redis; \tuseradd -r -g redis -u 999 redis", "RUN groupadd redis …"],
  [
    "RUN set -eux; apt-get update; apt-get install -y --no-install-recommends tzdata ; rm -rf /x",
    "RUN apt-get install tzdata …",
  ],
  [
    'RUN savedAptMark="$(apt-mark showmanual)"; apt-get update; apt-get install -y gcc make',
    "RUN apt-get install gcc …",
  ],
  ["RUN apk add vim", "RUN apk add vim"],
  ["RUN mkdir /data && chown redis:redis /data", "RUN mkdir /data …"],
  ["COPY docker-entrypoint.sh /usr/local/bin/", "COPY docker-entrypoint.sh"],
  ["COPY --from=build /out /app", "COPY /out"],
  ["ADD file:4501ff54ffd37 in /", "ADD file:4501ff5 in /"],
  ["ADD alpine-minirootfs-3.20.10-x86_64.tar.gz /", "ADD alpine-minirootfs-3.20.10-x86_64.tar.gz"],
  ["WORKDIR /data", "WORKDIR /data"],
  ["add vim", "add vim"],
  ["", ""],
])("%s is titled %s", (line, title) => expect(shortInstruction(line)).toBe(title));
