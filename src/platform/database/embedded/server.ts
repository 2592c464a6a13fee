import { constants, open, readFile, realpath, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive } from './file-lock.js';
import { ignoreErrors } from './files.js';
import { runTool } from './run-tool.js';

export const HOST = '127.0.0.1';

/** What postmaster.pid says; the port is missing while the server has only begun to start. */
interface PidFile {
  pid: number;
  port: number | undefined;
}

const START_WAIT_S = 60;
const STOP_WAIT_S = 60;
const TOOL_GRACE_MS = 10_000;
const LOG_LIMIT_BYTES = 10_000_000;
const PS_TIMEOUT_MS = 5_000;
/** Above every limit of pids: no process has it. */
const IMPOSSIBLE_PID = 2_147_483_646;
/** The port was taken between choosing and starting; somebody else started it; its last processes still end. */
const PASSING_TROUBLE =
  /could not create any TCP\/IP sockets|lock file "postmaster.pid" (already exists|is empty)|pre-existing shared memory/;

function pidFilePath(cluster: Cluster): string {
  return path.join(cluster.dir, 'postmaster.pid');
}

async function readPidFile(cluster: Cluster): Promise<PidFile | undefined> {
  const text = await ignoreErrors(['ENOENT'], readFile(pidFilePath(cluster), 'utf8'));
  const lines = text?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined };
}

/** The words of a process's command line; undefined where this system does not tell. */
async function commandLine(pid: number): Promise<string[] | undefined> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => undefined);
    return text?.split('\0');
  }
  if (process.platform === 'win32') return undefined;
  const options = { account: undefined, timeoutMs: PS_TIMEOUT_MS };
  const shown = await runTool('/bin/ps', ['-p', String(pid), '-o', 'comm='], options).catch(() => undefined);
  return shown === undefined ? undefined : [shown.output];
}

/** After a crash the pid may belong to any other program by now, or to the server of another cluster. */
async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const words = await commandLine(pid);
  if (words === undefined) return true;
  // Its child processes are titled 'postgres: ...'.
  if (path.basename(words[0] ?? '') !== 'postgres') return false;
  const named = words[words.indexOf('-D') + 1] ?? '';
  const served = words.includes('-D') ? await realpath(named).catch(() => undefined) : undefined;
  return served === undefined || served === cluster.dir;
}

/** The running server of this cluster, as far as its processes tell. */
export async function findServer(cluster: Cluster): Promise<PidFile | undefined> {
  const found = await readPidFile(cluster);
  return found !== undefined && (await isServerOf(cluster, found.pid)) ? found : undefined;
}

/**
 * Makes a postmaster.pid whose pid now belongs to another program name no process at all.
 *
 * PostgreSQL would take that program for a server and refuse. Removing the file would take away its second
 * guard, the memory block named in it, which shows whether old server processes still work on the cluster.
 */
async function clearStalePidFile(cluster: Cluster): Promise<void> {
  const file = pidFilePath(cluster);
  const text = await ignoreErrors(['ENOENT'], readFile(file, 'utf8'));
  const pid = Number(text?.split('\n')[0]);
  if (text === undefined || !isAlive(pid) || (await isServerOf(cluster, pid))) return;
  // The folder belongs to the server's account: as root never follow a link out of it.
  const target = await open(file, constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW);
  try {
    await target.writeFile([IMPOSSIBLE_PID, ...text.split('\n').slice(1)].join('\n'));
  } finally {
    await target.close();
  }
}

function chooseFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new EmbeddedPostgresError('The system gave no free port.'));
      });
    });
  });
}

/** Gives the log file to the server's account. Returns its size: what the next start adds begins there. */
async function openLog(cluster: Cluster): Promise<number> {
  const before = await ignoreErrors(['ENOENT'], stat(cluster.logFile));
  if (before !== undefined && before.size > LOG_LIMIT_BYTES)
    await rename(cluster.logFile, `${cluster.logFile}.1`);
  const file = await open(cluster.logFile, 'a', 0o600);
  try {
    if (cluster.account !== undefined) await file.chown(cluster.account.uid, cluster.account.gid);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/**
 * Starts the server on a free port. False where it did not start, but for a reason that passes; throws
 * where trying again is of no use. pg_ctl gives the server a session of its own, out of reach of Ctrl-C.
 */
export async function startServer(cluster: Cluster): Promise<boolean> {
  await clearStalePidFile(cluster);
  const logged = await openLog(cluster);
  const settings = [
    `listen_addresses=${HOST}`,
    'unix_socket_directories=',
    'shared_buffers=128MB',
    'max_connections=200',
  ];
  const serverOptions = [
    `-p ${String(await chooseFreePort())}`,
    ...settings.map((setting) => `-c ${setting}`),
  ];
  const args = ['start', '-w', '-t', String(START_WAIT_S), '-D', cluster.dir, '-l', cluster.logFile];
  const { code } = await runTool(cluster.binaries.pgCtl, [...args, '-o', serverOptions.join(' ')], {
    account: cluster.account,
    timeoutMs: START_WAIT_S * 1_000 + TOOL_GRACE_MS,
    discardOutput: true,
  });
  if (code === 0) return true;
  // Not ready in time but alive (it recovers from a crash), or another process was first.
  if ((await findServer(cluster)) !== undefined) return false;
  const added = (await readFile(cluster.logFile)).subarray(logged).toString();
  if (PASSING_TROUBLE.test(added)) return false;
  const reason = added.split('\n').findLast((line) => /FATAL|ERROR|PANIC/.test(line)) ?? added.slice(-500);
  throw new EmbeddedPostgresError(`PostgreSQL did not start: ${reason.trim()} (see ${cluster.logFile})`);
}

/** Ends the server; its clients are cut off, what they committed is kept. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const args = ['stop', '-m', 'fast', '-w', '-t', String(STOP_WAIT_S), '-D', cluster.dir];
  const { code, output } = await runTool(cluster.binaries.pgCtl, args, {
    account: cluster.account,
    timeoutMs: STOP_WAIT_S * 1_000 + TOOL_GRACE_MS,
  });
  // Without a server there is nothing to stop; one whose folder was removed ends by itself.
  if (code === 0 || (await findServer(cluster)) === undefined) return;
  throw new EmbeddedPostgresError(`PostgreSQL in ${cluster.dir} did not stop: ${output}`);
}
