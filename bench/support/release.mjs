import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');
const WORKER = path.join(import.meta.dirname, 'release-worker.mjs');

/**
 * A built checkout, this one or an older release, whose code runs in processes of its own: two releases in one process
 * would share what TypeORM keeps globally.
 */
export function releaseIn(folder = root) {
  const run = async (task, ...parameters) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [WORKER, folder, task, ...parameters.map(String)],
      {
        cwd: folder,
        env: { ...process.env, NODE_ENV: 'test' },
      },
    );
    return JSON.parse(stdout);
  };
  return {
    migrate: (url) => run('migrate', url),
    /** Posts the week of 2025-11-02, or one after it. Returns its milliseconds and the number of posted installments. */
    post: (url, settings = {}, week = 0) => run('post', url, JSON.stringify(settings), week),
    /** The folder of its bench support, whose seeds are for its own schema */
    support: path.join(folder, 'bench/support'),
  };
}
