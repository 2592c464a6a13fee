import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { expectConstraintViolation } from '../../support/expect-constraint-violation.js';
import { aLease } from '../../support/factories.js';
import { aHalfPaidInstallment } from '../../support/half-paid-installment.js';
import { restoreTables, saveTables, tamper } from '../../support/tampering.js';
import { writtenColumns } from '../../support/table-dump.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

/*
 * Two references are checked by triggers for a whole statement, instead of by a foreign key (docs/adr/0005-schema.md). These
 * tests run as the owner of the tables.
 */

const BALANCES = { table: 'ledger_balances', key: 'fk_ledger_balances_posting' };
const INSTALLMENTS = { table: 'loan_schedules', key: 'fk_loan_schedules_balance' };
const TRIGGER = { code: '55000' };

const CREDIT = 2;
const NEW_BALANCE = { posting_id: CREDIT, balance_id: 'LB-2025-009001' };
const NEW_INSTALLMENT = { id: 9001, installment_id: 'INST-9001', installment_number: 99 };

let app: TestApp;
let foreign: { id: number; driver_id: number };
let verified: string[];

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00' });
  await aHalfPaidInstallment(app);
  foreign = await aLease(app);
  verified = await differences();
  await saveTables(app.db);
});

afterAll(() => app.close());

async function differences(): Promise<string[]> {
  const answer = await app.get(LedgerVerificationService).verify();
  return answer.differences.map(({ kind, id, message }) => `${kind} ${id} ${message}`);
}

/** SELECT of copies of the oldest row of the table, each with other columns. */
async function copies(table: string, ...rows: readonly object[]): Promise<string> {
  const columns = await writtenColumns(app.db, table);
  return `SELECT ${columns} FROM jsonb_array_elements('${JSON.stringify(rows)}') AS changed,
    jsonb_populate_record(NULL::${table},
      (SELECT to_jsonb(original) FROM ${table} AS original ORDER BY original LIMIT 1) || changed)`;
}

const insert = async (table: string, ...rows: readonly object[]): Promise<string> =>
  `INSERT INTO ${table} (${await writtenColumns(app.db, table)}) ${await copies(table, ...rows)}`;

/** Writes the rows to a file of the server and copies them from there. */
async function copyFromFile(table: string, ...rows: readonly object[]): Promise<string> {
  const [{ folder }] = await app.db.query<[{ folder: string }]>(
    `SELECT current_setting('data_directory') AS folder`,
  );
  const file = `'${folder}/reference-guards.copy'`;
  return `COPY (${await copies(table, ...rows)}) TO ${file};
    COPY ${table} (${await writtenColumns(app.db, table)}) FROM ${file}`;
}

