import { expect, test } from "vitest";
import { instructionOf } from "./layer-story.ts";

test.each([
  [{ created_by: "bash", comment: "add vim" }, "add vim"],
  [{ created_by: "sh -c sleep 1000" }, "sh -c sleep 1000"],
  [{ created_by: "/bin/sh -c #(nop) ADD file:b3ebbe in / " }, "ADD file:b3ebbe in /"],
  [{ created_by: "RUN /bin/sh -c apt-get update # buildkit", comment: "buildkit.dockerfile.v0" }, "RUN apt-get update"],
  [{ created_by: "/bin/sh -c apt-get update" }, "RUN apt-get update"],
  [{ created_by: "RUN |2 URL=https://x.org SHA=e9 /bin/sh -c mkdir /data # buildkit" }, "RUN mkdir /data"],
  [{ created_by: "|1 A=b /bin/sh -c mkdir /data" }, "RUN mkdir /data"],
  [{ created_by: "COPY a /b # buildkit", comment: "buildkit.dockerfile.v0" }, "COPY a /b"],
  [{ created_by: "# debian.sh --arch 'amd64' out/", comment: "debuerreotype 0.17" }, "debian.sh --arch 'amd64' out/"],
  [{}, ""],
])("%o is read as %s", (entry, text) => {
  expect(instructionOf(entry)).toBe(text);
});
