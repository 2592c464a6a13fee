import { DataSource } from 'typeorm';
import { ConfigError } from '../../../src/platform/config/load-config.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import {
  DELETABLE_TABLES,
  READ_ONLY_TABLES,
  UPDATABLE_COLUMNS,
} from '../../../src/platform/database/roles/service-grants.js';
import { aLoan } from '../../support/factories.js';
import { expectConstraintViolation } from '../../support/expect-constraint-violation.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestDatabase } from '../../support/test-database.js';
import { createTestDatabase } from '../../support/test-database.js';

const DENIED = { code: '42501' };

/** Tables without an append-only trigger. The service does not change their rows, and the rows are not copied anywhere. */
const ONLY_INSERTED = ['medallions', 'vehicles'];

const TABLES = `SELECT relname::text AS name FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`;

describe('the database role of the service', () => {
  let app: TestApp;
  let service: DataSource;

  beforeAll(async () => {
    app = await startTestApp();
    service = app.get(DataSource);
    await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
  });

  afterAll(() => app?.close());

  it('owns nothing and can neither create roles nor become an owner', async () => {
    const [role] = await service.query<[object]>(`
      SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
             (SELECT count(*)::integer FROM pg_class WHERE pg_has_role(relowner, 'MEMBER')) AS owned,
             (SELECT count(*)::integer FROM pg_proc WHERE pg_has_role(proowner, 'MEMBER')) AS functions,
             has_schema_privilege('public', 'CREATE') AS may_create
      FROM pg_roles WHERE rolname = current_user`);
    expect(role).toEqual({
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      owned: 0,
      functions: 0,
      may_create: false,
    });
  });

  it('cannot redirect a trigger to a temporary table of the same name', async () => {
    await service.transaction(async (tx) => {
      const seals = () => tx.query<[object]>('SELECT count(*)::integer AS seals FROM public.ledger_seals');
      const [{ seals: before }] = (await seals()) as [{ seals: number }];
      await tx.query('CREATE TEMPORARY TABLE ledger_seals (LIKE public.ledger_seals) ON COMMIT DROP');
      await tx.query(
        `INSERT INTO audit_log (at, action, record_type, record_id) VALUES (now(), 'x', 'x', 'x')`,
      );
      expect(await seals()).toEqual([{ seals: before + 1 }]);
      expect(await tx.query('SELECT * FROM pg_temp.ledger_seals')).toEqual([]);
    });
  });

  it('finds a fixed search path in every function that names a table', async () => {
    const functions = await service.query<{ search_path: string[] | null }[]>(`
      SELECT p.proname, (SELECT array_agg(setting) FROM unnest(p.proconfig) AS setting
                         WHERE starts_with(setting, 'search_path')) AS search_path
      FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
      WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql'
        AND EXISTS (SELECT 1 FROM (${TABLES}) AS t WHERE p.prosrc ~ ('\\m' || t.name || '\\M'))`);
    expect(functions.length).toBeGreaterThan(5);
    for (const { search_path } of functions)
      expect(search_path).toEqual(['search_path=pg_catalog, public, pg_temp']);
  });

  it.each([
    'ALTER TABLE audit_log DISABLE TRIGGER trg_audit_log_kept',
    'ALTER TABLE ledger_postings DISABLE TRIGGER ALL',
    'ALTER TABLE ledger_postings DROP CONSTRAINT ck_ledger_postings_reversal',
    'DROP TRIGGER trg_audit_log_kept ON audit_log',
    'CREATE TRIGGER mine BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
    'CREATE TABLE mine (id integer)',
    'CREATE RULE mine AS ON INSERT TO audit_log DO INSTEAD NOTHING',
    'DROP FUNCTION refuse_change CASCADE',
    'DROP TABLE audit_log CASCADE',
    'DROP SCHEMA public CASCADE',
    'TRUNCATE audit_log',
    'TRUNCATE sessions',
    'DELETE FROM audit_log',
    'DELETE FROM ledger_postings',
    'DELETE FROM ledger_balances',
    'DELETE FROM ledger_chain',
    'DELETE FROM driver_loans',
    'DELETE FROM users',
    `UPDATE audit_log SET action = 'x'`,
    'UPDATE ledger_postings SET amount = 1',
    `UPDATE ledger_postings SET row_hash = ''`,
    `UPDATE ledger_postings SET status = 'VOIDED', amount = 1`,
    'UPDATE ledger_balances SET original_amount = 1',
    'UPDATE ledger_credits SET amount = 1',
    `UPDATE ledger_seals SET rows_hash = ''`,
    `UPDATE ledger_chain SET hash = ''`,
    `UPDATE loan_status_changes SET reason = 'x'`,
    'UPDATE payment_allocations SET amount_allocated = 1',
    'UPDATE loan_schedules SET principal_amount = 1',
    'UPDATE driver_loans SET loan_amount = 1',
    'UPDATE driver_loans SET interest_rate = 0',
    `UPDATE users SET created_by = NULL`,
    'DELETE FROM schema_migrations',
    `INSERT INTO schema_migrations (timestamp, name) VALUES (1, 'x')`,
    `SELECT setval('ledger_postings_id_seq', 1)`,
    'DO $$ BEGIN LOCK TABLE audit_log; END $$',
    'SET session_replication_role = replica',
    'SET ROLE driver_loans',
    'SET SESSION AUTHORIZATION driver_loans',
    'ALTER ROLE driver_loans_service SUPERUSER',
    `COPY audit_log TO PROGRAM 'cat'`,
  ])('cannot execute: %s', async (statement) => {
    await expectConstraintViolation(service, DENIED, statement);
  });

  it('can change only the listed tables and columns', async () => {
    const tables = (await app.db.query<{ name: string }[]>(TABLES)).map(({ name }) => name);
    const updatable = await service.query<{ name: string; columns: string[] }[]>(`
      SELECT attrelid::regclass::text AS name, array_agg(attname::text ORDER BY attname) AS columns
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
        AND has_column_privilege(attrelid, attnum, 'UPDATE')
      GROUP BY 1 ORDER BY 1`);
    expect(Object.fromEntries(updatable.map(({ name, columns }) => [name, columns]))).toEqual(
      Object.fromEntries(
        Object.entries(UPDATABLE_COLUMNS).map(([name, columns]) => [name, [...columns].sort()]),
      ),
    );
    const allows = async (privilege: string): Promise<string[]> => {
      const rows = await service.query<{ name: string }[]>(
        `SELECT name FROM (${TABLES}) AS t WHERE has_table_privilege(name, $1)`,
        [privilege],
      );
      return rows.map(({ name }) => name);
    };
    expect(await allows('SELECT')).toEqual(tables);
    expect(await allows('INSERT')).toEqual(tables.filter((name) => !READ_ONLY_TABLES.includes(name)));
    expect(await allows('DELETE')).toEqual(DELETABLE_TABLES);
    expect(await allows('TRUNCATE, TRIGGER, REFERENCES')).toEqual([]);
  });

  it('has grants for every table that is not append-only', async () => {
    const kept = await app.db.query<{ name: string }[]>(`
      SELECT tgrelid::regclass::text AS name FROM pg_trigger
      WHERE tgfoid = 'refuse_change'::regproc AND tgtype & 16 > 0 AND tgtype & 8 > 0`);
    const known = new Set([
      ...kept.map(({ name }) => name),
      ...Object.keys(UPDATABLE_COLUMNS),
      ...DELETABLE_TABLES,
      ...READ_ONLY_TABLES,
      ...ONLY_INSERTED,
      // two triggers protect its rows, one for each kind of change
      'payment_allocations',
    ]);
    const tables = await app.db.query<{ name: string }[]>(TABLES);
    expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the migration command', () => {
  let database: TestDatabase;
  let owner: DataSource;

  beforeEach(async () => {
    database = await createTestDatabase();
    owner = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 1 }).initialize();
  });

  afterEach(async () => {
    await owner?.destroy();
    await database?.drop();
  });

  const migrateBoth = () => migrate(database.ownerUrl, database.url);

  async function allows(table: string, privilege: string): Promise<boolean> {
    const [row] = await owner.query<[{ allowed: boolean }]>(
      `SELECT has_table_privilege('driver_loans_service', $1, $2) AS allowed`,
      [table, privilege],
    );
    return row.allowed;
  }

  it('revokes grants of the service role that are not on its list', async () => {
    await owner.query('GRANT ALL ON audit_log, schema_migrations TO driver_loans_service');
    await owner.query('GRANT UPDATE (amount) ON ledger_postings TO driver_loans_service');
    await migrateBoth();
    expect(await allows('audit_log', 'UPDATE, DELETE, TRUNCATE, TRIGGER')).toBe(false);
    expect(await allows('schema_migrations', 'INSERT')).toBe(false);
    const [row] = await owner.query<[{ allowed: boolean }]>(
      `SELECT has_column_privilege('driver_loans_service', 'ledger_postings', 'amount', 'UPDATE') AS allowed`,
    );
    expect(row.allowed).toBe(false);
  });

  it('lets the service only read and insert into an unlisted table', async () => {
    await owner.query('CREATE TABLE newcomers (id integer)');
    expect(await allows('newcomers', 'SELECT')).toBe(false);
    await migrateBoth();
    expect(await allows('newcomers', 'SELECT')).toBe(true);
    expect(await allows('newcomers', 'INSERT')).toBe(true);
    expect(await allows('newcomers', 'UPDATE, DELETE, TRUNCATE')).toBe(false);
  });

  it('keeps the grants of a later release', async () => {
    await owner.query(`INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'Later')`);
    await owner.query('GRANT DELETE ON vehicles TO driver_loans_service');
    await migrateBoth();
    expect(await allows('vehicles', 'DELETE')).toBe(true);
  });

  it('is not needed to start the service on an up-to-date database without the owner role', async () => {
    expect(await migrate(database.url)).toEqual({ steps: 0, wasEmpty: false });
  });

  it('fails for the service role with a message that names the setting', async () => {
    const empty = await createTestDatabase('template1');
    try {
      const rejected = migrate(empty.url);
      await expect(rejected).rejects.toThrow(ConfigError);
      await expect(rejected).rejects.toThrow(
        'The database role driver_loans_service cannot run the migrations: ' +
          'set DATABASE_MIGRATION_URL to the role that owns the tables.',
      );
    } finally {
      await empty.drop();
    }
  });

  it.each([
    ['DATABASE_MIGRATION_URL', (url: string) => [url.replace(/:[^:@]+@/, ':wrong@'), database.url]],
    ['DATABASE_URL', (url: string) => [url, database.url.replace(/:[^:@]+@/, ':wrong@')]],
  ])('reports that %s was rejected because of a wrong password', async (setting, urls) => {
    const [url = '', serviceUrl] = urls(database.ownerUrl);
    await expect(migrate(url, serviceUrl)).rejects.toThrow(
      `${setting} is refused: password authentication failed`,
    );
  });
});
