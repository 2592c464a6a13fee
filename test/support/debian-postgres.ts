import { execFileSync, spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** The directory of the PostgreSQL 15 programs in Debian. */
export const DEBIAN_BIN = '/usr/lib/postgresql/15/bin';
/** A password that must be encoded in a URL */
const PASSWORD = 'p@ss/word %25';

export interface DebianPostgres {
  /** The URL of the database for a superuser, with the required password. */
  urlOf(database: string): string;
  /** The same for another role. */
  urlAs(role: string, password: string, database: string): string;
  /** Runs ops/roles.sql as an administrator does, with the passwords in the environment. */
  runRoles(database: string, passwords: Readonly<Record<string, string>>): SpawnSyncReturns<string>;
  stop(): void;
}

/** A PostgreSQL 15 from Debian in its own directory, which is deleted when it stops. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-debian-'));
  const passwordFile = path.join(dir, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
  const data = path.join(dir, 'data');
  const run = runnerFor(dir, passwordFile);
  const auth = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--username=postgres', '--encoding=UTF8'];
  run('initdb', '--pgdata', data, '--no-sync', ...auth);
  const port = await freePort();
  const settings = `-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c fsync=off`;
  run('pg_ctl', 'start', '--wait', '--pgdata', data, '--log', path.join(dir, 'log'), '--options', settings);
  const urlAs: DebianPostgres['urlAs'] = (role, password, database) =>
    `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const urlOf: DebianPostgres['urlOf'] = (database) => urlAs('postgres', PASSWORD, database);
  return {
    urlOf,
    urlAs,
    runRoles(database, passwords) {
      const args = ['--no-psqlrc', '--quiet', '--dbname', urlOf(database), '--file', 'ops/roles.sql'];
      const { PATH } = process.env;
      return spawnSync(path.join(DEBIAN_BIN, 'psql'), args, {
        cwd: ROOT,
        env: { PATH, ...passwords },
        encoding: 'utf8',
      });
    },
    stop() {
      run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'fast');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root. Then it runs as the user from its package. */
function runnerFor(dir: string, passwordFile: string) {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const idOf = (flag: string): number =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    for (const file of [dir, passwordFile]) chownSync(file, idOf('-u'), idOf('-g'));
  }
  const asPostgres = ['--reuid=postgres', '--regid=postgres', '--clear-groups'];
  return (program: string, ...args: string[]): void => {
    const file = path.join(DEBIAN_BIN, program);
    const [command, words] = isRoot ? ['setpriv', [...asPostgres, file, ...args]] : [file, args];
    execFileSync(command, words, { cwd: dir, stdio: 'ignore' });
  };
}
