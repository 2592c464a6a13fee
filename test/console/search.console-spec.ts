import type { Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

/** Presses each key as soon as the browser accepts it, faster than a person and as fast as a scanner. */
const type = (page: Page, keys: readonly string[]): Promise<unknown> =>
  Promise.all(keys.map((key) => page.keyboard.press(key)));

describe('the search', () => {
  let clerk: Clerk;
  let page: Page;

  beforeEach(async () => {
    clerk = await desk.openPage({ width: 1440 });
    page = clerk.page;
  });

  afterEach(() => clerk.close());

  it('loses no key that is typed immediately after its shortcut', async () => {
    await clerk.signIn('finance', '/loans');
    await page.getByRole('link', { name: 'DL-2025-0005' }).waitFor();
    const field = page.getByRole('combobox', { name: 'Search everything' });
    // the dialog is new the first time, and opens again the second time
    for (let time = 1; time <= 2; time += 1) {
      await type(page, [...'/5X41']);
      await page.getByRole('option', { name: /LS-5X41/ }).waitFor();
      expect(await field.inputValue()).toBe('5X41');
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'hidden' });
    }
  });

  it('opens from a field, and returns to it', async () => {
    await clerk.signIn('finance', '/loans/new');
    const driver = page.getByRole('combobox', { name: 'Driver' });
    await driver.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Search everything' });
    await field.waitFor();
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'hidden' });
    expect(
      await driver.evaluate((element: { matches(selector: string): boolean }) => element.matches(':focus')),
    ).toBe(true);
  });

  it('loses no key, and no Enter, while its dialog is still being loaded', async () => {
    let load = (): void => undefined;
    const slow = new Promise<void>((resolve) => (load = resolve));
    await page.route('**/search-dialog*.js', async (route) => {
      await slow;
      await route.continue();
    });
    await clerk.signIn('finance', '/loans');
    await clerk.title('Loans').waitFor();
    await type(page, ['/', ...'50234567', 'Backspace', 'Enter']);
    load();
    await clerk.title('Rafiq Chowdhury').waitFor();
  });
});