describe('a balance', () => {
  const rejected = (sql: string) =>
    expectConstraintViolation(app.db, { code: '23503', constraint: BALANCES.key }, sql);

  const badRows = (): object[] => [
    { ...NEW_BALANCE, posting_id: 987_654 },
    { ...NEW_BALANCE, driver_id: foreign.driver_id, lease_id: foreign.id },
    { ...NEW_BALANCE, lease_id: foreign.id },
    { ...NEW_BALANCE, posting_id: -1 },
  ];

  it('requires a posting of its own driver and lease', async () => {
    for (const row of badRows()) await rejected(await insert('ledger_balances', row));
  });

  it('requires a posting in a COPY too', async () => {
    for (const row of badRows()) await rejected(await copyFromFile('ledger_balances', row));
  });

  it('requires a posting for each row of a statement', async () => {
    const bad = { posting_id: 987_654, balance_id: 'LB-2025-009002' };
    await rejected(await insert('ledger_balances', NEW_BALANCE, bad));
    await rejected(await insert('ledger_balances', bad, NEW_BALANCE));
  });

  it('requires a posting in a statement within a statement, in a function and in a MERGE', async () => {
    const bad = { ...NEW_BALANCE, posting_id: 987_654 };
    const statement = await insert('ledger_balances', bad);
    await rejected(`WITH written AS (${statement} RETURNING 1) SELECT count(*) FROM written`);
    await rejected(`DO $do$ BEGIN ${statement}; END $do$`);
    const columns = await writtenColumns(app.db, 'ledger_balances');
    await rejected(
      `MERGE INTO ledger_balances b USING (${await copies('ledger_balances', bad)}) AS source
       ON b.posting_id = source.posting_id
       WHEN NOT MATCHED THEN INSERT (${columns})
         VALUES (${columns
           .split(', ')
           .map((column) => `source.${column}`)
           .join(', ')})`,
    );
  });

  it('requires a posting that is written before it and not rolled back', async () => {
    const posting = await insert('ledger_postings', {
      id: 9005,
      posting_id: 'LP-2025-009005',
      source_id: 'OTHER-9005',
    });
    const balance = await insert('ledger_balances', { posting_id: 9005, balance_id: 'LB-2025-009005' });
    await rejected(`${balance}; ${posting}`);
    await expect(
      app.db.transaction(async (tx) => {
        await tx.query(`SAVEPOINT before; ${posting}; ROLLBACK TO SAVEPOINT before`);
        await tx.query(balance);
      }),
    ).rejects.toMatchObject({ driverError: { constraint: BALANCES.key } });
    await expect(
      app.db.transaction(async (tx) => {
        await tx.query(posting);
        await tx.query(balance);
        throw new Error('both were accepted');
      }),
    ).rejects.toThrow('both were accepted');
  });

  it('requires a committed posting', async () => {
    const [other, mine] = [app.db.createQueryRunner(), app.db.createQueryRunner()];
    await other.startTransaction();
    try {
      const columns = { id: 9006, posting_id: 'LP-2025-009006', source_id: 'OTHER-9006' };
      await other.query(await insert('ledger_postings', columns));
      const balance = await insert('ledger_balances', { posting_id: 9006, balance_id: 'LB-2025-009006' });
      await expect(mine.query(balance)).rejects.toMatchObject({ driverError: { constraint: BALANCES.key } });
    } finally {
      await other.rollbackTransaction();
      await Promise.all([other.release(), mine.release()]);
    }
  });

  it('is accepted with a posting of its driver and lease', async () => {
    await expect(
      app.db.transaction(async (tx) => {
        await tx.query(await insert('ledger_balances', NEW_BALANCE));
        throw new Error('accepted');
      }),
    ).rejects.toThrow('accepted');
  });
});

describe('an installment', () => {
  const rejected = (sql: string) =>
    expectConstraintViolation(app.db, { code: '23503', constraint: INSTALLMENTS.key }, sql);

  const bad = { ...NEW_INSTALLMENT, ledger_balance_id: 'LB-2025-009999' };

  it.each([
    `UPDATE loan_schedules SET ledger_balance_id = 'LB-2025-009999' WHERE posted_to_ledger`,
    `UPDATE loan_schedules SET posted_to_ledger = true, posted_on = now(), status = 'POSTED', ledger_balance_id = 'LB'
     WHERE NOT posted_to_ledger`,
    `UPDATE loan_schedules SET posted_to_ledger = true, posted_on = coalesce(posted_on, now()), status = 'POSTED',
       ledger_balance_id = coalesce(ledger_balance_id, 'LB-2025-009999')`,
    `WITH written AS (UPDATE loan_schedules SET ledger_balance_id = '' WHERE posted_to_ledger RETURNING id)
     SELECT count(*) FROM written`,
    `DO $$ BEGIN UPDATE loan_schedules SET ledger_balance_id = lower(ledger_balance_id) WHERE posted_to_ledger; END $$`,
    `MERGE INTO loan_schedules s USING (SELECT 1) AS one ON s.posted_to_ledger
     WHEN MATCHED THEN UPDATE SET ledger_balance_id = 'LB-2025-009999'`,
  ])('requires a balance that exists and rejects %s', (sql) => rejected(sql));

  it('requires a balance in an INSERT, an upsert and a COPY', async () => {
    await rejected(await insert('loan_schedules', bad));
    const another = { id: 9002, installment_id: 'INST-9002', installment_number: 98 };
    await rejected(
      await insert('loan_schedules', { ...NEW_INSTALLMENT, ...posted() }, { ...bad, ...another }),
    );
    await rejected(await copyFromFile('loan_schedules', bad));
    await rejected(
      `${await insert('loan_schedules', posted())}
       ON CONFLICT (id) DO UPDATE SET ledger_balance_id = 'LB-2025-009999'`,
    );
  });

  it('requires a balance also in a session that updated installments one by one before', async () => {
    const runner = app.db.createQueryRunner();
    try {
      for (let time = 0; time < 10; time += 1) {
        await runner.query('UPDATE loan_schedules SET updated_on = updated_on WHERE posted_to_ledger');
      }
      await expect(
        runner.query(`UPDATE loan_schedules SET ledger_balance_id = 'LB-2025-009999' WHERE posted_to_ledger`),
      ).rejects.toMatchObject({ driverError: { constraint: INSTALLMENTS.key } });
    } finally {
      await runner.release();
    }
  });

  const posted = () => ({ ledger_balance_id: 'LB-2025-000001' });
});

