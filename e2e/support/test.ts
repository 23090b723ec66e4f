import { test as base } from "@playwright/test";
import { HostPage } from "./host-page.ts";

export { expect } from "@playwright/test";

interface Fixtures {
  /** An empty host of one's own, open. */
  host: HostPage;
}

/** A test on a fresh host. What the page throws and nobody catches fails it. */
export const test = base.extend<Fixtures>({
  serviceWorkers: "block",
  host: async ({ page }, give) => {
    const host = new HostPage(page);
    await host.open();
    await give(host);
    if (host.errors.length > 0) throw new Error(`the page threw: ${host.errors.join("; ")}`);
  },
});
