import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Screen } from './clerk.js';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The screens that pages are checked on: desk and phone, light and dark. */
export const SCREENS: readonly Required<Screen>[] = [
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
];

/** The WCAG 2.2 AA violations of the page in its current state. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** The pixels by which the page is wider than the screen. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** The names of the tables that a user must scroll sideways to read. */
export function sidewaysTablesOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('[role=region]:has(> table)')]
       .filter((region) => region.scrollWidth > region.clientWidth)
       .map((region) => region.getAttribute('aria-label'))`,
  );
}
