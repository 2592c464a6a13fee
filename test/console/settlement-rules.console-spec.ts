import type { Clerk } from './support/clerk.js';
import type { SettlementRun } from './support/earnings.js';
import { chooseEarnings, EARNINGS, EarningsFiles, settlementRuns } from './support/earnings.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();
const files = EarningsFiles.forAll();
let clerk: Clerk;

describe('a settlement', () => {
  beforeEach(async () => {
    clerk = await desk.openPage({ width: 1440 });
  });

  afterEach(() => clerk.close());

  it('shows the progress of the run, and sends a run without response again under the same key', async () => {
    await clerk.signIn('finance');
    const { page } = clerk;
    const keys: (string | undefined)[] = [];
    let letGo: () => void = () => undefined;
    const isShown = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/settlement-runs?status=RUNNING*', (route) =>
      route.fulfill({
        json: { items: [{ lines_total: 3, lines_paid: 1, lines_nothing_due: 0, lines_rejected: 1 }] },
      }),
    );
    await page.route(
      (url) => url.search.includes('dry_run=false'),
      async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        const answer = await route.fetch();
        await isShown;
        await (keys.length === 1 ? route.abort() : route.fulfill({ response: answer }));
      },
    );
    const { total } = await settlementRuns(desk);
    await chooseEarnings(clerk, files.ofDrivers('lost'));
    await clerk.button('Preview').click();
    await clerk.button(/^Settle/).click();
    await page.getByText('2 of 3 lines so far').waitFor();
    expect(await page.getByLabel('Drivers keep at least').isDisabled()).toBe(true);
    letGo();
    await page.getByText('The service did not answer').waitFor();
    await clerk.button(/^Settle/).click();
    await clerk.title(/^Settlement run SR-/).waitFor();
    expect(keys).toEqual([keys[0], keys[0]]);
    expect((await settlementRuns(desk)).total).toBe(total + 1);
  });

  it('explains why it rejects a file or a minimum', async () => {
    await clerk.signIn('finance');
    const { page } = clerk;
    const minimum = page.getByLabel('Drivers keep at least');
    await chooseEarnings(clerk, files.ofDrivers('rules'));
    await minimum.fill('a half');
    await page.getByText('Enter an amount such as 150.00, or a percentage such as 25%').waitFor();
    expect(await clerk.button('Preview').isDisabled()).toBe(true);
    await minimum.fill('150%');
    await clerk.button('Preview').click();
    await page.getByText(/Drivers keep at least must be an amount .* \(got 150%\)/).waitFor();
    expect(await minimum.getAttribute('aria-invalid')).toBe('true');
    await minimum.fill('');
    await page.getByLabel('CSV file').setInputFiles(files.of('header', ['name,amount', 'Amar,5']));
    await clerk.button('Preview').click();
    await page.getByRole('alert').getByText('The first line does not name the columns').waitFor();
    await page.getByLabel('CSV file').setInputFiles('docs/examples/charges.csv');
    await clerk.button('Preview').click();
    // columns by their names in the file, although the page has labels for fields of the same name
    await page
      .getByRole('alert')
      .getByText(/"payment_period_start" is unknown.*min_take_home/)
      .waitFor();
    await chooseEarnings(clerk, files.ofDrivers('unknown', EARNINGS.slice(2)));
    await clerk.button('Preview').click();
    await page.getByText('No line can be settled.').waitFor();
    expect(await clerk.button('Settle 0 lines, $0.00').isDisabled()).toBe(true);
  });

  it('is only read by a manager: no button and no form', async () => {
    await clerk.signIn('manager');
    const [run] = (await settlementRuns(desk)).items as [SettlementRun];
    await clerk.open('/settlement', clerk.page.getByRole('link', { name: run.run_id }));
    expect(await clerk.page.getByRole('link', { name: 'New settlement' }).count()).toBe(0);
    await clerk.open(`/settlement/${run.run_id}`, clerk.title(`Settlement run ${run.run_id}`));
    expect(await clerk.button('Void').count()).toBe(0);
    await clerk.open('/settlement/new', clerk.title('You do not have access to this page'));
  });
});
