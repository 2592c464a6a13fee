import type { Clerk } from './support/clerk.js';
import { PASSWORD } from './support/console-server.js';
import { TestedConsole } from './support/tested-console.js';

describe('the API page at /docs', () => {
  const desk = TestedConsole.forAll();
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await desk.openPage({ width: 1440 });
    await clerk.page.goto(`${desk.url}/docs`);
  });

  async function signIn(): Promise<string> {
    const { page } = clerk;
    const answer = await page.request.post(`${desk.url}/api/v1/auth/login`, {
      data: { email: 'manager@demo.local', password: PASSWORD },
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  it('lists the operations', async () => {
    await clerk.page.getByRole('heading', { name: /Driver Loans/ }).waitFor();
    await clerk.page.locator('[data-path="/api/v1/loans/{loan_id}"]').first().waitFor();
  });

  it('runs an operation for an authorized user', async () => {
    const { page } = clerk;
    await page.getByRole('button', { name: 'Authorize', exact: true }).click();
    const dialog = page.locator('.dialog-ux');
    await dialog
      .locator('input')
      .first()
      .fill(await signIn());
    await dialog.getByRole('button', { name: 'Apply credentials' }).first().click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const me = page.locator('.opblock', { has: page.locator('[data-path="/api/v1/auth/me"]') });
    await me.locator('.opblock-summary-control').click();
    await me.getByRole('button', { name: 'Try it out' }).click();
    await me.getByRole('button', { name: 'Execute' }).click();
    await me.locator('.live-responses-table .response-col_status').getByText('200').waitFor();
    await me.locator('.live-responses-table').getByText('manager@demo.local').first().waitFor();
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});
