import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Request } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const EXAMPLES = path.resolve(import.meta.dirname, '../../docs/examples');

/** The largest import file by default */
const MAX_BYTES = 50 * 1024 * 1024;

const desk = TestedConsole.forAll();
let clerk: Clerk;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-imports-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const total = async (address: string): Promise<number> => (await desk.call<{ total: number }>(address)).total;

const drivers = (licenses: readonly string[]): Promise<number[]> =>
  Promise.all(licenses.map((license) => total(`/drivers?tlc_license_number=${license}`)));

/** A CSV file of drivers with these licenses, whose last row is invalid. */
function fileOf(name: string, licenses: readonly string[]): string {
  const file = path.join(folder, name);
  const good = licenses.map((license) => `${license},Amar,"Singh, Jr.",`);
  const lines = ['tlc_license_number,first_name,last_name,email', ...good, '5999999,No,Mail,=at.example.com'];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

async function choose(file: string): Promise<void> {
  await clerk.page.getByLabel('CSV file').setInputFiles(file);
}

async function dryRun(file: string): Promise<void> {
  await choose(file);
  await clerk.button('Dry run').click();
  await clerk.page.getByRole('heading', { name: 'Dry run: nothing is written yet' }).waitFor();
}

const statistic = (label: string): Promise<string> =>
  clerk.page
    .getByRole('definition')
    .and(clerk.page.locator(`dt:text-is("${label}") + dd`))
    .innerText();

const imported = (): Promise<void> => clerk.page.getByRole('heading', { name: 'Imported' }).waitFor();

const isImport = (request: Request): boolean => request.url().includes('dry_run=false');

describe.each([1440, 390] as const)('the import of a driver file on a screen %i pixels wide', (width) => {
  const license = (place: number): string => `59${`${width}`.padStart(4, '0')}${place}`;
  const licenses = [license(1), license(2)];
  let file: string;

  beforeAll(async () => {
    file = fileOf(`${width}.csv`, licenses);
    clerk = await desk.openPage({ width });
    await clerk.signIn('finance', '/drivers');
    await clerk.page.getByRole('link', { name: 'Import', exact: true }).click();
    await clerk.title('Import drivers').waitFor();
  });

  afterAll(() => clerk.close());

  it('starts with a dry run that explains every invalid row and writes nothing', async () => {
    const { page } = clerk;
    expect(await clerk.button(/^Import/).count()).toBe(0);
    await dryRun(file);
    expect(await Promise.all(['Rows read', 'Would be created', 'Rejected'].map(statistic))).toEqual([
      '3',
      '2',
      '1',
    ]);
    const row = page.getByRole('region', { name: 'Invalid rows' }).getByRole('row').last();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      '4',
      'email',
      ...(width === 1440 ? ['=at.example.com'] : []),
      'email must be an e-mail address.',
    ]);
    expect(await drivers(licenses)).toEqual([0, 0]);
  });

  it('exports the errors as a CSV file that contains no formula', async () => {
    const [download] = await Promise.all([
      clerk.page.waitForEvent('download'),
      clerk.button('Save as CSV').click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toBe(
      "\uFEFFline,column,value,reason\r\n4,email,'=at.example.com,email must be an e-mail address.\r\n",
    );
  });

  it('imports the valid rows once, however often the button is pressed', async () => {
    const { page } = clerk;
    const imports: Request[] = [];
    page.on('request', (request) => isImport(request) && imports.push(request));
    await clerk.button('Import 2 rows').dblclick();
    await imported();
    expect(await statistic('Created')).toBe('2');
    expect(imports).toHaveLength(1);
    expect(await drivers(licenses)).toEqual([1, 1]);
    await page.getByRole('link', { name: 'Go to the drivers' }).click();
    await clerk.title('Drivers').waitFor();
  });

  it('changes nothing the second time', async () => {
    await clerk.open('/drivers/import', clerk.title('Import drivers'));
    await dryRun(file);
    expect(await statistic('Unchanged')).toBe('2');
    await clerk.page.getByText('There is nothing to import').waitFor();
    expect(await clerk.button('Import 0 rows').isDisabled()).toBe(true);
  });

  it('rejects an all-or-nothing file with one invalid row, and requires a new dry run after a change', async () => {
    const { page } = clerk;
    const more = fileOf(`${width}-more.csv`, [license(3)]);
    await page.getByLabel('All or nothing').check();
    await dryRun(more);
    await page.getByText('The whole file would be rejected').waitFor();
    expect(await clerk.button('Import 0 rows').isDisabled()).toBe(true);
    await page.getByLabel('All or nothing').uncheck();
    expect(await clerk.button(/^Import/).count()).toBe(0);
    await clerk.button('Dry run').click();
    await clerk.button('Import 1 row').waitFor();
    await choose(file);
    expect(await clerk.button(/^Import/).count()).toBe(0);
    expect(await drivers([license(3)])).toEqual([0]);
  });

  it('accepts the example file of the page, which has every column', async () => {
    const { page } = clerk;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      clerk.button('Save an example').click(),
    ]);
    const example = path.join(folder, download.suggestedFilename());
    await download.saveAs(example);
    await dryRun(example);
    expect(await Promise.all(['Rows read', 'Rejected'].map(statistic))).toEqual(['1', '0']);
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});

describe('an import', () => {
  beforeEach(async () => {
    clerk = await desk.openPage({ width: 1440 });
  });

  afterEach(() => clerk.close());

  it.each([
    ['drivers', 'drivers', 'drivers'],
    ['leases', 'leases', 'leases'],
    ['loans', 'loans', 'loans'],
    ['charges', 'ledger', 'ledger/balances'],
  ] as const)('accepts the example of the documentation: %s', async (kind, section, records) => {
    await clerk.signIn('finance', `/${section}/import`);
    const before = await total(`/${records}`);
    const isWhole = await clerk.page.getByLabel('All or nothing').isChecked();
    expect(isWhole).toBe(kind === 'loans');
    await dryRun(path.join(EXAMPLES, `${kind}.csv`));
    await clerk.page.getByText('All rows are valid').waitFor();
    const count = parseInt(await statistic('Rows read'), 10);
    expect(await total(`/${records}`)).toBe(before);
    await clerk.button(`Import ${count} rows`).click();
    await imported();
    const created = parseInt(await statistic('Created'), 10);
    expect(created).toBeGreaterThan(0);
    expect(await total(`/${records}`)).toBe(before + created);
  });

  it.each(['drivers', 'leases', 'loans', 'ledger'] as const)(
    'lists the columns of the page when the header of the file is wrong: %s',
    async (section) => {
      await clerk.signIn('finance', `/${section}/import`);
      const { page } = clerk;
      await page.getByRole('row').locator('code').first().waitFor();
      const columns = await page.getByRole('row').locator('code').allInnerTexts();
      const optional = await page.getByRole('row').filter({ hasText: 'optional' }).count();
      const file = path.join(folder, 'header.csv');
      writeFileSync(file, 'name,price\nAmar,5\n');
      await choose(file);
      await clerk.button('Dry run').click();
      const sentence = await page.getByRole('alert').innerText();
      expect(sentence).toContain('The first line does not name the columns');
      const [accepted = ''] = sentence.split('The columns are ').slice(1);
      const [, required, wanted] = /^(.*?) and optionally ([\w, ]*)/.exec(accepted) ?? [];
      const needed = columns.slice(0, columns.length - optional);
      expect(required?.split(', ')).toEqual(needed);
      expect(wanted?.split(', ')).toEqual(columns.slice(needed.length));
    },
  );

  it('repeats a request without response under the same Idempotency-Key, and gets the stored result', async () => {
    await clerk.signIn('finance', '/drivers/import');
    const { page } = clerk;
    const keys: (string | undefined)[] = [];
    await page.route(
      (url) => url.search.includes('dry_run=false'),
      async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        const answer = await route.fetch();
        await (keys.length === 1 ? route.abort() : route.fulfill({ response: answer }));
      },
    );
    await dryRun(fileOf('lost.csv', ['5988881', '5988882']));
    await clerk.button('Import 2 rows').click();
    await page.getByText('The service did not answer').waitFor();
    await clerk.button('Import 2 rows').click();
    await imported();
    expect(await statistic('Created')).toBe('2');
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it('explains why it rejects a file that is not CSV, empty or too large', async () => {
    await clerk.signIn('finance', '/drivers/import');
    const { page } = clerk;
    const put = async (name: string, content: string | Buffer): Promise<void> => {
      writeFileSync(path.join(folder, name), content);
      await choose(path.join(folder, name));
    };
    await put('drivers.xlsx', 'PK');
    await page.getByText('Choose a file whose name ends in .csv').waitFor();
    expect(await clerk.button('Dry run').isDisabled()).toBe(true);
    await put('empty.csv', '');
    await page.getByText('This file is empty.').waitFor();
    await put('workbook.csv', Buffer.from('504b03041400', 'hex'));
    await clerk.button('Dry run').click();
    await page.getByText(/Excel workbook or an archive/).waitFor();
    await put('large.csv', Buffer.alloc(MAX_BYTES + 1, 'a'));
    await clerk.button('Dry run').click();
    await page.getByText('The file is larger than 50 MiB').waitFor();
  });

  it('asks for a file again that changed after it was chosen', async () => {
    await clerk.signIn('finance', '/drivers/import');
    const file = fileOf('changed.csv', ['5977771']);
    await choose(file);
    const inAMinute = new Date(Date.now() + 60_000);
    await utimes(file, inAMinute, inAMinute);
    await clerk.button('Dry run').click();
    await clerk.page.getByText('Choose it again').waitFor();
  });

  it('is not offered to a manager: no button and no page', async () => {
    await clerk.signIn('manager', '/loans');
    for (const kind of ['loans', 'drivers', 'leases']) {
      await clerk.open(`/${kind}`, clerk.page.locator(`td a[href^="/console/${kind}/"]`).first());
      expect(await clerk.page.getByRole('link', { name: 'Import', exact: true }).count()).toBe(0);
      await clerk.open(`/${kind}/import`, clerk.title('You do not have access to this page'));
    }
  });
});
