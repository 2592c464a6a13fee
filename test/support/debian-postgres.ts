import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Where Debian keeps the programs of PostgreSQL 15. */
export const DEBIAN_BIN = '/usr/lib/postgresql/15/bin';
/** Such as must be written in another way in a URL */
const PASSWORD = 'p@ss/word %25';

export interface DebianPostgres {
  /** A superuser's URL of the database, with the password that the server insists on. */
  urlOf(database: string): string;
  stop(): void;
}

/** Debian's PostgreSQL 15 in a folder of its own, which is gone when it stops. */
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
  return {
    urlOf: (database) => `postgres://postgres:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`,
    stop() {
      run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'fast');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: there it runs as the user that its package made. */
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
