/** Looks for what keeps people with assistive technology out of a page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const AXE = readFileSync(path.join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** What axe finds in the page as it is, one line each: WCAG 2.2 A and AA, and what is good practice. */
export async function axe(page: Page): Promise<string[]> {
  // Strings, since they run in the page.
  await page.evaluate(AXE);
  const results: AxeResults = await page.evaluate('axe.run(document)');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
}
