import { constants, open, readFile, realpath, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive } from './file-lock.js';
import { ignoreErrors } from './files.js';
import { runTool } from './run-tool.js';

export const HOST = '127.0.0.1';

/** The content of postmaster.pid. The port is missing early in the start. */
interface PidFile {
  pid: number;
  port: number | undefined;
}

const START_WAIT_S = 60;
const STOP_WAIT_S = 60;
const TOOL_GRACE_MS = 10_000;
const LOG_LIMIT_BYTES = 10_000_000;
const PS_TIMEOUT_MS = 5_000;
/** Above every pid limit, so no process has it. */
const IMPOSSIBLE_PID = 2_147_483_646;
/**
 * The port was taken after it was chosen, another process started the server, or its last processes are still
 * ending.
 */
const TRANSIENT_FAILURE =
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

/** The command line of a process, or undefined if the system does not provide it. */
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

/** After a crash the pid may belong to another program or to the server of another cluster. */
async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const processArgs = await commandLine(pid);
  if (processArgs === undefined) return true;
  // Child processes have titles that begin with "postgres: ".
  if (path.basename(processArgs[0] ?? '') !== 'postgres') return false;
  const named = processArgs[processArgs.indexOf('-D') + 1] ?? '';
  const served = processArgs.includes('-D') ? await realpath(named).catch(() => undefined) : undefined;
  return served === undefined || served === cluster.dir;
}

/** The running server of this cluster, as far as the process list shows. */
export async function findServer(cluster: Cluster): Promise<PidFile | undefined> {
  const found = await readPidFile(cluster);
  return found !== undefined && (await isServerOf(cluster, found.pid)) ? found : undefined;
}

/**
 * Replaces a stale pid in postmaster.pid, now used by another program, with an impossible one.
 *
 * PostgreSQL would mistake that program for a server and not start. Removing the file would disable its second
 * check: the shared memory block named in it shows whether old server processes still use the cluster.
 */
async function clearStalePidFile(cluster: Cluster): Promise<void> {
  const file = pidFilePath(cluster);
  const text = await ignoreErrors(['ENOENT'], readFile(file, 'utf8'));
  const pid = Number(text?.split('\n')[0]);
  if (text === undefined || !isAlive(pid) || (await isServerOf(cluster, pid))) return;
  // The account of the server owns the folder, so as root never follow a link out of it.
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
        else reject(new EmbeddedPostgresError('The system has no free port.'));
      });
    });
  });
}

/**
 * Makes the server's account the owner of the log file. Returns its size, where the lines of the next start begin.
 */
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
 * Starts the server on a free port. Returns false after a transient failure. Throws EmbeddedPostgresError if a
 * retry cannot help. pg_ctl starts the server in its own session, so Ctrl-C does not reach it.
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
  // The server is still recovering from a crash, or another process started it first.
  if ((await findServer(cluster)) !== undefined) return false;
  const added = (await readFile(cluster.logFile)).subarray(logged).toString();
  if (TRANSIENT_FAILURE.test(added)) return false;
  const reason = added.split('\n').findLast((line) => /FATAL|ERROR|PANIC/.test(line)) ?? added.slice(-500);
  throw new EmbeddedPostgresError(`PostgreSQL did not start: ${reason.trim()} (see ${cluster.logFile})`);
}

/** Stops the server. Clients are disconnected, committed data is safe. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const args = ['stop', '-m', 'fast', '-w', '-t', String(STOP_WAIT_S), '-D', cluster.dir];
  const { code, output } = await runTool(cluster.binaries.pgCtl, args, {
    account: cluster.account,
    timeoutMs: STOP_WAIT_S * 1_000 + TOOL_GRACE_MS,
  });
  // Nothing to stop if there is no server. A server whose folder was removed ends by itself.
  if (code === 0 || (await findServer(cluster)) === undefined) return;
  throw new EmbeddedPostgresError(`PostgreSQL in ${cluster.dir} did not stop: ${output}`);
}
