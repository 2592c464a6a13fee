import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ask, EmbeddedCluster, kill, leave, nextReport } from '../../support/embedded-cluster.js';
import { waitFor } from '../../support/wait-for.js';

const IS_ROOT = process.getuid?.() === 0;
const IS_POSIX = process.platform !== 'win32';

let cluster: EmbeddedCluster;

beforeEach(async () => {
  cluster = new EmbeddedCluster();
  await cluster.create();
});

afterEach(async () => {
  try {
    await cluster.endAll();
  } finally {
    await cluster.remove();
  }
});

describe('the embedded PostgreSQL on a new data directory', () => {
  it('starts in an empty data directory, accepts queries and protects its password', async () => {
    const database = await cluster.start();
    const [password, servicePassword] = [database.ownerUrl, database.url].map((url) => new URL(url).password);
    const settings = `select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
      where name in ('fsync', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'max_connections')`;

    expect(await ask(database.ownerUrl, 'select current_database()::text')).toBe('driver_loans');
    expect(await ask(database.ownerUrl, settings)).toBe(
      'fsync=on listen_addresses=127.0.0.1 max_connections=200 synchronous_commit=on unix_socket_directories=',
    );
    for (const url of [database.ownerUrl, database.url]) {
      await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
        code: '28P01',
      });
    }
    await database.stop();

    const postgresLog = await readFile(path.join(cluster.dataDir, 'postgres.log'), 'utf8');
    const said = [...cluster.lines, database.description, postgresLog].join('\n');
    expect(said).not.toContain(password);
    expect(said).not.toContain(servicePassword);
    const { mode } = await stat(path.join(cluster.dataDir, 'pg18.password'));
    if (IS_POSIX) expect(mode & 0o777).toBe(0o600);
  });

  it('creates a service role that owns nothing, also in an existing cluster without it', async () => {
    const role = `select rolname || ' ' || rolsuper from pg_roles where rolname = current_user`;
    const first = await cluster.start();
    expect(await ask(first.ownerUrl, role)).toBe('driver_loans true');
    expect(await ask(first.url, role)).toBe('driver_loans_service false');
    // as left by a release that served as the superuser
    await ask(first.ownerUrl, 'drop role driver_loans_service');
    await first.stop();

    const second = await cluster.start();
    expect(await ask(second.url, role)).toBe('driver_loans_service false');
    await expect(ask(second.url, 'create table public.mine (id integer)')).rejects.toMatchObject({
      code: '42501',
    });
    await second.stop();
  });

  it('creates the cluster again when its creation was interrupted', async () => {
    const child = cluster.startChild();
    const isPartlyCreated = async (): Promise<true | null> => {
      const tempDir = (await readdir(cluster.dataDir)).find((name) => name.startsWith('.tmp-')) ?? '';
      return existsSync(path.join(cluster.dataDir, tempDir, 'data', 'global')) || null;
    };
    await waitFor('initdb is at work', isPartlyCreated);
    await kill(child);
    expect(existsSync(path.join(cluster.dataDir, 'pg18'))).toBe(false);

    const database = await cluster.start();
    expect(await ask(database.ownerUrl, 'select 1')).toBe(1);
    await database.stop();
  });

  it('shares one server between two processes that start at the same time', async () => {
    const children = [cluster.startChild(), cluster.startChild()];
    const reports = await Promise.all(children.map(nextReport));

    expect(reports[0]?.url).toBe(reports[1]?.url);
    expect(await ask(reports[0]?.url, 'select 1')).toBe(1);
    const said = reports.flatMap((report) => report.lines);
    expect(said.filter((line) => line.startsWith('Started'))).toHaveLength(1);
    await Promise.all(children.map(leave));
    expect(existsSync(cluster.pidFile)).toBe(false);
  });

  it('rejects the cluster of another PostgreSQL version', async () => {
    await mkdir(path.join(cluster.dataDir, 'pg18'));
    await writeFile(path.join(cluster.dataDir, 'pg18', 'PG_VERSION'), '17\n');
    await expect(cluster.start()).rejects.toThrow(
      /pg18 was created by PostgreSQL 17, but the embedded one is 18\./,
    );

    await rm(path.join(cluster.dataDir, 'pg18'), { recursive: true });
    await mkdir(path.join(cluster.dataDir, 'pg17'));
    await expect(cluster.start()).rejects.toThrow(
      /pg17 contains the data of another PostgreSQL, but the embedded one is 18\./,
    );
  });

  // Only root runs the server as another account, which may have no access.
  if (IS_ROOT) {
    it('stores the cluster of root elsewhere when the server cannot access its directory', async () => {
      const parent = cluster.dataDir;
      cluster.dataDir = path.join(parent, 'closed');
      const database = await cluster.start();
      const home = await readlink(path.join(cluster.dataDir, 'postgres'));
      try {
        expect(database.description).toContain(path.join(home, 'pg18'));
        expect(cluster.lines[0]).toContain(`its cluster is in ${home}`);
        expect(await ask(database.ownerUrl, 'select 1')).toBe(1);
      } finally {
        await database.stop();
        await rm(home, { recursive: true });
        cluster.dataDir = parent;
      }
    });
  }
});
