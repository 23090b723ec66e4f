import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

/** axe finds nothing at all: violations are listed as "rule: element". */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary}`),
  );
  expect(found).toEqual([]);
}