describe('a record that others refer to', () => {
  const refused = (sql: string) => expectConstraintViolation(app.db, TRIGGER, sql);

  it.each([
    'UPDATE ledger_postings SET id = id + 1000',
    "UPDATE ledger_postings SET id = 987654 WHERE source_id = 'EARN-1'",
    'UPDATE ledger_postings SET driver_id = driver_id + 1',
    'UPDATE ledger_postings SET lease_id = lease_id + 1',
    'DELETE FROM ledger_postings',
    'DELETE FROM ledger_postings WHERE false',
    'TRUNCATE ledger_postings CASCADE',
    'UPDATE ledger_balances SET balance_id = lower(balance_id)',
    'UPDATE ledger_balances SET posting_id = posting_id + 1000',
    'UPDATE ledger_balances SET driver_id = driver_id + 1',
    'UPDATE ledger_balances SET lease_id = lease_id + 1',
    'DELETE FROM ledger_balances',
    'DELETE FROM ledger_balances USING ledger_postings',
    'TRUNCATE ledger_balances CASCADE',
    'TRUNCATE leases CASCADE',
    'TRUNCATE driver_loans, ledger_balances, ledger_postings CASCADE',
    `MERGE INTO ledger_balances USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE`,
  ])('can neither be deleted nor get another key and refuses %s', (sql) => refused(sql));
});

describe('with disabled triggers', () => {
  afterEach(() => restoreTables(app.db));

  const found = async (statement: string): Promise<string[]> => {
    await tamper(app.db, statement);
    const now = await differences();
    return now.filter((difference) => !verified.includes(difference));
  };

  it('a balance without a posting is found by the verification', async () => {
    const row = { posting_id: 987_654, balance_id: 'LB-2025-009002' };
    expect(await found(await insert('ledger_balances', row))).toContain(
      'BALANCE LB-2025-009002 its amount differs from that of its posting',
    );
  });

  it('a balance of another driver than its posting is found by the verification', async () => {
    const other = `driver_id = ${foreign.driver_id}, lease_id = ${foreign.id}`;
    expect(await found(`UPDATE ledger_balances SET ${other}`)).toContain(
      'BALANCE LB-2025-000001 its terms differ from those of its posting',
    );
  });

  it('an installment without its balance is found by the verification', async () => {
    const sql = `UPDATE loan_schedules SET ledger_balance_id = 'LB-2025-009999' WHERE posted_to_ledger`;
    expect(await found(sql)).toContainEqual(
      expect.stringMatching(/^INSTALLMENT .*-INST-01 its ledger balance belongs to another obligation$/),
    );
  });

  it.each([
    ['ledger_balances', 'trg_ledger_balances_posting_insert'],
    ['loan_schedules', 'trg_loan_schedules_balance_insert'],
    ['loan_schedules', 'trg_loan_schedules_balance_update'],
  ])('the verification reports that %s has %s disabled', async (table, trigger) => {
    await app.db.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    try {
      expect(await differences()).toContainEqual(expect.stringContaining(trigger));
    } finally {
      await app.db.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
    }
  });
});
