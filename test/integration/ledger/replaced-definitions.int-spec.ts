import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { aLease } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let head: string;
let postingId: string;
/** The seal of the posting */
let sealId: string;

/** Records a toll of 38.25, verifies the ledger and stores the chain head. */
beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
  const toll = { category: 'EZPASS', amount: '38.25', description: 'Toll' };
  const { driver_id, id: lease_id } = await aLease(app);
  await new LedgerClient(app).owe({ driver_id, lease_id }, toll);
  const [posting] = await app.db.query<[{ id: string }]>('SELECT posting_id AS id FROM ledger_postings');
  postingId = posting.id;
  const [seal] = await app.db.query<[{ id: string }]>(
    `SELECT id::text FROM ledger_seals WHERE sealed_table = 'ledger_postings'`,
  );
  sealId = seal.id;
  head = (await verify()).chain_head ?? '';
});

afterEach(() => app.close());

const verify = (storedHead?: string) => app.get(LedgerVerificationService).verify({ head: storedHead });

/** The differences from the stored chain head, each as "KIND id message". */
async function differences(): Promise<string[]> {
  const { differences: found } = await verify(head);
  return found.map(({ kind, id, message }) => `${kind} ${id} ${message}`).sort();
}

async function execute(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await app.db.query(statement);
}

const DIFFERS = 'differs from what the migrations created';
const CHANGED = 'was changed after it was written: the hash differs';

const DISABLE_GUARDS = [
  'ALTER TABLE ledger_postings DISABLE TRIGGER trg_ledger_postings_immutable',
  'ALTER TABLE ledger_balances DISABLE TRIGGER trg_ledger_balances_terms',
];
const RAISE_TOLL = [
  'UPDATE ledger_postings SET amount = 138.25',
  'UPDATE ledger_balances SET original_amount = 138.25, outstanding_balance = 138.25',
];
const ENABLE_GUARDS = DISABLE_GUARDS.map((statement) => statement.replace('DISABLE', 'ENABLE'));

describe('the verification of a database with changed definitions', () => {
  it('finds a changed amount although row_hash_of and seal_hash_of return the old hashes', async () => {
    const [{ row, seal }] = await app.db.query<[{ row: string; seal: string }]>(
      `SELECT encode(p.row_hash, 'hex') AS row, encode(seal_hash_of(s), 'hex') AS seal
       FROM ledger_postings p, ledger_seals s WHERE s.sealed_table = 'ledger_postings'`,
    );
    await execute(
      ...DISABLE_GUARDS,
      ...RAISE_TOLL,
      ...ENABLE_GUARDS,
      `CREATE OR REPLACE FUNCTION row_hash_of(line ledger_postings) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
       RETURN decode('${row}', 'hex')`,
      `CREATE OR REPLACE FUNCTION seal_hash_of(seal ledger_seals) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
       RETURN decode('${seal}', 'hex')`,
    );
    expect(await differences()).toEqual([
      `FUNCTION row_hash_of(ledger_postings) ${DIFFERS}`,
      `FUNCTION seal_hash_of(ledger_seals) ${DIFFERS}`,
      `POSTING ${postingId} ${CHANGED}`,
      `SEAL ${sealId} its rows differ from the rows that it sealed`,
    ]);
  });

  it('finds a changed amount although functions shadow built-in ones', async () => {
    await execute(
      ...DISABLE_GUARDS,
      ...RAISE_TOLL,
      ...ENABLE_GUARDS,
      `CREATE FUNCTION encode(bytea, text) RETURNS text LANGUAGE sql IMMUTABLE RETURN ''`,
      `ALTER DATABASE ${await databaseName()} SET search_path = public, pg_catalog`,
    );
    expect(await differences()).toEqual([
      'FUNCTION public.encode(bytea,text) was not created by the migrations',
      `POSTING ${postingId} ${CHANGED}`,
      `SEAL ${sealId} its rows differ from the rows that it sealed`,
    ]);
  });

  it('names a disabled trigger and the rows that were changed meanwhile', async () => {
    await execute(...DISABLE_GUARDS, ...RAISE_TOLL);
    expect(await differences()).toEqual([
      `POSTING ${postingId} ${CHANGED}`,
      `SEAL ${sealId} its rows differ from the rows that it sealed`,
      'TRIGGER trg_ledger_balances_terms on ledger_balances is disabled',
      'TRIGGER trg_ledger_postings_immutable on ledger_postings is disabled',
    ]);
  });

  it.each([
    [
      'a missing trigger',
      'DROP TRIGGER trg_ledger_chain_kept ON ledger_chain',
      'TRIGGER trg_ledger_chain_kept on ledger_chain is missing, but the migrations created it',
    ],
    [
      'an additional trigger',
      'CREATE TRIGGER quiet BEFORE INSERT ON ledger_postings FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
      'TRIGGER quiet on ledger_postings was not created by the migrations',
    ],
    [
      'a weakened constraint',
      `ALTER TABLE ledger_balances DROP CONSTRAINT ck_ledger_balances_amounts,
         ADD CONSTRAINT ck_ledger_balances_amounts CHECK (original_amount > 0)`,
      `CONSTRAINT ck_ledger_balances_amounts on ledger_balances ${DIFFERS}`,
    ],
    [
      'a foreign key whose triggers are disabled',
      'ALTER TABLE loan_status_changes DISABLE TRIGGER ALL; ALTER TABLE loan_status_changes ENABLE TRIGGER USER',
      'CONSTRAINT fk_loan_status_changes_changed_by on loan_status_changes is disabled',
    ],
    [
      'a missing unique index',
      'DROP INDEX uq_ledger_postings_standing_source',
      'INDEX uq_ledger_postings_standing_source on ledger_postings is missing, but the migrations created it',
    ],
    [
      'a changed column type',
      'ALTER TABLE sessions ALTER COLUMN lives_until TYPE timestamp',
      `TABLE sessions ${DIFFERS}`,
    ],
    [
      'a rewrite rule',
      'CREATE RULE quiet AS ON DELETE TO balance_disputes DO INSTEAD NOTHING',
      'RULE quiet on balance_disputes was not created by the migrations',
    ],
    [
      'row security',
      'CREATE POLICY some_rows ON ledger_postings USING (id > 5)',
      'POLICY some_rows on ledger_postings was not created by the migrations',
    ],
    [
      'a grant that lets the service rewrite the audit log',
      'GRANT UPDATE, DELETE ON audit_log TO driver_loans_service',
      'GRANT UPDATE on audit_log to driver_loans_service allows more than the service needs',
    ],
    [
      'a grant on one column',
      'GRANT UPDATE (amount) ON ledger_postings TO driver_loans_service',
      'GRANT UPDATE on ledger_postings.amount to driver_loans_service allows more than the service needs',
    ],
    [
      'a grant to every role',
      'GRANT INSERT ON schema_migrations TO PUBLIC',
      'GRANT INSERT on schema_migrations to PUBLIC allows more than the service needs',
    ],
  ])('names %s', async (_what, statement, difference) => {
    await execute(statement);
    expect(await differences()).toContain(difference);
  });

  it('ignores grants that only allow reading', async () => {
    await execute('GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC');
    expect(await differences()).toEqual([]);
  });

  it('ignores tables that do not belong to the service', async () => {
    await execute('CREATE TABLE fleet_notes (id integer PRIMARY KEY, note text CHECK (note <> $$$$))');
    expect(await differences()).toEqual([]);
  });
});

async function databaseName(): Promise<string> {
  const [row] = await app.db.query<[{ name: string }]>('SELECT current_database() AS name');
  return row.name;
}
