import type { ImageSource } from "./image.ts";

const built = "2026-03-23T21:33:59Z";

const helloWorld: ImageSource = {
  repository: "library/hello-world",
  tags: ["latest", "linux"],
  steps: [
    {
      created: built,
      createdBy: "COPY hello / # buildkit",
      comment: "buildkit.dockerfile.v0",
      layer: { realSize: 2_415, folder: "hello-world" },
    },
    { created: built, createdBy: 'CMD ["/hello"]', comment: "buildkit.dockerfile.v0" },
  ],
  created: built,
  config: {
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    Cmd: ["/hello"],
    WorkingDir: "/",
  },
  realUnpackedSize: 10_072,
  source: "docker-library/repo-info, repos/hello-world/remote/latest.md",
};

export default helloWorld;
