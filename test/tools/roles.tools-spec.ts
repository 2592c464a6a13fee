import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { migrate } from '../../src/platform/database/migrate.js';
import { runCommand } from '../support/command-line.js';
import { DEBIAN_BIN, startDebianPostgres } from '../support/debian-postgres.js';
import type { DebianPostgres } from '../support/debian-postgres.js';
import { aLoan } from '../support/factories.js';
import { startTestApp } from '../support/test-app.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PASSWORDS = {
  DATABASE_OWNER_PASSWORD: `owner's \\ secret`,
  DATABASE_SERVICE_PASSWORD: `service's "secret"`,
};

let server: DebianPostgres;
let ownerUrl: string;
let serviceUrl: string;

/** Runs a script of the project with both database URLs. */
function runScript(script: 'backup' | 'restore', database: string, file: string) {
  return spawnSync(process.execPath, [path.join('scripts', `${script}.mjs`), file], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${DEBIAN_BIN}:${process.env['PATH']}`,
      NODE_ENV: 'test',
      DATABASE_URL: urlAs('driver_loans_service', PASSWORDS.DATABASE_SERVICE_PASSWORD, database),
      DATABASE_MIGRATION_URL: urlAs('driver_loans', PASSWORDS.DATABASE_OWNER_PASSWORD, database),
    },
    encoding: 'utf8',
  });
}

const urlAs = (role: string, password: string, database = 'fleet'): string =>
  server.urlAs(role, password, database);

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const db = await new DataSource({ type: 'postgres', url, poolSize: 1 }).initialize();
  try {
    return await db.query<T[]>(sql);
  } finally {
    await db.destroy();
  }
}

beforeAll(async () => {
  server = await startDebianPostgres();
  await ask(server.urlOf('postgres'), 'CREATE DATABASE fleet');
  ownerUrl = urlAs('driver_loans', PASSWORDS.DATABASE_OWNER_PASSWORD);
  serviceUrl = urlAs('driver_loans_service', PASSWORDS.DATABASE_SERVICE_PASSWORD);
});

afterAll(() => server?.stop());

describe('the script ops/roles.sql', () => {
  it('changes nothing without the passwords', async () => {
    expect(server.runRoles('fleet', {}).status).not.toBe(0);
    const roles = await ask(
      server.urlOf('fleet'),
      `SELECT 1 FROM pg_roles WHERE rolname LIKE 'driver\\_loans%'`,
    );
    expect(roles).toEqual([]);
  });

  it('creates an owner that migrates without superuser rights, and a service role that owns nothing', async () => {
    expect(server.runRoles('fleet', PASSWORDS)).toMatchObject({ status: 0, stderr: '' });
    expect(await migrate(ownerUrl, serviceUrl)).toMatchObject({ wasEmpty: true });
    const app = await startTestApp({ databaseUrl: serviceUrl, ownerUrl });
    try {
      await aLoan(app);
      const posted = await app.as('FINANCE').post('/loans/installments/post', {});
      expect(posted.status).toBe(200);
    } finally {
      await app.close();
    }
    const verified = await runCommand(serviceUrl, ['ledger:verify'], { DATABASE_MIGRATION_URL: ownerUrl });
    expect(verified).toMatchObject({ exitCode: 0 });
    const roles = await ask<object>(
      serviceUrl,
      `SELECT rolname::text AS name, rolsuper AS super,
              (SELECT count(*)::integer FROM pg_class WHERE relowner = r.oid) > 0 AS owns
       FROM pg_roles r WHERE rolname LIKE 'driver\\_loans%' ORDER BY 1`,
    );
    expect(roles).toEqual([
      { name: 'driver_loans', super: false, owns: true },
      { name: 'driver_loans_service', super: false, owns: false },
    ]);
  });

  it.each([
    'ALTER TABLE audit_log DISABLE TRIGGER ALL',
    'CREATE TABLE public.mine (id integer)',
    `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `UPDATE audit_log SET action = 'x'`,
    'UPDATE ledger_postings SET amount = 1',
    'TRUNCATE audit_log',
    'SET ROLE driver_loans',
    'SET session_replication_role = replica',
  ])('creates a service role that cannot run: %s', async (statement) => {
    await expect(ask(serviceUrl, statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('can be run again, and sets new passwords', async () => {
    const changed = { ...PASSWORDS, DATABASE_SERVICE_PASSWORD: 'another' };
    expect(server.runRoles('fleet', changed)).toMatchObject({ status: 0, stderr: '' });
    await expect(ask(serviceUrl, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask(urlAs('driver_loans_service', 'another'), 'SELECT 1 AS one FROM users LIMIT 1')).toEqual(
      [{ one: 1 }],
    );
  });
});

describe('the backup and restore scripts', () => {
  it('run as the owner, and the service works on the restored database', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-roles-'));
    try {
      const file = path.join(folder, 'fleet.dump');
      expect(runScript('backup', 'fleet', file)).toMatchObject({ status: 0 });
      await ask(server.urlOf('postgres'), 'CREATE DATABASE restored');
      expect(server.runRoles('restored', PASSWORDS)).toMatchObject({ status: 0, stderr: '' });
      const restored = runScript('restore', 'restored', file);
      expect(restored).toMatchObject({ status: 0 });
      expect(restored.stdout).toContain('Ledger verification passed: 0 differences');
      const service = urlAs('driver_loans_service', PASSWORDS.DATABASE_SERVICE_PASSWORD, 'restored');
      expect(await ask(service, 'SELECT 1 AS one FROM driver_loans')).toEqual([{ one: 1 }]);
      await expect(ask(service, 'DELETE FROM driver_loans')).rejects.toMatchObject({
        driverError: { code: '42501' },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
