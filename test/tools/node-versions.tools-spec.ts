import { execFile, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../support/wait-for.js';

// installs, builds and tests the whole project; no other test is as long
jest.setTimeout(600_000);

const ROOT = path.resolve(import.meta.dirname, '../..');
/** The newest of each line that package.json allows, as the npm package of the binary has them. */
const NODE_20 = '20.20.2';
const NODE_22 = '22.23.5';
const NODE_24 = '24.22.3';

const run = promisify(execFile);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'node-versions-'));
  // else a cluster of root is kept elsewhere, and stays there
  chmodSync(folder, 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh copy of the project, and the environment in which that version of Node runs it. */
interface Copy {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Node comes as an npm package for this platform, whose binary needs no install script. */
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

/** What `npm ci` says, beside how many packages it added. */
async function install({ dir, env }: Copy): Promise<string[]> {
  const { stdout, stderr } = await run('npm', ['ci', '--prefer-offline'], { cwd: dir, env });
  return `${stderr}${stdout}`.split('\n').filter((line) => line !== '' && !line.startsWith('added '));
}

/** The log of a service that started on the embedded database, answered, and was told to stop. */
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
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    const url = await waitFor(`the service listens: ${said}`, () =>
      Promise.resolve(/^ready on (\S+)$/m.exec(said)?.[1] ?? null),
    );
    const { status } = await fetch(`${url}/health/ready`);
    child.kill('SIGTERM');
    return { ready: status, exitCode: await ended };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

it('is installed on Node 20 without a warning', async () => {
  expect(await install(await makeCopy(NODE_20))).toEqual([]);
});

it.each([NODE_22, NODE_24])(
  'is installed without a warning, built and started, and passes its unit tests on Node %s',
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
