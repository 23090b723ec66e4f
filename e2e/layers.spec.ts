import { en } from "../src/content/locales/en.ts";
import { expect, test } from "./support/test.ts";

test("nginx after redis: the base they share is here already, in terminal, picture and on disk", async ({ host }) => {
  await host.run("docker pull redis");
  const before = await host.state();
  await host.page.getByRole("button", { name: en.app.host, exact: true }).click();
  const { output } = await host.run("docker pull nginx");
  const after = await host.state();

  const known = new Set(before.layers.map((layer) => layer.chainId));
  const fresh = after.layers.filter((layer) => !known.has(layer.chainId));
  const shared = after.images.find((image) => image.refs.includes("nginx:latest"))?.chain.filter((id) => known.has(id));
  expect(shared?.length).toBeGreaterThan(0);
  for (const id of shared ?? []) {
    const digest = after.layers.find((layer) => layer.chainId === id)?.digest.slice(7, 19);
    expect(output).toContain(`${digest}: Already exists`);
    await expect(
      host.page
        .getByText(digest?.slice(0, 8) ?? "")
        .filter({ hasText: en.stack.exists })
        .or(
          host.page
            .getByRole("listitem")
            .filter({ hasText: digest?.slice(0, 8) ?? "" })
            .filter({ hasText: en.stack.exists }),
        )
        .first(),
    ).toBeVisible();
  }
  for (const layer of fresh) expect(output).toContain(`${layer.digest.slice(7, 19)}: Pull complete`);
  expect(after.disk.stored - before.disk.stored).toBe(fresh.reduce((sum, layer) => sum + layer.size, 0));
  expect(after.disk.images - after.disk.stored).toBe(after.disk.saved);
  expect(after.layers).toHaveLength(before.layers.length + fresh.length);

  // What is kept in the browser grows by the new layers' blobs and nothing else.
  const again = await host.run("docker pull nginx");
  expect(again.output).toContain("Status: Image is up to date for nginx:latest");
  expect(await host.lasting()).toMatchObject({ disk: after.disk });
});
