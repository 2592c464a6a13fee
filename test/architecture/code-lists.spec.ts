import { DataSource } from 'typeorm';
import { CODE_LISTS } from '../../src/code-lists.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { CATEGORY_ROWS, OBLIGATION_CATEGORIES, PAYMENT_ORDER } from '../support/model/categories.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const { labels, payment_order } = CODE_LISTS;

/** The constraints of the database that repeat a list, which only a migration can change. */
const CHECKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ck_ledger_postings_category: labels.category,
  ck_ledger_balances_category: labels.category,
  ck_ledger_postings_kind: labels.posting_kind,
  ck_ledger_postings_payment_method: labels.payment_method,
  ck_ledger_postings_status: labels.posting_status,
  ck_ledger_balances_status: labels.balance_status,
  ck_driver_loans_status: labels.loan_status,
  ck_posting_runs_status: labels.run_status,
  ck_posting_runs_trigger: labels.run_trigger,
  ck_drivers_status: labels.driver_status,
  ck_leases_status: labels.lease_status,
  ck_users_roles: labels.role,
};

describe('the ledger categories', () => {
  it('are those of docs/domain.md, with the same names and the same order of payment', () => {
    expect(Object.entries(labels.category)).toEqual(CATEGORY_ROWS.map(({ code, label }) => [code, label]));
    expect(payment_order).toEqual(PAYMENT_ORDER);
    expect(OBLIGATION_CATEGORIES).toEqual(Object.keys(labels.category).filter((code) => code !== 'EARNINGS'));
  });
});

describe('the labels', () => {
  it('are given to every code, and differ within a list', () => {
    for (const [list, ofCodes] of Object.entries<Readonly<Record<string, string>>>(labels)) {
      const texts = Object.values(ofCodes);
      expect([list, texts.filter((text) => !/^[A-Z]/.test(text))]).toEqual([list, []]);
      expect([list, new Set(texts).size]).toEqual([list, texts.length]);
    }
  });
});

describe('the checks of the database', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(
      dataSourceOptions({ url: database.ownerUrl, poolSize: 1 }),
    ).initialize();
  });

  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it.each(Object.entries(CHECKS))('%s allows the codes of the list and no others', async (name, list) => {
    const [found] = await dataSource.query<{ definition: string }[]>(
      'SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1',
      [name],
    );
    const codes = [...(found?.definition ?? '').matchAll(/'([A-Z_]+)'/g)].map(([, code]) => String(code));
    expect([...new Set(codes)].sort()).toEqual(Object.keys(list).sort());
  });
});
