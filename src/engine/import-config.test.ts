import { expect, test } from "vitest";
import { imageId } from "../core/oci/config.ts";
import type { DiffId } from "../core/oci/digest.ts";
import { appliedChanges } from "./changes.ts";
import { importedConfigText } from "./operations/import.ts";

/** Images that a real dockerd made: what it was told, when, and the id it gave. */
test.for([
  [
    "2026-11-23T22:30:24.265709416Z",
    "flat now",
    ['CMD ["sh"]', "ENV A=b"],
    "sha256:5ee640476d4585bf024a5e869fdc38da8c7ba8ef077e393798bed05ac8db032b",
  ],
  [
    "2026-11-23T22:30:24.734194648Z",
    "Imported from -",
    ["VOLUME /data", "LABEL a=b", "EXPOSE 80", "USER user", "WORKDIR /tmp", 'ENTRYPOINT ["echo"]'],
    "sha256:b754fcbe92f10fff1cbc92b5b409e773cf42f08df2b4f4640f72e12023eeb53e",
  ],
] as const)("an image imported at %s has dockerd's own id", ([created, comment, changes, id]) => {
  const text = importedConfigText({
    config: appliedChanges({}, changes),
    comment,
    created,
    platform: { os: "linux", architecture: "amd64" },
    diffId: "sha256:4953d0f3c697c934e3120058b95980383f0870c419284ae0f9ceb2aca93fe434" as DiffId,
    dockerVersion: "28.5.2+dfsg4",
  });
  expect(imageId(text)).toBe(id);
});
