import { execFile, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../support/wait-for.js';

// installs, builds and tests the whole project: the longest of all tests
jest.setTimeout(600_000);

const ROOT = path.resolve(import.meta.dirname, '../..');
/** The latest version of each line that package.json allows, available as npm packages. */
const NODE_20 = '20.20.2';
const NODE_22 = '22.23.5';
const NODE_24 = '24.22.3';

const run = promisify(execFile);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'node-versions-'));
  // otherwise a cluster started by root is stored elsewhere and remains there
  chmodSync(folder, 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh copy of the project, and the environment to run it with this version of Node. */
interface Copy {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Installs Node from an npm package for this platform, which needs no install script. */
async function makeCopy(version: string): Promise<Copy> {
  const [dir, tools] = [path.join(folder, version), path.join(folder, `node-${version}`)];
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
  });
  for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(path.join(ROOT, name)))) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(dir, file));
  }
  const node = `node-${process.platform}-${process.arch}`;
  await run('npm', [
    'install',
    '--prefix',
    tools,
    '--ignore-scripts',
    '--prefer-offline',
    `${node}@${version}`,
  ]);
  const bin = path.join(tools, 'node_modules', node, 'bin');
  const env = { ...process.env, NODE_ENV: undefined, PATH: `${bin}${path.delimiter}${process.env['PATH']}` };
  expect((await run('node', ['--version'], { env })).stdout).toBe(`v${version}\n`);
  return { dir, env };
}

/** The output of `npm ci`, without the number of packages. */
async function install({ dir, env }: Copy): Promise<string[]> {
  const { stdout, stderr } = await run('npm', ['ci', '--prefer-offline'], { cwd: dir, env });
  return `${stderr}${stdout}`.split('\n').filter((line) => line !== '' && !line.startsWith('added '));
}

/** Starts the service on the embedded database, checks its readiness and stops it. */
async function startAndStop({ dir, env }: Copy): Promise<{ ready: number; exitCode: number | null }> {
  const child = spawn('node', ['dist/src/main.js'], {
    cwd: dir,
    env: {
      ...env,
      DATABASE_URL: '',
      AUTH_JWT_SECRET: '',
      DATA_DIR: path.join(dir, '.data'),
      DEMO_FLEET: 'false',
      LOG_DIR: path.join(dir, 'logs'),
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    const url = await waitFor(`the service listens: ${output}`, () =>
      Promise.resolve(/^ready on (\S+)$/m.exec(output)?.[1] ?? null),
    );
    const { status } = await fetch(`${url}/health/ready`);
    child.kill('SIGTERM');
    return { ready: status, exitCode: await ended };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

it('the project installs on Node 20 without a warning', async () => {
  expect(await install(await makeCopy(NODE_20))).toEqual([]);
});

it.each([NODE_22, NODE_24])(
  'the project installs without a warning, builds, starts and passes its unit tests on Node %s',
  async (version) => {
    const copy = await makeCopy(version);
    expect(await install(copy)).toEqual([]);
    await run('node', ['scripts/build.mjs'], { cwd: copy.dir, env: copy.env });
    expect(await startAndStop(copy)).toEqual({ ready: 200, exitCode: 0 });
    const { stderr } = await run('node', ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit'], {
      cwd: copy.dir,
      env: { ...copy.env, JEST_WORKER_ID: undefined },
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(stderr).toMatch(/^Tests: +\d+ passed, \d+ total$/m);
  },
);
