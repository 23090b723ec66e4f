import { imageOf } from "./support/host-page.ts";
import { expect, test } from "./support/test.ts";

test("an image goes out as an archive and comes back, by the page's calls and by messages from a frame's owner", async ({
  host,
}) => {
  for (const line of [
    "docker run --name box alpine:3.20 touch /new",
    "docker commit box mine:1",
    "docker rm box",
    "docker run --rm mine:1 ls /new",
  ]) {
    expect(await host.run(line), line).toMatchObject({ exitCode: 0 });
  }
  const exported = imageOf(await host.state(), "mine:1");
  // The archive stays in the page: a handle on it outlives the images it was made of.
  const size = await host.page.evaluate(async () => {
    const archive = await window.lamina.exportImage("mine:1", "docker-archive");
    (window as unknown as { archive: Blob }).archive = archive;
    return archive.size;
  });
  expect(size).toBeGreaterThan(10_000);
  expect(await host.run("docker rmi mine:1 alpine:3.20")).toMatchObject({ exitCode: 0 });
  expect((await host.state()).images).toEqual([]);

  const names = await host.page.evaluate(() =>
    window.lamina.importImage((window as unknown as { archive: Blob }).archive),
  );
  expect(names).toEqual(["mine:1"]);
  expect(imageOf(await host.state(), "mine:1")).toMatchObject({ id: exported.id, layers: exported.layers });
  expect(await host.run("docker run --rm mine:1 ls /new")).toMatchObject({ exitCode: 0, output: "/new\n" });

  const answers = await host.page.evaluate(async () => {
    const frame = document.createElement("iframe");
    frame.src = location.href;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    const call = (lamina: string, ...args: unknown[]): Promise<Record<string, unknown>> =>
      new Promise((resolve) => {
        const id = `${lamina} ${args.length}`;
        addEventListener("message", function answered({ data }: MessageEvent) {
          if (data?.lamina !== "answer" || data.id !== id) return;
          removeEventListener("message", answered);
          resolve(data);
        });
        frame.contentWindow?.postMessage({ lamina, id, args }, location.origin);
      });
    const { value } = await call("exportImage", "mine:1", "oci-archive");
    const loaded = await call("importImage", value);
    const refused = await call("importImage", new Blob(["no archive ".repeat(100)]), "");
    frame.remove();
    return { loaded: loaded["value"], refused: refused["error"] };
  });
  expect(answers).toEqual({ loaded: ["mine:1"], refused: "archive/tar: invalid tar header" });

  await host.page.reload();
  await host.page.evaluate(() => window.lamina.ready);
  expect(imageOf(await host.state(), "mine:1").id).toBe(exported.id);
});
