import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/** A PgBouncer in front of the PostgreSQL of the tests, in transaction pooling mode. */
export interface PgBouncer {
  /** The URL of the same database through PgBouncer */
  urlOf(databaseUrl: string): string;
  stop(): Promise<void>;
}

/** Fewer connections than two replicas have, so that a transaction gets another connection than the previous one. */
const SERVER_CONNECTIONS = 4;
const UNPRIVILEGED_ID = '65534';

/** @param databaseUrl any database of the server. PgBouncer uses its user for all databases. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer> {
  const server = new URL(databaseUrl);
  const port = await freePort();
  const dir = await mkdtemp(path.join(os.tmpdir(), 'driver-loans-pgbouncer-'));
  // it does not run as root and must be able to read its settings
  await chmod(dir, 0o755);
  const file = path.join(dir, 'pgbouncer.ini');
  await writeFile(file, settings(server, port));
  const isRoot = process.getuid?.() === 0;
  const [program = '', ...rest] = [
    ...(isRoot
      ? ['setpriv', `--reuid=${UNPRIVILEGED_ID}`, `--regid=${UNPRIVILEGED_ID}`, '--clear-groups']
      : []),
    '/usr/sbin/pgbouncer',
    file,
  ];
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await waitFor('PgBouncer listens', () => {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended: ${said}`);
    return Promise.resolve(said.includes('process up') || null);
  });
  return {
    urlOf(url) {
      const along = new URL(url);
      along.host = `127.0.0.1:${port}`;
      return along.toString();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(dir, { recursive: true });
    },
  };
}

/** The settings of docs/scaling.md, except for authentication. */
function settings({ hostname, port, username, password }: URL, listenPort: number): string {
  return `
[databases]
* = host=${hostname} port=${port} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 200
ignore_startup_parameters = statement_timeout,lock_timeout,idle_in_transaction_session_timeout
`;
}
